"""Regressions of three kinds and more, solved by SciPy too: its search over the balance points, its least squares."""

from __future__ import annotations

from math import sqrt

import numpy as np
import pytest
from scipy.linalg import lstsq
from scipy.optimize import brute, fmin

from kotsukotsu.analysis.change_point import chosen, fits, fits_together
from kotsukotsu.analysis.change_point_forms import points
from tests.analysis_weather.test_referee import made, office, pool, school

FINE = {"xtol": 1e-9, "ftol": 1e-15, "maxiter": 5000, "maxfun": 5000, "disp": False}


def heating(low, values):
    return [np.maximum(0, low - values).mean()]


def cooling(high, values):
    return [np.maximum(0, values - high).mean()]


def slopes_that_meet(balance, values):
    return heating(balance, values) + cooling(balance, values)


def level_between(low, high, values):
    return heating(low, values) + cooling(high, values)


def by_scipy(terms, count, use, temperatures, days):
    """Balance points, coefficients, R² and CV(RMSE) of the form with the least weighted sum of squares."""
    use, root = np.array(use), np.sqrt(np.array(days) * len(days) / sum(days))
    values = [np.array(each) for each in temperatures]
    inner = sorted(each.mean() for each in values)[3:-3]

    def solved(balances):
        if list(balances) != sorted(balances):
            return np.zeros(1), use * root
        table = np.array([[1.0, *terms(*balances, each)] for each in values])
        numbers = lstsq(table * root[:, None], use * root)[0]
        return numbers, root * (use - table @ numbers)

    def error(balances):
        return (solved(np.atleast_1d(balances))[1] ** 2).sum()

    near = brute(error, [(inner[0], inner[-1])] * count, Ns=60, finish=None)
    found = fmin(error, near, **FINE)
    numbers, residuals = solved(found)
    squares, mean = (residuals**2).sum(), np.average(use, weights=days)
    whole = ((root * (use - mean)) ** 2).sum()
    free = len(use) - len(numbers) - count
    return found, numbers, 1 - squares / whole, sqrt(squares / free) / mean


@pytest.mark.parametrize(
    ("use_of", "basis", "form", "terms", "count"),
    [
        (office, "degree_days", "3PH", heating, 1),
        (pool, "mean", "3PC", cooling, 1),
        (lambda values: office(values) + pool(values), "degree_days", "4P", slopes_that_meet, 1),
        (school, "mean", "5P", level_between, 2),
        (school, "degree_days", "5P", level_between, 2),
    ],
)
def test_scipy_finds_the_same_balance_points_coefficients_and_quality(use_of, basis, form, terms, count):
    use, temperatures, days = made(use_of, basis)
    fit = next(fit for fit in fits(points(use, temperatures, days, basis)) if fit.form.name == form)
    balances, numbers, r2, cv_rmse = by_scipy(terms, count, use, temperatures, days)
    assert fit.balances == pytest.approx(balances, abs=1e-5)
    assert (fit.base, *fit.slopes) == pytest.approx(numbers, rel=1e-6)
    assert fit.r2 == pytest.approx(r2, rel=1e-10)
    assert fit.cv_rmse == pytest.approx(cv_rmse, rel=1e-10)


def test_facilities_fitted_together_have_the_numbers_of_each_alone():
    # Two share their periods, one of them never varies; two have others, by mean temperatures.
    use, temperatures, days = made(office, "degree_days")
    other, means, _ = made(pool, "mean")
    data = [
        points(use, temperatures, days), points(other, means, days, "mean"),
        points([7.0] * len(days), temperatures, days), points(other[:15], means[:15], days[:15], "mean"),
    ]  # fmt: skip
    together = fits_together(data)
    assert [chosen(found).form.name for found in together] == ["3PH", "3PC", "1P", "3PC"]
    for found, one in zip(together, data, strict=True):
        alone = fits(one)
        assert [fit.form for fit in found] == [fit.form for fit in alone]
        for first, second in zip(found, alone, strict=True):
            assert first.balances == pytest.approx(second.balances, abs=1e-6)
            assert first.residuals == pytest.approx(second.residuals, abs=1e-4)
            assert (first.sse, first.sst) == pytest.approx((second.sse, second.sst), rel=1e-9)


def test_a_balance_point_held_by_an_edge_lies_on_it():
    # Three periods are needed below a balance point: the error falls towards the mean of the third, 6.0, not further.
    means = (2.0, 4.0, 6.0, *(10.0 + n for n in range(12)))
    use = [300 - 20 * min(mean, 5.0) + n % 3 for n, mean in enumerate(means)]
    fit = next(
        fit for fit in fits(points(use, [[mean] for mean in means], [30] * 15, "mean")) if fit.form.name == "3PH"
    )
    assert 6.0 < fit.balances[0] < 6.0 + 1e-12

"""Change-point regressions: worked by hand, recovered exactly, and with the properties of least squares."""

from __future__ import annotations

from math import log, sqrt

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from kotsukotsu.analysis.change_point import chosen, fits
from kotsukotsu.analysis.change_point_forms import FORMS, points
from tests.analysis_weather.made import MEANS

NOISE = (0.4, -1.1, 0.7, 0.2, -0.6, 1.3, -0.9, 0.5, -0.3, 0.8, -1.2, 0.2)
# A slope that its sign holds at nothing is what is left of it where the search for the balance point ends: at 1E-10 of
# some 30 K, beside which the slope moves by a few tenths a kelvin: some 1E-9 of a unit a kelvin a day, beside 5.
HELD = 1e-8
TWO_YEARS = (*MEANS, *(round(t + 0.7, 1) for t in MEANS))


def fitted(per_day, means=TWO_YEARS, noise=None, basis="mean", days=None):
    use = [per_day(t) + (noise[n % len(noise)] if noise else 0) for n, t in enumerate(means)]
    return fits(points(use, [[t] for t in means], days or [30] * len(means), basis))


def named(found, name):
    return next(fit for fit in found if fit.form.name == name)


def numbers(fit):
    return (fit.base, *fit.slopes, *fit.balances)


def heating(t):
    return 100 + 5 * max(0.0, 14.3 - t)


def cooling(t):
    return 80 + 7 * max(0.0, t - 13.1)


def both(t):
    return 60 + 3 * max(0.0, 8.7 - t) + 9 * max(0.0, t - 16.2)


def test_a_line_through_four_points_by_hand():
    # Means 2.5 and 4; sxx 5, sxy 9, syy 18 -> slope 1.8, base -0.5, SSE 18 - 9 x 1.8 = 1.8; n - p = 2.
    found = fits(points([1.0, 4.0, 4.0, 7.0], [[1], [2], [3], [4]], [30] * 4))
    line = named(found, "2P")
    assert numbers(line) == pytest.approx((-0.5, 1.8))
    assert (line.sse, line.sst, line.mean) == pytest.approx((1.8, 18.0, 4.0))
    assert line.r2 == pytest.approx(0.9)
    assert line.cv_rmse == pytest.approx(sqrt(1.8 / 2) / 4)
    assert line.bic == pytest.approx(4 * log(1.8 / 4) + 2 * log(4))
    mean = named(found, "1P")
    assert (mean.base, mean.sse, mean.r2, mean.cv_rmse) == pytest.approx((4.0, 18.0, 0.0, sqrt(18 / 3) / 4))


def test_long_periods_weigh_more_by_hand():
    # Weights 1/2 and 3/2: mean (10 + 3 x 20) / 4.
    found = fits(points([10.0, 20.0], [[5], [5]], [15, 45]))
    assert [fit.form.name for fit in found] == ["1P"]
    assert (found[0].base, found[0].sse) == pytest.approx((17.5, 0.5 * 7.5**2 + 1.5 * 2.5**2))


@pytest.mark.parametrize(
    ("per_day", "name", "expected"),
    [
        (lambda t: 40 - 1.5 * t, "2P", (40, -1.5)),
        (heating, "3PH", (100, 5, 14.3)),
        (cooling, "3PC", (80, 7, 13.1)),
        (lambda t: 90 + 6 * max(0.0, 11 - t) + 2 * max(0.0, t - 11), "4P", (90, 6, 2, 11)),
        (lambda t: 90 + 6 * max(0.0, 11 - t) - 2 * max(0.0, t - 11), "4P", (90, 6, -2, 11)),
        (both, "5P", (60, 3, 9, 8.7, 16.2)),
        (lambda t: 55.5, "1P", (55.5,)),
    ],
)
def test_exact_data_give_back_the_form_and_every_number(per_day, name, expected):
    fit = chosen(fitted(per_day))
    assert fit.form.name == name
    assert numbers(fit) == pytest.approx(expected, abs=1e-6)


@settings(max_examples=25, deadline=None)
@given(
    base=st.floats(10, 1000),
    heat=st.floats(1, 50),
    cool=st.floats(1, 50),
    low=st.floats(1.0, 10.0),
    width=st.floats(2.5, 8.0),
)
def test_any_exact_five_parameters_are_recovered(base, heat, cool, low, width):
    high = low + width
    assume(sum(low <= t <= high for t in TWO_YEARS) >= 2)
    fit = chosen(fitted(lambda t: base + heat * max(0.0, low - t) + cool * max(0.0, t - high)))
    assert fit.form.name == "5P"
    assert numbers(fit) == pytest.approx((base, heat, cool, low, high), abs=1e-6)


def test_degrees_within_a_period_are_counted_day_by_day():
    # Mean 15 is above the balance point of 12, yet one day of three needs heating.
    daily = [[t - 6, t, t + 6] for t in TWO_YEARS]
    use = [100 + 5 * sum(max(0.0, 12 - v) for v in values) / 3 for values in daily]
    by_day = chosen(fits(points(use, daily, [30] * len(use))))
    assert numbers(by_day) == pytest.approx((100, 5, 12), abs=1e-6)
    assert by_day.per_day([9, 15, 21]) == pytest.approx(100 + 5 * 3 / 3)
    by_mean = named(fits(points(use, daily, [30] * len(use), "mean")), "3PH")
    assert by_mean.sse > 100 * by_day.sse
    assert by_mean.per_day([9, 15, 21]) == by_mean.per_day([15])


@pytest.mark.parametrize("per_day", [heating, cooling, both, lambda t: 40 - 1.5 * t])
def test_the_order_of_periods_does_not_matter(per_day):
    days = [28 + n % 4 for n in range(24)]
    use = [per_day(t) + NOISE[n % 12] for n, t in enumerate(TWO_YEARS)]
    order = [(5 * n) % 24 for n in range(24)]
    one = fits(points(use, [[t] for t in TWO_YEARS], days))
    other = fits(points([use[n] for n in order], [[TWO_YEARS[n]] for n in order], [days[n] for n in order]))
    for first, second in zip(one, other, strict=True):
        assert numbers(first) == pytest.approx(numbers(second), rel=1e-9, abs=1e-6)
        assert first.sse == pytest.approx(second.sse, rel=1e-7)
    assert chosen(one).form == chosen(other).form


@pytest.mark.parametrize("per_day", [heating, cooling, both])
def test_twice_the_use_has_twice_the_slopes_and_the_same_balance_points(per_day):
    one, other = (fitted(lambda t, s=s: s * per_day(t), noise=[s * x for x in NOISE]) for s in (1, 2))
    for first, second in zip(one, other, strict=True):
        assert second.base == pytest.approx(2 * first.base, rel=1e-9)
        assert second.slopes == pytest.approx([2 * slope for slope in first.slopes], rel=1e-9, abs=HELD)
        assert second.balances == pytest.approx(first.balances, abs=1e-6)
        assert (second.r2, second.cv_rmse) == pytest.approx((first.r2, first.cv_rmse), rel=1e-9)
    assert chosen(one).form == chosen(other).form


@pytest.mark.parametrize("per_day", [heating, cooling, both])
def test_more_use_every_day_raises_the_base_load_and_nothing_else(per_day):
    one, other = (fitted(lambda t, c=c: c + per_day(t), noise=NOISE) for c in (0, 25))
    for first, second in zip(one, other, strict=True):
        assert second.base == pytest.approx(first.base + 25, rel=1e-9)
        assert second.slopes == pytest.approx(first.slopes, rel=1e-9, abs=HELD)
        assert second.sse == pytest.approx(first.sse, rel=1e-7)


def test_warmer_everywhere_moves_the_balance_points_and_nothing_else():
    one = fitted(both, noise=NOISE)
    other = fitted(lambda t: both(t - 4), means=[t + 4 for t in TWO_YEARS], noise=NOISE)
    for first, second in zip(one[2:], other[2:], strict=True):
        assert second.balances == pytest.approx([b + 4 for b in first.balances], abs=1e-6)
        assert second.slopes == pytest.approx(first.slopes, rel=1e-9, abs=HELD)


def test_residuals_add_up_to_nothing_over_the_days():
    days = [28 + n % 4 for n in range(24)]
    for fit in fitted(both, noise=NOISE, days=days):
        assert sum(d * r for d, r in zip(days, fit.residuals, strict=True)) == pytest.approx(0, abs=1e-6)


def test_a_form_without_enough_periods_on_a_slope_is_not_offered():
    # Only two months are cold: no slope can be drawn through them alone.
    means = (5.0, 6.0, *(20.0 + n / 10 for n in range(10)))
    found = fitted(lambda t: 100 + 5 * max(0.0, 10 - t), means=means)
    assert [fit.form.name for fit in found if "heating" in fit.form.terms] != []
    assert all(fit.balances[0] > 20 for fit in found if "heating" in fit.form.terms)


def test_use_that_falls_as_it_gets_warmer_is_heating_and_never_cooling_below_zero():
    names = [fit.form.name for fit in fitted(lambda t: 200 - 3 * t, noise=NOISE)]
    assert "3PH" in names
    assert "3PC" not in names


def test_of_two_equal_fits_the_one_with_fewer_parameters_is_chosen():
    found = fitted(heating)
    assert named(found, "4P").sse == pytest.approx(0, abs=1e-9)
    assert chosen(found).form.name == "3PH"


def test_noise_alone_is_not_taken_for_weather():
    assert chosen(fitted(lambda t: 100, noise=NOISE[:7])).form.name == "1P"


def test_the_forms_have_the_parameters_that_their_names_say():
    assert [(form.name, form.parameters) for form in FORMS] == [
        ("1P", 1), ("2P", 2), ("3PH", 3), ("3PC", 3), ("4P", 4), ("5P", 5),
    ]  # fmt: skip


def test_periods_of_different_length_share_their_temperatures_evenly():
    data = points([1.0, 2.0], [[1, 2, 3], [10, 20]], [3, 2])
    assert data.means == pytest.approx([2.0, 15.0])
    assert np.allclose(data.shares.sum(axis=1), 1)

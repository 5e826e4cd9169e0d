"""Three regressions solved again by plain loops over every balance point of a fine grid."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from kotsukotsu.analysis.change_point import fits
from kotsukotsu.analysis.change_point_forms import points
from tests.analysis_weather.made import waves
from tests.analysis_weather.referee import FINE, Referee, degrees

NOISE = (0.03, -0.05, 0.08, -0.02, 0.01, -0.07, 0.06, 0.04, -0.04, -0.01, 0.02, -0.06, 0.05)
START, PERIODS = date(2022, 4, 1), 24
WEATHER = waves(START, 31 * PERIODS)


def office(values):
    return 400 + 22 * degrees("h", 11.5, values)


def pool(values):
    return 900 + 35 * degrees("c", 15.0, values)


def school(values):
    return 250 + 14 * degrees("h", 8.0, values) + 40 * degrees("c", 18.5, values)


def made(use_of, basis):
    use, temperatures, days, start = [], [], [], START
    for n in range(PERIODS):
        length = 29 + n % 3
        values = [float(t) for t in WEATHER.within(start, start + timedelta(days=length))]
        use.append(use_of(values) * (1 + NOISE[n % len(NOISE)]))
        temperatures.append(values if basis == "degree_days" else [sum(values) / length])
        days.append(length)
        start += timedelta(days=length)
    return use, temperatures, days


@pytest.mark.parametrize(
    ("use_of", "basis"), [(office, "degree_days"), (pool, "mean"), (school, "mean"), (school, "degree_days")]
)
def test_no_balance_point_of_the_exhaustive_search_is_better(use_of, basis):
    use, temperatures, days = made(use_of, basis)
    found = {fit.form.name: fit for fit in fits(points(use, temperatures, days, basis))}
    for shape in ("3PH", "3PC", "4P", "5P"):
        best = Referee(use, temperatures, days, shape).best()
        if best is None:
            assert shape not in found
            continue
        total, balances, numbers = best
        fit = found[shape]
        # The grid of the referee is a hundredth of a degree: it can only be a little worse.
        assert fit.sse <= total * (1 + 1e-9)
        assert fit.sse >= total * (1 - 2e-3)
        if shape == {office: "3PH", pool: "3PC", school: "5P"}[use_of]:
            assert fit.balances == pytest.approx(balances, abs=2 * FINE)
            assert (fit.base, *fit.slopes) == pytest.approx(numbers, rel=5e-3)


@pytest.mark.parametrize("basis", ["degree_days", "mean"])
def test_both_say_the_same_where_the_balance_points_are_given(basis):
    use, temperatures, days = made(school, basis)
    fit = next(fit for fit in fits(points(use, temperatures, days, basis)) if fit.form.name == "5P")
    total, _, numbers = Referee(use, temperatures, days, "5P").at(fit.balances)
    assert fit.sse == pytest.approx(total, rel=1e-9)
    assert (fit.base, *fit.slopes) == pytest.approx(numbers, rel=1e-9)


# Wild use with several valleys: the best point of a coarse grid lies in the wrong one.
WILD = (
    (-3.0, 7.4, -1.7, 17.6, 10.3, -3.5, -3.7, 17.1, -0.4, 17.0, 13.9, 10.1, 20.7, 13.1),
    (208.0, 130.0, 179.5, 63, 99.5, 154.5, 150.5, 114, 170.0, 101, 105, 103.5, 111, 138),
)


@pytest.mark.parametrize("shape", ["3PH", "4P", "5P"])
def test_the_deepest_of_several_valleys_is_found(shape):
    means, use = WILD
    found = {fit.form.name: fit for fit in fits(points(use, [[t] for t in means], [30] * len(use)))}
    total, _, _ = Referee(use, [[t] for t in means], [30] * len(use), shape).best()
    assert found[shape].sse <= total * (1 + 1e-9)


def test_two_periods_are_no_slope():
    # An exact line through the two coldest periods is not offered; one through the three coldest is.
    for cold, offered in (((5.0, 6.0), False), ((5.0, 6.0, 8.0), True)):
        means = (*cold, *(20.0 + n / 10 for n in range(10)))
        use = [100 + 5 * max(0.0, 10 - t) for t in means]
        found = [fit for fit in fits(points(use, [[t] for t in means], [30] * len(use))) if fit.form.name == "3PH"]
        assert any(fit.balances[0] < 20 for fit in found) is offered

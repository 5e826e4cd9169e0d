"""Projections without measures; numbers worked by hand stand in the comments."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kotsukotsu.planning.bau import (
    Assumed,
    Span,
    Step,
    check_assumed,
    closures,
    driven,
    frozen,
    slipped,
    together,
    trend,
    with_steps,
)
from kotsukotsu.planning.pathways import Point
from kotsukotsu.planning.targets import PlanError


def years(*tonnes):
    return [Point(2013 + index, Decimal(value)) for index, value in enumerate(tonnes)]


def test_frozen_use_follows_the_factor_alone():
    # 4,000 t other + 10,000,000 kWh x 0.00025 t/kWh = 6,500; with 0.0002 to 0.0003: 6,000 to 7,000
    factor = Assumed(2030, Decimal("0.00025"), "市の想定", Decimal("0.0002"), Decimal("0.0003"))
    assert frozen(Decimal(4000), Decimal(10_000_000), [factor]) == [
        Span(2030, Decimal(6000), Decimal(6500), Decimal(7000), "frozen")
    ]


def test_a_driver_scales_the_emission():
    # 5,000 t x 54,000 / 60,000 = 4,500
    found = driven(Decimal(5000), Assumed(2024, Decimal(60000), "a"), [Assumed(2030, Decimal(54000), "b")])
    assert found[0].middle == 4500


def test_a_driver_of_zero_is_refused():
    with pytest.raises(PlanError, match=r"population の2024年度の値が正しくありません（0）.*TG-30"):
        driven(Decimal(5000), Assumed(2024, Decimal(0), "a"), [], driver="population")


def test_a_negative_driver_is_named_with_its_own_year_and_value():
    now, later = Assumed(2024, Decimal(60000), "a"), Assumed(2030, Decimal(5), "b", Decimal(-54000), Decimal(6))
    with pytest.raises(PlanError, match=r"population の2030年度の値が正しくありません（-54000）.*TG-30"):
        driven(Decimal(5000), now, [later], driver="population")


def test_a_range_that_does_not_hold_its_own_value_is_refused():
    row = Assumed(2030, Decimal("0.5"), "a", Decimal("0.2"), Decimal("0.3"))
    with pytest.raises(PlanError, match=r"grid_factor の2030年度.*（0.2、0.5、0.3）.*TG-46"):
        check_assumed("grid_factor", [row])


def test_two_values_of_one_year_are_refused_where_one_is_wanted():
    rows = [Assumed(2030, Decimal(100), "a"), Assumed(2030, Decimal(200), "b")]
    check_assumed("opening", rows, is_single=False)
    with pytest.raises(PlanError, match="TG-47"):
        check_assumed("population", rows)


def test_a_closure_counts_by_day_in_its_first_year_and_wholly_after():
    # closed on 1 Oct 2026: 182 of 365 days of FY2026 (October to March) are without it
    rows = [{"facility_id": "a", "name": "旧庁舎", "closed_on": date(2026, 10, 1)}]
    step = closures(rows, {"a": Decimal(365)}, 2024)[0]
    assert [round(step.by(fy), 9) for fy in (2025, 2026, 2027)] == [0, -182, -365]


def test_a_facility_that_closed_before_counts_no_more():
    rows = [{"facility_id": "a", "name": "旧庁舎", "closed_on": date(2025, 3, 1)}]
    assert closures(rows, {"a": Decimal(365)}, 2024) == []


def test_an_opening_adds_and_nothing_falls_below_zero():
    span = Span(2030, Decimal(5), Decimal(10), Decimal(20), "trend")
    assert with_steps(span, [Step(2028, Decimal(3), "新施設")]).middle == 13
    assert with_steps(span, [Step(2028, Decimal(-7), "廃止")]).low == 0


def test_the_trend_is_the_median_slope_and_one_odd_year_does_not_turn_it():
    # 100, 90, 80, 500, 60: slopes of pairs without the odd year are all -10; median -10; the line is 110 - 10 i
    found = trend(years(100, 90, 80, 500, 60))
    assert found.middle_slope == -10
    assert found.at(2020).middle == 30


def test_the_slope_has_sens_interval():
    # n = 4: 6 slopes, C = 1.6449 x sqrt(4 x 3 x 13 / 18) = 4.84; ranks (6 - 4.84)/2 = 0.58 -> 0, held at the
    # first, and (6 + 4.84)/2 + 1 -> 7, held at the sixth: the least and the greatest slope.
    # 10, 12, 13, 17: slopes 2, 1.5, 7/3, 1, 2.5, 4
    found = trend(years(10, 12, 13, 17))
    assert (found.low_slope, found.high_slope) == (1, 4)
    assert found.middle_slope == pytest.approx(Decimal(13) / 6)  # median of 1, 1.5, 2, 2.333, 2.5, 4


def test_with_more_years_the_interval_leaves_out_the_ends():
    # n = 10: 45 slopes, C = 1.6449 x sqrt(10 x 9 x 25 / 18) = 18.39; ranks 13.30 -> 13 and 31.70 + 1 -> 33
    values = [100, 93, 99, 80, 85, 70, 72, 61, 66, 50]
    slopes = sorted(Decimal(values[j] - values[i]) / (j - i) for i in range(10) for j in range(i + 1, 10))
    found = trend(years(*values))
    assert found.low_slope == pytest.approx(slopes[12])
    assert found.high_slope == pytest.approx(slopes[32])


@pytest.mark.parametrize(
    ("value", "says"), [("0.00025", True), ("250", True), ("0.25", False), ("0.03", False), ("0", False)]
)
def test_a_factor_in_another_unit_is_doubted(value, says):
    found = slipped(Decimal("0.354"), [Assumed(2030, Decimal(value), "見込み")])
    assert [(one.code, one.data["fiscal_year"]) for one in found] == ([("TG-48", 2030)] if says else [])


def test_a_trend_needs_four_years():
    with pytest.raises(PlanError, match="TG-31"):
        trend(years(1, 2, 3))


def test_a_year_twice_is_refused():
    with pytest.raises(PlanError, match="TG-32"):
        trend([*years(1, 2, 3, 4), Point(2013, Decimal(9))])


def test_the_range_spans_all_methods():
    found = together([
        Span(2030, Decimal(1), Decimal(2), Decimal(3), "trend"),
        Span(2030, Decimal(2), Decimal(4), Decimal(9), "frozen"),
    ])  # fmt: skip
    assert found == [Span(2030, Decimal(1), Decimal(3), Decimal(9), "all")]


@given(st.lists(st.integers(1000, 9000), min_size=4, max_size=12), st.integers(2, 50))
def test_doubling_every_year_doubles_the_trend(values, times):
    one, other = trend(years(*values)), trend(years(*(value * times for value in values)))
    assert other.middle_slope == pytest.approx(one.middle_slope * times)


@given(st.integers(5000, 9000), st.integers(-200, 200), st.integers(4, 10))
def test_a_straight_past_goes_on_straight(start, slope, count):
    found = trend(years(*(start + slope * index for index in range(count)))).at(2025)
    assert found.low == found.middle == found.high == start + slope * 12


@given(st.lists(st.decimals("0.1", 100_000, places=2), min_size=4, max_size=12), st.integers(2036, 2050))
def test_doubling_every_year_doubles_the_trend_and_what_grows_with_a_driver(tonnes, fy):
    once, twice = trend(years(*tonnes)), trend(years(*(2 * value for value in tonnes)))
    for name in ("low", "middle", "high"):
        before, after = getattr(once.at(fy), name), getattr(twice.at(fy), name)
        assert after == pytest.approx(2 * before, rel=Decimal("1E-20"), abs=Decimal("1E-20"))
    now, later = Assumed(2024, Decimal(60000), "a"), [Assumed(2030, Decimal(45000), "b")]
    assert driven(2 * tonnes[0], now, later)[0].middle == 2 * driven(tonnes[0], now, later)[0].middle

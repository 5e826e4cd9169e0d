"""The regression of a facility's item, and whether its data suffice."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from kotsukotsu.analysis.baseline import baseline, baselines
from kotsukotsu.analysis.weather import Temperatures
from kotsukotsu.periods import Month
from tests.analysis_weather.made import bills, months_of, steady, steady_years
from tests.ledger.conftest import a_row, a_view, a_year

WEATHER = steady_years(2022, 2023, warmer=0.7)
MONTHS = months_of(2022, 2023)


def heating(mean):
    return 100 + 5 * max(0.0, 14.3 - mean)


PERIODS = bills(WEATHER, MONTHS, heating)


def codes(base):
    return [finding.code for finding in base.findings]


def test_monthly_bills_and_daily_temperatures_give_the_regression():
    base = baseline(PERIODS, WEATHER, where="庁舎 電気")
    assert base.fit.form.name == "3PH"
    assert (base.fit.base, *base.fit.slopes, *base.fit.balances) == pytest.approx((100, 5, 14.3), abs=1e-6)
    assert (base.fit.r2, base.fit.cv_rmse) == pytest.approx((1, 0), abs=1e-6)
    assert base.temperature_range == pytest.approx((-4.5, 23.2))
    assert base.findings == ()


def test_the_order_of_periods_does_not_matter():
    assert baseline(PERIODS[::-1], WEATHER) == baseline(PERIODS, WEATHER)


@pytest.mark.parametrize("count", [0, 1, 8])
def test_a_month_of_data_is_no_regression_and_says_how_many_are_missing(count):
    base = baseline(PERIODS[:count], WEATHER, where="庁舎 電気")
    assert (base.fit, base.forms, codes(base)) == (None, (), ["WE-35"])
    assert (base.findings[0].data["count"], base.findings[0].data["more"]) == (count, 9 - count)
    assert str(9 - count) in base.findings[0].message("ja")


def test_estimated_and_missing_periods_are_not_used():
    marked = [replace(PERIODS[0], estimated=True, quantity=Decimal(9999)), replace(PERIODS[1], quantity=None)]
    base = baseline([*marked, *PERIODS[2:]], WEATHER)
    assert (len(base.periods), codes(base)) == (22, ["WE-32", "WE-33"])
    assert base.fit.balances == pytest.approx([14.3], abs=1e-6)


def test_periods_without_temperatures_are_not_used():
    base = baseline(PERIODS, steady_years(2022))
    assert (len(base.periods), codes(base)) == (12, ["WE-34"])
    assert baseline(PERIODS, Temperatures("石狩", {})).findings[-1].code == "WE-35"


def test_a_summer_alone_is_a_narrow_range_and_not_all_seasons():
    months = [Month(year, month) for year in (2022, 2023) for month in (5, 6, 7, 8, 9)]
    base = baseline(bills(WEATHER, months, heating), WEATHER)
    assert codes(base)[:2] == ["WE-36", "WE-37"]
    assert base.fit is not None


def test_one_temperature_all_the_year_is_no_weather():
    same = steady(dict.fromkeys(MONTHS, 15.0))
    base = baseline(bills(same, MONTHS, heating), same)
    assert (base.fit, codes(base)) == (None, ["WE-38"])


def test_the_same_use_in_every_period_is_said_and_has_no_r2():
    base = baseline(bills(WEATHER, MONTHS, lambda mean: 7.0), WEATHER)
    assert (base.fit.form.name, base.fit.r2, base.fit.cv_rmse, codes(base)) == ("1P", None, 0, ["WE-39"])


def test_no_use_at_all_has_neither_r2_nor_cv():
    base = baseline(bills(WEATHER, MONTHS, lambda mean: 0.0), WEATHER)
    assert (base.fit.r2, base.fit.cv_rmse, codes(base)) == (None, None, ["WE-39"])


def test_use_without_rhyme_is_no_dependence_and_a_large_error():
    wild = [replace(one, quantity=Decimal(1000 + 5000 * ((7 * n) % 5))) for n, one in enumerate(PERIODS)]
    base = baseline(wild, WEATHER)
    assert (base.fit.form.name, codes(base)) == ("1P", ["WE-42", "WE-40"])


def test_a_weak_dependence_is_named():
    uneven = [replace(one, quantity=one.quantity * (75 + 50 * (n * 7 % 3 == 0)) / 100) for n, one in enumerate(PERIODS)]
    base = baseline(uneven, WEATHER)
    assert base.fit.form.terms
    assert base.fit.r2 < 0.75
    assert "WE-41" in codes(base)


def town():
    rows = []
    for fy in (2022, 2023):
        months = months_of(fy)
        values = [str(one.quantity) for one in bills(WEATHER, months, heating)]
        rows += [{**row, "quantity": Decimal(v)} for row, v in zip(a_year(fy), values, strict=True)]
    return rows


def test_the_regressions_of_a_city_are_by_facility_and_item_and_within_the_days_asked_for():
    mixed = [
        a_row("x", "2022-04-01", "2022-05-01", "5", item="lpg"),
        a_row("y", "2022-05-01", "2022-06-01", "5", item="lpg", unit="m3"),
    ]
    view = a_view([*town(), *mixed])
    places = [("s1", "electricity"), ("s1", "lpg"), ("s1", "kerosene")]
    found = baselines(view, WEATHER, places)
    assert found["s1", "electricity"].fit.balances == pytest.approx([14.3], abs=1e-6)
    assert [codes(found[place]) for place in places] == [[], ["WE-30"], ["WE-35"]]
    assert found["s1", "lpg"].findings[0].where == "中央小学校 LPG"
    year = (months_of(2022)[0].start, months_of(2022)[-1].end)
    assert len(baselines(view, WEATHER, places, between=year)["s1", "electricity"].periods) == 12

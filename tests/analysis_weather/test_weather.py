"""Only temperatures fit to be used count, and what was left out is said."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from kotsukotsu.analysis.weather import Temperatures, temperatures
from kotsukotsu.importers.weather import DailyMean, read_weather
from tests.analysis_weather.made import TWO_STATIONS, steady_years


def one(day, value, quality=8, homogeneity=1, station="石狩"):
    return DailyMean(station, date(2024, 4, day), None if value is None else Decimal(value), quality, homogeneity)


def codes(weather):
    return [finding.code for finding in weather.findings]


def test_a_file_read_gives_the_temperatures_of_a_station():
    rows = read_weather(TWO_STATIONS, "data.csv").rows
    assert temperatures(rows, "石狩").by_day == {date(2024, 4, 1): Decimal("3.2"), date(2024, 4, 2): Decimal("-0.4")}
    assert list(temperatures(rows, "札幌").by_day) == [date(2024, 4, 1), date(2024, 4, 2)]


def test_insufficient_values_are_left_out_and_nearly_normal_ones_used():
    weather = temperatures([one(1, "3.2"), one(2, "3", 5), one(3, "4", 4), one(4, "5", 2), one(5, None, 1)], "石狩")
    assert [day.day for day in weather.by_day] == [1, 2]
    assert [(f.code, f.data["count"]) for f in weather.findings] == [("WE-11", 3), ("WE-12", 1)]


def test_days_without_a_row_are_told_with_the_first_of_them():
    weather = temperatures([one(1, "3.2"), one(4, "3"), one(6, "4")], "石狩")
    assert [(f.code, f.data["count"], f.data["first"]) for f in weather.findings] == [("WE-21", 3, "2024-04-02")]


def test_values_without_quality_are_used():
    assert temperatures([one(1, "3.2", None, None)], "石狩").by_day == {date(2024, 4, 1): Decimal("3.2")}


def test_another_station_is_not_taken_instead():
    weather = temperatures([one(1, "3.2")], "札幌")
    assert (weather.by_day, codes(weather)) == ({}, ["WE-10"])


def test_the_same_value_twice_is_one_and_two_values_are_none():
    weather = temperatures([one(1, "3.2"), one(1, "3.2"), one(2, "3"), one(2, "4")], "石狩")
    assert ([day.day for day in weather.by_day], codes(weather)) == ([1], ["WE-14"])


def test_a_change_of_conditions_is_named_with_its_day():
    weather = temperatures([one(3, "1", 8, 2), one(1, "3.2"), one(2, "3")], "石狩")
    assert [(f.code, f.data["day"]) for f in weather.findings] == [("WE-13", "2024-04-03")]


def test_the_order_of_rows_does_not_matter():
    rows = [one(1, "3.2"), one(2, "3", 5), one(3, "4", 4), one(4, "4", 8, 2)]
    assert temperatures(rows, "石狩") == temperatures(rows[::-1], "石狩")


def test_a_period_may_miss_a_tenth_of_its_days_and_no_more():
    start, end = date(2024, 4, 1), date(2024, 5, 1)
    whole = {start + timedelta(days=n): Decimal(n) for n in range(30)}
    for missing, enough in ((0, True), (3, True), (4, False), (30, False)):
        found = Temperatures("石狩", dict(list(whole.items())[missing:])).within(start, end)
        assert (found is not None) is enough
        assert found is None or len(found) == 30 - missing


def test_the_range_of_monthly_means_takes_complete_months_only():
    weather = steady_years(2024)
    assert weather.month_range == (-4.5, 22.5)
    assert Temperatures("石狩", {date(2030, 7, 1): Decimal(30)} | dict(weather.by_day)).month_range == (-4.5, 22.5)
    assert Temperatures("石狩", {}).month_range is None

"""Degree days of billing periods, worked by hand."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from kotsukotsu.analysis.degree_days import degree_days
from tests.analysis_weather.made import temperatures

START = date(2024, 5, 1)
BASES = {"heating_base": Decimal(14), "cooling_base": Decimal(24)}


def days_of(values, start=START):
    return temperatures({start + timedelta(days=n): Decimal(str(v)) for n, v in enumerate(values) if v is not None})


def test_three_days_by_hand():
    # 14 - 10.5 = 3.5 and 14 - 13.9 = 0.1; 26.2 - 24 = 2.2
    (found,), findings = degree_days(days_of([10.5, 13.9, 26.2]), [(START, date(2024, 5, 4))], **BASES)
    assert (found.heating, found.cooling, found.observed) == (Decimal("3.6"), Decimal("2.2"), 3)
    assert findings == []


def test_the_end_of_a_period_does_not_belong_to_it():
    (found,), _ = degree_days(days_of([10, 10, -99]), [(START, date(2024, 5, 3))], **BASES)
    assert found.heating == 8


def test_a_mild_period_has_zero_degree_days_and_a_period_without_weather_has_none():
    periods = [(START, date(2024, 5, 4)), (date(2024, 6, 1), date(2024, 7, 1))]
    (mild, unknown), (finding,) = degree_days(days_of([20, 20, 20]), periods, **BASES)
    assert (mild.heating, mild.cooling) == (0, 0)
    assert (unknown.heating, unknown.cooling, unknown.observed) == (None, None, 0)
    assert (finding.code, finding.data["missing"], finding.data["last"]) == ("WE-20", 30, "2024-06-30")


def test_a_few_missing_days_are_taken_as_the_mean_of_the_others():
    (found,), findings = degree_days(days_of([10] * 19 + [None]), [(START, date(2024, 5, 21))], **BASES)
    assert (found.heating, found.observed, findings) == (80, 19, [])


def test_more_than_a_tenth_of_the_days_missing_is_a_finding():
    (found,), (finding,) = degree_days(days_of([10] * 17 + [None] * 3), [(START, date(2024, 5, 21))], **BASES)
    assert (found.heating, found.observed, finding.data["missing"]) == (None, 17, 3)


@given(st.lists(st.integers(-300, 400), min_size=2, max_size=30), st.integers(0, 30))
def test_the_degree_days_of_two_parts_add_up_to_those_of_the_whole(tenths, cut):
    weather = days_of([value / 10 for value in tenths])
    cut, end = START + timedelta(days=1 + cut % (len(tenths) - 1)), START + timedelta(days=len(tenths))
    (one, other, whole), findings = degree_days(weather, [(START, cut), (cut, end), (START, end)], **BASES)
    assert (one.heating + other.heating, one.cooling + other.cooling) == (whole.heating, whole.cooling)
    assert findings == []

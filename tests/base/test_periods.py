from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kotsukotsu import texts
from kotsukotsu.periods import FiscalYear, Month, day_name, days, last_day, parse_year, split_by_month

DAYS = st.dates(date(1950, 1, 1), date(2100, 12, 31))


@given(DAYS)
def test_every_day_lies_in_the_fiscal_year_and_month_that_hold_it(day):
    year, month = FiscalYear.of(day), Month.of(day)
    assert year.start <= day < year.end
    assert month.start <= day < month.end
    assert month in year.months()
    assert month.fiscal_year == year


@given(DAYS, st.integers(1, 900))
def test_months_of_a_period_share_out_its_days(start, length):
    end = start + timedelta(days=length)
    parts = list(split_by_month(start, end))
    assert sum(count for _, count in parts) == days(start, end) == length
    assert [month.index for month, _ in parts] == list(range(Month.of(start).index, Month.of(last_day(end)).index + 1))


@given(st.integers(1926, 2099))
def test_a_year_is_read_back_from_every_way_it_is_written(number):
    year = FiscalYear(number)
    for style in ("both", "era", "western"):
        assert parse_year(year.label(style)) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("R6", 2024),
        ("r06", 2024),
        ("Ｒ６", 2024),
        ("令和元年度", 2019),
        ("H31", 2019),
        ("平成25年度", 2013),
        ("平.25", 2013),
        ("2013年度", 2013),
        ("FY 2013", 2013),
        ("令和6（2024）年度", 2024),
        ("S64", 1989),
        ("令和5（2024）年度", None),
        ("13", None),
        ("合計", None),
        ("", None),
        ("R6年4月", None),
        ("2013-04", None),
    ],
)
def test_a_year_is_read_or_none(text, number):
    assert parse_year(text) == number


def test_a_fiscal_year_ends_on_the_first_day_of_the_next():
    assert FiscalYear(2024).end == FiscalYear(2025).start == date(2025, 4, 1)
    assert FiscalYear.of(date(2024, 3, 31)) == FiscalYear(2023)


def test_a_day_belongs_to_the_era_that_began_by_then():
    told = {"2026-04-01": "令和8年4月1日", "2019-05-01": "令和元年5月1日", "2019-04-30": "平成31年4月30日",
            "1989-01-08": "平成元年1月8日", "1989-01-07": "昭和64年1月7日", "1926-12-24": "1926年12月24日"}  # fmt: skip
    assert {day: day_name(date.fromisoformat(day)) for day in told} == told
    with texts.speaking("en"):
        assert day_name(date(2026, 4, 1)) == "1 April 2026"

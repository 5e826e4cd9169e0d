from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kotsukotsu.importers import dates
from kotsukotsu.importers.model import Cell


def mark(value: str | Decimal | date) -> dates.MonthMark | None:
    return dates.month_mark(Cell(value, "text"))


@pytest.mark.parametrize(
    ("written", "month"),
    [
        ("R6.4", (2024, 4)),
        ("Ｒ６．４月", (2024, 4)),
        ("令和6年4月", (2024, 4)),
        ("令和元年5月", (2019, 5)),
        ("H31.4", (2019, 4)),
        ("2024/04", (2024, 4)),
        ("2024-04", (2024, 4)),
        ("2024年4月分", (2024, 4)),
        ("202404", (2024, 4)),
        (date(2024, 4, 1), (2024, 4)),
        (Decimal(202404), (2024, 4)),
        ("4月", (2024, 4)),
        ("４月分", (2024, 4)),
        ("1月", (2025, 1)),
        ("令和5年度3月", (2024, 3)),
    ],
)
def test_months_are_read_as_an_office_writes_them(written: str | Decimal | date, month: tuple[int, int]) -> None:
    found = mark(written).at(2024)
    assert (found.year, found.month) == month


@pytest.mark.parametrize("written", ["合計", "13月", "4月計", "R6", "4.5", "前年度"])
def test_other_headings_are_no_months(written: str) -> None:
    assert mark(written) is None


def test_a_month_without_any_year_is_not_guessed() -> None:
    assert mark("4月").at(None) is None


def test_title_with_two_different_years_gives_both() -> None:
    assert dates.fiscal_years("令和5年度・令和6年度比較") == [2023, 2024]
    assert dates.fiscal_years("令和5（2024）年度") == []


@pytest.mark.parametrize("written", ["R6.3.15～4.14", "令和6年3月15日から令和6年4月14日まで", "2024/3/15~2024/4/14"])
def test_periods_in_one_cell_give_first_and_last_day(written: str) -> None:
    assert dates.day_range(written) == (date(2024, 3, 15), date(2024, 4, 14))


@given(st.text(max_size=20))
def test_no_heading_is_too_strange(written: str) -> None:
    dates.month_mark(Cell(written, "text"))
    dates.day(Cell(written, "text"))
    dates.day_range(written)
    dates.fiscal_years(written)

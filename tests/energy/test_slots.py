"""48 half-hours on every day of every year."""

from __future__ import annotations

from datetime import date, datetime

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kotsukotsu.energy.slots import PER_DAY, calendar, moment, slot_of, year
from kotsukotsu.periods import JST


@pytest.mark.parametrize(("fy", "count"), [(2022, 17_520), (2023, 17_568), (2024, 17_520), (2027, 17_568)])
def test_a_fiscal_year_has_48_half_hours_on_each_day_and_a_leap_day_where_february_has_29(fy, count):
    assert len(year(fy)) == count
    assert set(np.bincount(year(fy).day)) == {PER_DAY}


def test_months_add_up_to_the_year_and_begin_in_april():
    made = year(2023)
    assert [str(month) for month in made.months][::11] == ["2023-04", "2024-03"]
    assert np.bincount(made.month_index).tolist()[10] == 29 * PER_DAY
    assert np.bincount(made.month_index).sum() == len(made)


def test_no_half_hour_is_lost_or_doubled_where_other_countries_change_their_clocks():
    made = calendar(date(2024, 3, 1), date(2024, 12, 1))
    steps = {made.moment(n + 1) - made.moment(n) for n in range(len(made) - 1)}
    assert {step.total_seconds() for step in steps} == {1800.0}


@pytest.mark.parametrize(
    ("day", "is_holiday"),
    [("2024-05-03", True), ("2024-05-06", True), ("2024-05-07", False), ("2024-05-11", False), ("2024-05-12", True)],
)
def test_holidays_are_those_of_the_law_and_sundays(day, is_holiday):
    at = (date.fromisoformat(day) - date(2024, 4, 1)).days * PER_DAY
    assert year(2024).holiday[at : at + PER_DAY].tolist() == [is_holiday] * PER_DAY


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 17_519))
def test_a_moment_leads_back_to_its_half_hour(slot):
    assert slot_of(date(2024, 4, 1), moment(date(2024, 4, 1), slot)) == slot


def test_a_moment_between_half_hours_is_refused():
    with pytest.raises(ValueError, match="00:10"):
        slot_of(date(2024, 4, 1), datetime(2024, 4, 1, 0, 10, tzinfo=JST))

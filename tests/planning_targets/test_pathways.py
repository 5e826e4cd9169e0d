"""Paths, budgets, the year in which a trend arrives, and progress on the path."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kotsukotsu.planning.pathways import Path, Point, overspent, path_to, year_met
from kotsukotsu.planning.progress import progress
from kotsukotsu.planning.targets import Milestone, PlanError

GOALS = [Milestone(2030, Decimal(50), "p", "confirmed"), Milestone(2040, Decimal(80), "p", "confirmed")]
PATH = path_to(Point(2020, Decimal(1000)), Decimal(1000), GOALS)


def test_the_path_is_straight_between_milestones():
    # 1,000 to 500 in ten years, then 500 to 200 in ten years
    assert [PATH.at(fy) for fy in (2020, 2021, 2030, 2035, 2040)] == [1000, 950, 500, 350, 200]


def test_the_budget_is_the_sum_of_the_years():
    # 950 + 900 + 850
    assert PATH.budget(2020, 2023) == 2700


@given(st.integers(2020, 2040), st.integers(2020, 2040), st.integers(2020, 2040))
def test_budgets_of_neighbouring_spans_add_up(one, two, three):
    first, middle, last = sorted((one, two, three))
    assert PATH.budget(first, middle) + PATH.budget(middle, last) == PATH.budget(first, last)


def test_outside_its_years_a_path_says_nothing():
    with pytest.raises(PlanError, match="TG-20"):
        PATH.at(2041)


def test_after_the_last_milestone_there_is_no_path():
    with pytest.raises(PlanError, match="TG-21"):
        path_to(Point(2040, Decimal(1)), Decimal(1), GOALS)


def test_the_year_in_which_a_trend_arrives():
    # from 1,000 by 120 a year to 500: 4.17 years, so the fifth
    assert year_met(Point(2024, Decimal(1000)), Decimal(-120), Decimal(500)) == 2029
    assert year_met(Point(2024, Decimal(1000)), Decimal(-125), Decimal(500)) == 2028
    assert year_met(Point(2024, Decimal(400)), Decimal(9), Decimal(500)) == 2024


def test_a_trend_that_does_not_fall_never_arrives():
    assert year_met(Point(2024, Decimal(1000)), Decimal(0), Decimal(500)) is None


def test_progress_parts_the_gap_into_factors_and_use():
    # the path gives 950; 990 were emitted, 1,010 with the base year's factors: +40 = -20 by factors, +60 by use
    found = progress(PATH, Decimal(1000), Point(2021, Decimal(990)), Decimal(1010))
    assert (found.gap, found.gap_of_factors, found.gap_of_use) == (40, -20, 60)
    assert found.behind_plan is None


def test_progress_against_planned_effects():
    # without measures 1,005, planned to save 30: 975 expected, 990 emitted
    found = progress(PATH, Decimal(1000), Point(2021, Decimal(990)), None, None, Decimal(30), Decimal(1005))
    assert found.behind_plan == 15
    assert found.gap_of_factors is None


def test_what_was_emitted_above_the_path():
    # 960 - 950 and 880 - 900
    assert overspent([Point(2021, Decimal(960)), Point(2022, Decimal(880))], PATH) == -10


def test_a_path_of_two_points_ends_at_the_second():
    assert Path((Point(2020, Decimal(3)), Point(2023, Decimal(0)))).last == 2023


def test_what_the_city_does_not_control_is_taken_out_of_the_gap():
    # 1,000 to 990 is -10: suppliers -25, warming potentials +5, contracts -4, use +14; the path gives 950, so +40:
    # -20 outside the city's control, +60 its own
    effects = {"factor": Decimal(-25), "gwp": Decimal(5), "mix": Decimal(-4), "amount": Decimal(14)}
    found = progress(PATH, Decimal(1000), Point(2021, Decimal(990)), None, effects)
    assert (found.gap_outside, found.gap_own, found.gap_of_contracts) == (-20, 60, -4)

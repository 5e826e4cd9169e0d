"""A facility's department has days: each year counts for the department that it had at the year's end."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from kotsukotsu.sessions.analysed import analysed

ONE = Decimal("2.32")  # 1,000 L of petrol [t-CO2e]


@pytest.fixture
def town(town):
    """In April 2014 the library goes from the schools to the sports; both stand below the board of education."""
    for key, parent in (("board", None), ("schools", "board"), ("sports", "board")):
        town.add("departments", department_id=key, name=key, parent_id=parent)
    town.facility("school", "小学校", department_id="schools")
    town.facility("library", "図書館", department_id="sports")
    for fy in (2013, 2014):
        for facility in ("school", "library"):
            town.year("gasoline", fy, 1000, facility_id=facility)
    return town


def move(town, day="2014-04-01"):
    town.add("facility_departments", facility_id="library", department_id="schools", valid_from="", valid_to=day)


def by_department(town, fy):
    inventory = town.inventory(fy)
    return {row.keys["department"]: row.tonnes_co2e for row in inventory.rows(("department",))}


def test_without_rows_the_register_of_facilities_says_it_for_all_years(town):
    assert [by_department(town, fy) for fy in (2013, 2014)] == [{"schools": ONE, "sports": ONE}] * 2


def test_a_year_counts_for_the_department_that_had_the_facility_and_the_city_stays(town):
    before = [town.total(fy) for fy in (2013, 2014)]
    move(town)
    assert [by_department(town, fy) for fy in (2013, 2014)] == [{"schools": 2 * ONE}, {"schools": ONE, "sports": ONE}]
    assert [town.total(fy) for fy in (2013, 2014)] == before
    base = town.inventory(2014)
    assert {row.keys["department"]: row.tonnes_co2e for row in base.rows(("department",), base.base_lines)} == {
        "schools": 2 * ONE
    }


def test_a_move_within_the_year_counts_for_the_department_at_its_end(town):
    move(town, "2013-10-01")
    assert by_department(town, 2013) == {"schools": ONE, "sports": ONE}


def test_bodies_follow_the_department_of_the_years_first_day(town):
    town.add("bodies", body_id="sport", name="スポーツ", in_plan="no", department_id="sports")
    move(town)
    assert [town.total(fy) for fy in (2013, 2014)] == [2 * ONE, ONE]


def test_the_change_of_a_department_tells_what_came_and_went_apart(town):
    move(town)
    session = town.session()

    def told(code):
        report = analysed(session, 2014, 2013, date(2015, 6, 1), ("", code, "")).report
        effects = {name: value for name, value in report.causes.effects().items() if value}
        return effects, [sentence.effect for sentence in report.sentences], [one.code for one in report.findings]

    assert told("schools") == ({"transferred": -ONE}, ["", "transferred"], [])
    assert told("sports") == ({"transferred": ONE}, ["", "transferred"], ["AN-08"])
    assert told("board")[0] == {}
    whole = analysed(session, 2014, 2013, date(2015, 6, 1)).report
    assert {row.key: (row.base, row.latest) for row in whole.rankings["department"]} == {
        "schools": (2 * ONE, ONE), "sports": (None, ONE),
    }  # fmt: skip


@pytest.mark.parametrize(("first", "expected"), [("2014-04-01", []), ("2014-03-31", ["A-27"])])
def test_two_departments_of_a_facility_on_one_day_are_refused(town, first, expected):
    move(town)
    town.add("facility_departments", facility_id="library", department_id="sports", valid_from=first, valid_to="")
    assert (town.problems(2013), town.problems(2014)) == (expected, [])


@pytest.mark.parametrize(("first", "expected"), [("2014-04-01", []), ("2014-03-31", ["A-27"])])
def test_two_rows_of_a_department_on_one_day_are_refused(town, first, expected):
    for row in town.tables["departments"]:
        row["valid_to"] = "2014-04-01" if row["department_id"] == "sports" else ""
    town.add("departments", department_id="sports", name="運動", parent_id="board", valid_from=first)
    assert (town.problems(2013), town.problems(2014)) == (expected, [])


def test_a_row_that_never_ends_is_held_against_all_later_ones(town):
    for first, last in (("", ""), ("2012-04-01", "2012-05-01"), ("2014-04-01", "")):
        town.add("facility_departments", facility_id="library", department_id="sports", valid_from=first, valid_to=last)
    assert (town.problems(2013), town.problems(2014)) == ([], ["A-27"])

"""Reporting bodies: kept apart, sharing a facility, inside or outside the city's total."""

from __future__ import annotations

from decimal import Decimal

import pytest


@pytest.fixture
def town(town):
    town.facility("school", "小学校", department_id="d21")
    town.facility("water", "浄水場", department_id="d30")
    for key, parent in (("d20", None), ("d21", "d20"), ("d30", None)):
        town.add("departments", department_id=key, name=key, parent_id=parent)
    for facility in ("f1", "school", "water"):
        town.year("gasoline", 2013, 1000, facility_id=facility)
    return town


def bodies(town):
    return {row.keys["body"]: row.tonnes_co2e for row in town.inventory(2013).rows(("body",))}


def apart(town):
    return {row.keys["body"]: row.tonnes_co2e for row in town.inventory(2013).apart()}


WHOLE = Decimal("2.32")


def test_without_bodies_all_is_the_citys(town):
    assert bodies(town) == {"city": 3 * WHOLE}


def test_a_department_holds_its_facilities_and_those_of_the_departments_below(town):
    town.add("bodies", body_id="edu", name="教育委員会", in_plan="yes", department_id="d20")
    assert bodies(town) == {"city": 2 * WHOLE, "edu": WHOLE}


def test_the_nearest_department_outranks_those_above(town):
    town.add("bodies", body_id="edu", name="教育委員会", in_plan="yes", department_id="d20")
    town.add("bodies", body_id="school", name="学校課", in_plan="yes", department_id="d21")
    assert bodies(town) == {"city": 2 * WHOLE, "school": WHOLE}


def test_a_facility_of_its_own_outranks_its_department(town):
    town.add("bodies", body_id="edu", name="教育委員会", in_plan="yes", department_id="d20")
    town.add("bodies", body_id="union", name="組合", in_plan="no", facility_id="school", department_id=None)
    assert (bodies(town), apart(town)) == ({"city": 2 * WHOLE}, {"union": WHOLE})


def test_bodies_share_a_facility_and_what_they_leave_is_the_citys(town):
    town.add("bodies", body_id="water", name="水道", in_plan="yes", facility_id="f1", share="0.25")
    town.add("bodies", body_id="edu", name="教育委員会", in_plan="yes", facility_id="f1", share="0.5")
    assert bodies(town) == {"city": Decimal("2.25") * WHOLE, "edu": WHOLE / 2, "water": WHOLE / 4}
    assert town.inventory(2013).total == 3 * WHOLE


def test_a_union_outside_the_plan_is_not_in_the_total_but_shown_apart(town):
    town.add("bodies", body_id="union", name="組合", in_plan="no", facility_id="water", share="0.4")
    result = town.inventory(2013)
    assert result.total == Decimal("2.6") * WHOLE
    assert apart(town) == {"union": Decimal("0.4") * WHOLE}
    assert town.trace(2013).total == result.total


def test_quantity_of_a_shared_facility_is_shared_too(town):
    town.add("bodies", body_id="water", name="水道", in_plan="yes", facility_id="f1", share="0.25")
    quantities = {row.keys["body"]: row.quantity for row in town.inventory(2013).rows(("body",))}
    assert quantities == {"city": 2750, "water": 250}


@pytest.mark.parametrize("in_plan", ["yes", "no"])
def test_bodies_that_claim_more_than_the_whole_are_refused(town, in_plan):
    town.add("bodies", body_id="water", name="水道", in_plan="yes", facility_id="f1", share="0.7")
    town.add("bodies", body_id="union", name="組合", in_plan=in_plan, facility_id="f1", share="0.5")
    assert town.problems(2013) == ["A-24"]


def test_one_body_with_two_rows_for_a_facility_has_both_shares(town):
    for share in ("0.25", "0.5"):
        town.add("bodies", body_id="water", name="水道", in_plan="yes", facility_id="f1", share=share)
    rows = {row.keys["body"]: (row.quantity, row.tonnes_co2e) for row in town.inventory(2013).rows(("body",))}
    assert rows["water"] == (750, Decimal("0.75") * WHOLE)


def test_a_body_counts_from_the_fiscal_year_in_which_it_is_in_force_on_the_first_day(town):
    town.add("bodies", body_id="water", name="水道", in_plan="yes", department_id="d30", valid_from="2013-04-02")
    for facility in ("f1", "water"):
        town.year("gasoline", 2014, 1000, facility_id=facility)
    assert bodies(town) == {"city": 3 * WHOLE}
    assert {row.keys["body"] for row in town.inventory(2014).rows(("body",))} == {"city", "water"}


def test_rows_by_department_name_the_facilitys_own_department(town):
    rows = {row.keys["department"]: row.tonnes_co2e for row in town.inventory(2013).rows(("department",))}
    assert rows == {"": WHOLE, "d21": WHOLE, "d30": WHOLE}


def test_a_reorganisation_leaves_the_bodies_of_earlier_years(town):
    town.add("bodies", body_id="edu", name="教育委員会", in_plan="yes", department_id="d20")
    town.tables["departments"] = [row for row in town.tables["departments"] if row["department_id"] != "d21"]
    town.add("departments", department_id="d21", name="学校課", parent_id="d20", valid_to="2020-04-01")
    town.add("departments", department_id="d21", name="子ども課", parent_id="d30", valid_from="2020-04-01")
    for facility in ("f1", "school", "water"):
        town.year("gasoline", 2020, 1000, facility_id=facility)
    assert bodies(town) == {"city": 2 * WHOLE, "edu": WHOLE}
    assert {row.keys["body"] for row in town.inventory(2020).rows(("body",))} == {"city"}

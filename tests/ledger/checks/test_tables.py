"""Checks of the tables: chains, dates, ids, names and shares; each fires and stays clear."""

from __future__ import annotations

from datetime import date

import pytest

from kotsukotsu.ledger import checks
from kotsukotsu.ledger.checks.outcome import Outcome


def one(view: object, name: str) -> Outcome:
    return checks.run(view, [name])[0]  # type: ignore[arg-type]


def codes(view: object, name: str) -> list[str]:
    return [finding.code for finding in one(view, name).findings]


# corrections


@pytest.mark.parametrize(
    ("replaces", "expected"),
    [
        ({"A2024-02": "A2024-01"}, []),
        ({"A2024-02": "A9"}, ["LG-11"]),
        ({"A2024-02": "A2024-01", "A2024-03": "A2024-01"}, ["LG-12"]),
        ({"A2024-02": "A2024-03", "A2024-03": "A2024-02"}, ["LG-13"]),
    ],
)
def test_chains_of_corrections(view, year, replaces, expected):
    rows = [{**row, "replaces": replaces.get(row["activity_id"])} for row in year(2024)]
    assert codes(view(rows), "corrections") == expected


# periods


def test_a_period_without_a_day_is_an_error(view, year, row):
    found = one(view([*year(2024), row("B", "2024-05-02", "2024-05-02")]), "periods").findings
    assert [(finding.code, finding.data["activity_id"]) for finding in found] == [("C-34", "B")]


def test_a_period_of_one_day_is_a_period(view, year, row):
    assert one(view([*year(2024), row("B", "2024-05-02", "2024-05-03")]), "periods").status == "clear"


def test_a_contract_that_ends_before_it_begins_is_an_error(view, year):
    wrong = {
        "facility_id": "s1",
        "item": "lpg",
        "supplier": "x",
        "valid_from": "2024-05-01",
        "valid_to": "2024-05-01",
    }
    found = one(view(year(2024), supplies=[wrong]), "periods").findings
    assert [(finding.code, finding.data["table"]) for finding in found] == [("C-35", "supplies")]
    assert one(view(year(2024), supplies=[{**wrong, "valid_to": "2024-05-02"}]), "periods").status == "clear"


# unknown_ids


def test_an_unknown_facility_is_named_once_with_its_rows(view, year):
    (finding,) = one(view(year(2024, facility_id="s9")), "unknown_ids").findings
    assert (finding.code, finding.data["value"], finding.data["count"]) == ("C-19", "s9", 12)


@pytest.mark.parametrize(
    ("table", "row", "code"),
    [
        ("facilities", {"facility_id": "s1", "name": "x", "department_id": "d9"}, "C-21"),
        ("supplies", {"facility_id": "s1", "item": "steam", "supplier": "x"}, "C-20"),
        ("explanations", {"facility_id": "s9", "fiscal_year": 2024, "text": "x"}, "C-19"),
        ("measures", {"facility_id": "s9", "measure_id": "m", "measure": "led"}, "C-19"),
        ("reviews", {"facility_id": "s9", "fiscal_year": 2024, "kind": "review", "text": "x"}, "C-19"),
        ("explanations", {"item": "steam", "fiscal_year": 2024, "text": "x"}, "C-20"),
        ("bodies", {"body_id": "b", "name": "x", "in_plan": "yes", "department_id": "d9"}, "C-21"),
        ("facility_departments", {"facility_id": "s1", "department_id": "d9"}, "C-21"),
        ("facility_departments", {"facility_id": "s9", "department_id": ""}, "C-19"),
    ],
)
def test_unknown_ids_of_every_table_are_errors(view, year, table, row, code):
    assert codes(view(year(2024), **{table: [row]}), "unknown_ids") == [code]


def test_an_empty_id_is_not_an_unknown_one(view, year):
    known = {"facility_id": None, "item": None, "fiscal_year": 2024, "text": "x"}
    assert one(view(year(2024), explanations=[known]), "unknown_ids").status == "clear"


def test_meters_without_a_list_of_meters_are_not_run_and_with_one_are_looked_up(view, year):
    rows = year(2024, meter_id="m1")
    assert one(view(rows), "unknown_ids").reason.code == "C-94"
    listed = {"meter_id": "m1", "facility_id": "s1", "item": "electricity"}
    assert one(view(rows, meters=[listed]), "unknown_ids").status == "clear"
    assert codes(view(rows, meters=[{**listed, "meter_id": "m2"}]), "unknown_ids") == ["C-22"]


# same_names


def two_schools(**second: str) -> list[dict[str, str]]:
    return [
        {"facility_id": "s1", "name": "中央小学校"},
        {"facility_id": "s2", "name": "中央 小学校", **second},
    ]


def test_two_facilities_of_one_name_are_found_in_spite_of_a_space(view, year):
    assert codes(view(year(2024), facilities=two_schools()), "same_names") == ["C-18"]


def test_full_width_and_half_width_names_are_one(view, year):
    schools = [{"facility_id": "s1", "name": "プール２"}, {"facility_id": "s2", "name": "ﾌﾟｰﾙ2"}]
    assert codes(view(year(2024), facilities=schools), "same_names") == ["C-18"]


def test_other_names_and_a_namesake_that_opened_after_the_first_closed_are_clear(view, year):
    assert one(view(year(2024), facilities=two_schools(name="中央中学校")), "same_names").status == "clear"
    moved = two_schools(opened_on="2020-04-01")
    moved[0]["closed_on"] = "2020-04-01"
    assert one(view(year(2024), facilities=moved), "same_names").status == "clear"


def test_a_facility_id_given_twice_is_an_error(view, year):
    schools = [{"facility_id": "s1", "name": "甲"}, {"facility_id": "s1", "name": "乙"}]
    assert codes(view(year(2024), facilities=schools), "same_names") == ["C-36"]


# apportionments, bodies, compositions


def test_shares_of_a_meter_add_up_to_one(view, year):
    def shares(*values: str) -> list[dict[str, str]]:
        return [
            {"facility_id": "s1", "item": "electricity", "to_facility_id": "s1", "share": value} for value in values
        ]

    assert codes(view(year(2024), apportionments=shares("0.7", "0.2")), "apportionments") == ["C-27"]
    assert codes(view(year(2024), apportionments=shares("0.7", "0.2", "0.1")), "apportionments") == []


def test_shares_that_change_at_a_date_add_up_on_both_sides(view, year):
    def until(day: str) -> list[dict[str, str]]:
        key = {"facility_id": "s1", "item": "electricity", "to_facility_id": "s1", "share": "1"}
        return [{**key, "valid_to": day}, {**key, "valid_from": "2024-07-01"}]

    assert codes(view(year(2024), apportionments=until("2024-07-01")), "apportionments") == []
    (finding,) = one(view(year(2024), apportionments=until("2024-08-01")), "apportionments").findings
    assert (finding.data["start"], finding.data["last"]) == (date(2024, 7, 1), date(2024, 7, 31))


@pytest.mark.parametrize(("shares", "expected"), [(("0.6", "0.5"), ["C-28"]), (("0.6", "0.4"), []), (("0.5",), [])])
def test_bodies_share_no_more_than_the_whole(view, year, shares, expected):
    bodies = [{"body_id": s, "name": s, "in_plan": "yes", "facility_id": "s1", "share": s} for s in shares]
    assert codes(view(year(2024), bodies=bodies), "bodies") == expected


def test_waste_is_burnt_with_exactly_one_composition_in_force(view, row):
    burnt = [row("A", "2024-04-01", "2024-05-01", item="waste_incinerated_continuous", unit="t")]
    known = {"facility_id": "s1", "valid_from": "2024-04-01", "valid_to": "2025-04-01"}
    late = {**known, "valid_from": "2024-04-11"}
    assert codes(view(burnt, wastes=[known]), "compositions") == []
    assert codes(view(burnt, wastes=[known, late]), "compositions") == ["C-33"]
    (finding,) = one(view(burnt, wastes=[late]), "compositions").findings
    assert (finding.code, finding.data["start"], finding.data["last"]) == (
        "C-32",
        date(2024, 4, 1),
        date(2024, 4, 10),
    )


def test_zero_waste_needs_no_composition(view, row):
    rows = [row("A", "2024-04-01", "2024-05-01", "0", item="waste_incinerated_continuous", unit="t")]
    assert one(view(rows), "compositions").status == "clear"


# organisation


def department(key: str = "d1", first: str | None = None, end: str | None = None) -> dict[str, str | None]:
    return {"department_id": key, "name": f"{key}課", "parent_id": None, "valid_from": first, "valid_to": end}


def held(key: str, first: str | None = None, end: str | None = None) -> dict[str, str | None]:
    return {"facility_id": "s1", "department_id": key, "valid_from": first, "valid_to": end}


SCHOOL = {"facility_id": "s1", "name": "小学校", "department_id": "d1", "closed_on": None}


@pytest.mark.parametrize(
    ("departments", "dated", "expected"),
    [
        ([department()], [], []),
        ([department(end="2025-04-01")], [], []),
        ([department(end="2025-03-31")], [], ["C-40"]),
        ([department(first="2026-04-01")], [], ["C-40"]),
        ([department(first="2026-04-01"), department("d0")], [held("d0", end="2026-04-01")], []),
        ([department(), department("d0", end="2020-04-01")], [held("d0", end="2021-04-01")], ["C-40"]),
        ([department(end="2020-04-02"), department(first="2020-04-01")], [], ["C-39"]),
        ([department(end="2020-04-01"), department(first="2020-04-01")], [], []),
        ([department()], [held("d1", end="2020-04-02"), held("d1", first="2020-04-01")], ["C-39"]),
        ([department()], [held("d1", end="2020-04-01"), held("d1", first="2020-04-01")], []),
    ],
)
def test_departments_have_facilities_in_their_time_one_at_a_time(view, year, departments, dated, expected):
    found = view(year(2024), departments=departments, facilities=[SCHOOL], facility_departments=dated)
    assert codes(found, "organisation") == expected


def test_a_facility_without_a_department_is_missed_where_it_emits_and_departments_are_named(view, year):
    nobodys = {**SCHOOL, "department_id": None}
    assert codes(view(year(2024), facilities=[nobodys], departments=[department()]), "organisation") == ["C-41"]
    assert codes(view(year(2024), facilities=[nobodys], departments=[]), "organisation") == []
    assert codes(view([], facilities=[nobodys], departments=[department()]), "organisation") == []

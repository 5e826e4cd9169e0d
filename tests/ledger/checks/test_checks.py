"""One test that fires and one that stays clear for every check."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from kotsukotsu import texts
from kotsukotsu.errors import LedgerError
from kotsukotsu.findings import Finding
from kotsukotsu.ledger import checks
from kotsukotsu.ledger.checks.outcome import Outcome

Build = Callable[..., object]


def one(view: object, name: str) -> Outcome:
    return checks.run(view, [name])[0]  # type: ignore[arg-type]


def codes(view: object, name: str) -> list[str]:
    return [finding.code for finding in one(view, name).findings]


def test_a_clean_year_is_clear_in_every_check_that_can_be_run(view, year):
    outcomes = checks.run(view([row for fy in range(2020, 2025) for row in year(fy)]))
    assert {outcome.check: outcome.status for outcome in outcomes} == {
        name: "clear" for name, _ in checks.CHECKS
    }


def test_every_check_has_its_module_and_every_module_its_check():
    helpers = {"__init__", "entry", "history", "outcome", "place", "shares", "view"}
    modules = {path.stem for path in Path(checks.__file__).parent.glob("*.py")} - helpers
    assert {name for name, _ in checks.CHECKS} == modules


def test_a_name_that_is_no_check_is_refused(view, year):
    with pytest.raises(LedgerError) as error:
        checks.run(view(year(2024)), ["spelling"])
    assert error.value.code == "LG-15"


def test_without_rows_the_checks_of_rows_are_not_run_and_never_clear(view):
    outcome = one(view([]), "negatives")
    assert (outcome.status, outcome.reason.code) == ("not_run", "C-92")


def test_without_rows_missing_months_are_not_run(view):
    assert one(view([]), "missing_months").status == "not_run"


def test_broken_corrections_are_found_and_nothing_else_is_clear(view, year):
    rows = year(2024)
    rows[3]["replaces"] = "A9"
    broken = view(rows)
    assert codes(broken, "corrections") == ["LG-11"]
    of_rows = [
        outcome for outcome in checks.run(broken) if outcome.check in ("negatives", "unknown_ids", "periods")
    ]
    assert [(outcome.status, outcome.reason.code) for outcome in of_rows] == [("not_run", "C-91")] * 3


def test_findings_do_not_depend_on_the_order_of_rows(view, year):
    rows = [row for fy in range(2020, 2025) for row in year(fy)]
    rows[50]["quantity"], rows[51]["quantity"], rows[52]["quantity"] = Decimal(-1), Decimal(100000), None
    rows.append({**rows[48], "activity_id": "Z"})
    assert checks.run(view(rows)) == checks.run(view(rows[::-1]))


def test_every_finding_has_a_text_in_both_languages_that_its_data_fill(view, year, row):
    rows = [one for fy in range(2020, 2024) for one in year(fy)] + year(2024)[:9]
    rows[-1]["quantity"] = Decimal("-0.0000001")
    rows[-2].update(basis="estimated")
    rows[-3].update(basis="not_occurring")
    rows[-4].update(end=date(2025, 1, 5), unit="L")
    rows[-5]["quantity"] = Decimal(90000)
    rows += [
        row("B1", "2024-04-01", "2024-05-01"),
        row("B2", "2024-05-01", "2024-05-01", item="x", facility_id="y"),
    ]
    findings = [finding for outcome in checks.run(view(rows, supplies=[])) for finding in outcome.findings]
    assert len({finding.code for finding in findings}) >= 12
    assert all(
        finding.message("ja") and finding.message("en") and finding.advice("ja") for finding in findings
    )
    assert all(finding.where and finding.as_dict()["data"] for finding in findings)


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


# digits


@pytest.mark.parametrize(
    ("quantity", "status"),
    [("1.1234567", "found"), ("1000000000000", "found"), ("1.123456", "clear"), ("999999999999", "clear")],
)
def test_quantities_are_kept_with_six_decimals_below_a_million_million(view, row, quantity, status):
    assert one(view([row("A", "2024-04-01", "2024-05-01", quantity)]), "digits").status == status


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
        ("explanations", {"item": "steam", "fiscal_year": 2024, "text": "x"}, "C-20"),
        ("bodies", {"body_id": "b", "name": "x", "in_plan": "yes", "department_id": "d9"}, "C-21"),
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


# unit_kinds


@pytest.mark.parametrize(
    ("item", "unit", "expected"),
    [
        ("electricity", "千kWh", []),
        ("electricity", "L", ["C-26"]),
        ("electricity", "杯", ["U-01"]),
        ("kerosene", "kL", []),
        ("kerosene", "kg", ["C-26"]),
        ("lpg", "m3", []),
    ],
)
def test_a_unit_must_measure_the_item(view, row, item, unit, expected):
    rows = [row("A", "2024-04-01", "2024-05-01", item=item, unit=unit)]
    assert codes(view(rows), "unit_kinds") == expected


# duplicates and overlaps


def test_the_same_bill_twice_is_an_error_with_both_ids(view, year, row):
    (finding,) = one(view([*year(2024), row("B", "2024-04-01", "2024-05-01")]), "duplicates").findings
    assert (finding.code, finding.data["activity_id"]) == ("C-03", "A2024-01, B")
    assert finding.where == "中央小学校 電気 2024年4月（A2024-01, B）"


@pytest.mark.parametrize(
    "other", [{"meter_id": "m2"}, {"use": "boiler"}, {"end": date(2024, 4, 30)}, {"facility_id": "s2"}]
)
def test_another_meter_use_period_or_facility_is_no_duplicate(view, year, row, other):
    rows = [*year(2024), {**row("B", "2024-04-01", "2024-05-01"), **other}]
    assert one(view(rows), "duplicates").status == "clear"


def test_a_duplicate_that_was_withdrawn_is_no_duplicate(view, year, row):
    double = row("B", "2024-04-01", "2024-05-01")
    withdrawn = {**double, "activity_id": "C", "replaces": "B", "basis": "not_occurring", "quantity": None}
    taken_back = view([*year(2024), double, withdrawn])
    assert [one(taken_back, name).status for name in ("duplicates", "overlaps", "not_occurring")] == [
        "clear"
    ] * 3


def test_bills_that_share_a_day_overlap(view, row):
    rows = [row("A", "2024-03-15", "2024-04-16"), row("B", "2024-04-15", "2024-05-15")]
    (finding,) = one(view(rows), "overlaps").findings
    assert (finding.code, finding.data["activity_id"], finding.data["ids"], finding.data["days"]) == (
        "C-04", "A", "B", 1,
    )  # fmt: skip


def test_bills_that_meet_do_not_overlap(view, row):
    rows = [row("A", "2024-03-15", "2024-04-15"), row("B", "2024-04-15", "2024-05-15")]
    assert one(view(rows), "overlaps").status == "clear"


def test_a_yearly_row_over_monthly_ones_is_one_finding(view, year, row):
    (finding,) = one(view([*year(2024), row("Y", "2024-04-01", "2025-04-01")]), "overlaps").findings
    assert (finding.data["activity_id"], len(finding.data["ids"].split(", "))) == ("Y", 12)


# gaps and long bills


def test_days_between_two_readings_are_a_gap(view, row):
    rows = [row("A", "2024-04-01", "2024-04-28"), row("B", "2024-05-01", "2024-06-01")]
    (finding,) = one(view(rows), "gaps").findings
    assert (finding.code, finding.data["days"], finding.data["before"]) == ("C-05", 3, "A")


def test_deliveries_of_oil_and_readings_that_meet_have_no_gap(view, row):
    meeting = [row("A", "2024-04-01", "2024-05-01"), row("B", "2024-05-01", "2024-06-01")]
    oil = [
        row("C", "2024-04-03", "2024-04-04", item="kerosene"),
        row("D", "2024-04-20", "2024-04-21", item="kerosene"),
    ]
    assert one(view([*meeting, *oil]), "gaps").status == "clear"


def test_a_gap_of_a_whole_month_is_a_missing_month_instead(view, year):
    rows = [row for row in year(2024) if row["activity_id"] != "A2024-05"]
    assert (codes(view(rows), "gaps"), codes(view(rows), "missing_months")) == ([], ["C-01"])


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2024-04-01", "2024-06-11", ["C-06"]),
        ("2024-04-01", "2024-06-10", []),
        ("2024-04-01", "2025-04-01", []),
        ("2024-04-02", "2025-04-01", ["C-06"]),
    ],
)
def test_more_than_seventy_days_are_too_long_unless_they_are_the_fiscal_year(view, row, start, end, expected):
    assert codes(view([row("A", start, end)]), "long_bills") == expected


def test_the_open_part_of_a_fiscal_year_is_a_whole_year_of_the_facility(view, row):
    school = {"facility_id": "s1", "name": "中央小学校", "opened_on": "2024-09-01"}
    rows = [row("A", "2024-09-01", "2025-04-01")]
    assert one(view(rows, facilities=[school]), "long_bills").status == "clear"


def test_no_use_over_half_a_year_is_no_bill(view, row):
    rows = [row("A", "2024-04-01", "2024-10-01", None, basis="not_occurring")]
    assert one(view(rows), "long_bills").status == "clear"


# stocks


def test_a_yearly_number_given_every_month_would_be_added_up(view, year):
    rows = year(2024, item="car_air_conditioner", unit="vehicle_year")
    (finding,) = one(view(rows), "stocks").findings
    assert (finding.code, finding.data["count"]) == ("C-25", 12)


def test_one_number_a_year_is_clear_and_covers_all_months(view, row):
    rows = [row("A", "2024-04-01", "2024-04-02", item="car_air_conditioner", unit="vehicle_year")]
    assert [one(view(rows), name).status for name in ("stocks", "missing_months", "long_bills")] == [
        "clear"
    ] * 3


# negatives


def test_below_zero_is_an_error_and_zero_is_not(view, row):
    rows = [row("A", "2024-04-01", "2024-05-01", "-0.1"), row("B", "2024-05-01", "2024-06-01", "0")]
    assert [finding.data["activity_id"] for finding in one(view(rows), "negatives").findings] == ["A"]


# not_occurring and estimates


def test_no_use_with_a_quantity_contradicts_itself(view, row):
    rows = [row("A", "2024-04-01", "2024-05-01", "0", basis="not_occurring")]
    assert codes(view(rows), "not_occurring") == ["C-31"]


def test_no_use_beside_a_bill_contradicts_it(view, row):
    no_use = row("A", "2024-04-01", "2024-07-01", None, basis="not_occurring")
    assert codes(view([no_use, row("B", "2024-05-01", "2024-06-01")]), "not_occurring") == ["C-37"]
    assert codes(view([no_use, row("B", "2024-05-01", "2024-06-01", "0")]), "not_occurring") == []
    assert codes(view([no_use, row("B", "2024-07-01", "2024-08-01")]), "not_occurring") == []


def test_an_estimate_names_its_method(view, row):
    rows = [row("A", "2024-04-01", "2024-05-01", basis="estimated", note=" ")]
    assert codes(view(rows), "estimates") == ["C-30"]
    assert one(view([{**rows[0], "note": "前年同月"}]), "estimates").status == "clear"
    assert one(view([{**rows[0], "basis": "measured"}]), "estimates").status == "clear"


# new_items


def test_an_item_that_the_facility_never_had_is_a_note(view, year, row):
    rows = [*year(2023), *year(2024), row("G", "2024-06-01", "2024-07-01", item="lpg")]
    (finding,) = one(view(rows), "new_items").findings
    assert (finding.code, finding.severity, finding.data["item"]) == ("C-23", "info", "lpg")


def test_a_new_facility_and_an_item_of_old_are_clear(view, year, row):
    assert one(view(year(2024)), "new_items").status == "clear"
    old = [*year(2023), *year(2024), row("F", "2022-06-01", "2022-07-01", item="lpg")]
    assert one(view([*old, row("G", "2024-06-01", "2024-07-01", item="lpg")]), "new_items").status == "clear"


def test_an_item_that_was_always_zero_is_new_when_it_is_used(view, year):
    rows = [*year(2023), *year(2023, ["0"] * 12, "G", item="lpg"), *year(2024, ["5"] * 12, "H", item="lpg")]
    assert codes(view(rows), "new_items") == ["C-23"]


# closed_facilities


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        ({"closed_on": "2024-04-01"}, ["C-11"]),
        ({"closed_on": "2024-04-02"}, []),
        ({"opened_on": "2024-05-01"}, ["C-12"]),
        ({"opened_on": "2024-04-30"}, []),
    ],
)
def test_use_belongs_to_the_days_on_which_the_facility_is_open(view, row, dates, expected):
    school = {"facility_id": "s1", "name": "中央小学校", **dates}
    rows = [row("A", "2024-04-01", "2024-05-01")]
    assert codes(view(rows, facilities=[school]), "closed_facilities") == expected


def test_zero_at_a_closed_facility_is_clear(view, row):
    school = {"facility_id": "s1", "name": "中央小学校", "closed_on": "2024-04-01"}
    rows = [row("A", "2024-04-01", "2024-05-01", "0")]
    assert one(view(rows, facilities=[school]), "closed_facilities").status == "clear"


# fuel_use


def test_a_fuel_without_use_is_one_note_for_facility_and_item(view, year):
    (finding,) = one(view(year(2024, item="kerosene")), "fuel_use").findings
    assert (finding.code, finding.severity, finding.data["count"]) == ("C-24", "info", 12)


def test_a_fuel_with_use_and_electricity_are_clear(view, year):
    rows = [*year(2024), *year(2024, prefix="K", item="kerosene", use="boiler")]
    assert one(view(rows), "fuel_use").status == "clear"


def test_diesel_of_vehicles_is_counted_by_distance(view, row):
    diesel = row("A", "2024-04-01", "2024-05-01", item="diesel")
    distance = row("B", "2024-04-01", "2024-05-01", item="distance_diesel_truck", unit="km")
    assert codes(view([diesel]), "fuel_use") == ["C-24"]
    assert codes(view([diesel, distance]), "fuel_use") == []


# apportionments, bodies, compositions


def test_shares_of_a_meter_add_up_to_one(view, year):
    def shares(*values: str) -> list[dict[str, str]]:
        return [
            {"facility_id": "s1", "item": "electricity", "to_facility_id": "s1", "share": value}
            for value in values
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


@pytest.mark.parametrize(
    ("shares", "expected"), [(("0.6", "0.5"), ["C-28"]), (("0.6", "0.4"), []), (("0.5",), [])]
)
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


def test_severities_are_those_of_what_cannot_stand():
    errors = {
        code for code, text in texts.entries().items() if code.startswith("C-") and text.severity == "error"
    }
    assert {"C-03", "C-04", "C-10", "C-15", "C-19", "C-20", "C-21", "C-26"} <= errors
    assert {"C-01", "C-07", "C-09"} & errors == set()
    assert Finding("C-01").severity == "warning"

"""Checks of rows: each fires and stays clear on what comes near."""

from __future__ import annotations

from datetime import date

import pytest

from kotsukotsu.ledger import checks
from kotsukotsu.ledger.checks.outcome import Outcome


def one(view: object, name: str) -> Outcome:
    return checks.run(view, [name])[0]  # type: ignore[arg-type]


def codes(view: object, name: str) -> list[str]:
    return [finding.code for finding in one(view, name).findings]


# digits


@pytest.mark.parametrize(
    ("quantity", "status"),
    [("1.1234567", "found"), ("1000000000000", "found"), ("1.123456", "clear"), ("999999999999", "clear")],
)
def test_quantities_are_kept_with_six_decimals_below_a_million_million(view, row, quantity, status):
    assert one(view([row("A", "2024-04-01", "2024-05-01", quantity)]), "digits").status == status


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


def test_a_duplicate_is_not_called_an_overlap_besides(view, year, row):
    assert one(view([*year(2024), row("B", "2024-04-01", "2024-05-01")]), "overlaps").status == "clear"


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
    assert [one(taken_back, name).status for name in ("duplicates", "overlaps", "not_occurring")] == ["clear"] * 3


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


def test_a_single_day_is_a_gap(view, row):
    rows = [row("A", "2024-04-01", "2024-04-30"), row("B", "2024-05-01", "2024-06-01")]
    assert [finding.data["days"] for finding in one(view(rows), "gaps").findings] == [1]


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
    assert [one(view(rows), name).status for name in ("stocks", "missing_months", "long_bills")] == ["clear"] * 3


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
    listed = {"vehicle_id": "v", "facility_id": "s1", "class": "distance_diesel_truck"}
    assert codes(view([diesel], vehicles=[listed]), "fuel_use") == []


def test_a_stove_at_the_car_pool_still_needs_its_use(view, row):
    stove = row("A", "2024-04-01", "2024-05-01", item="kerosene")
    distance = row("B", "2024-04-01", "2024-05-01", item="distance_diesel_truck", unit="km")
    assert codes(view([stove, distance]), "fuel_use") == ["C-24"]

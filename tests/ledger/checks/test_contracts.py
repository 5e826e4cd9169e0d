"""On every day of use the shares of the supply contracts add up to one."""

from __future__ import annotations

from datetime import date

import pytest

from kotsukotsu.ledger import checks


def supply(**more):
    return {"facility_id": "s1", "item": "electricity", "supplier": "例電力", "share": None, **more}


def found(view):
    return checks.run(view, ["contracts"])[0].findings


def told(view):
    return [(finding.code, finding.data["start"], finding.data["last"]) for finding in found(view)]


def test_one_contract_without_dates_is_clear(view, year):
    assert checks.run(view(year(2024), supplies=[supply()]), ["contracts"])[0].status == "clear"


def test_no_contract_is_an_error_with_its_dates(view, year):
    assert told(view(year(2024), supplies=[])) == [("C-13", date(2024, 4, 1), date(2025, 3, 31))]


def test_a_gap_between_two_contracts_is_named_to_the_day(view, year):
    rows = [supply(valid_to="2024-07-01"), supply(supplier="次電力", valid_from="2024-07-11")]
    assert told(view(year(2024), supplies=rows)) == [("C-13", date(2024, 7, 1), date(2024, 7, 10))]


def test_contracts_that_follow_each_other_are_clear(view, year):
    rows = [supply(valid_to="2024-07-01"), supply(supplier="次電力", valid_from="2024-07-01")]
    assert told(view(year(2024), supplies=rows)) == []


def test_days_without_use_need_no_contract(view, year):
    rows = year(2024)
    for row in rows[3:]:
        row.update(basis="not_occurring", quantity=None)
    assert told(view(rows, supplies=[supply(valid_to="2024-07-01")])) == []


def test_zero_needs_a_contract_as_any_other_quantity(view, row):
    rows = [row("A", "2024-04-01", "2024-05-01", "0")]
    assert told(view(rows, supplies=[])) == [("C-13", date(2024, 4, 1), date(2024, 4, 30))]


def test_days_of_a_bill_before_its_fiscal_year_need_no_contract(view, row):
    rows = [row("A", "2024-03-15", "2024-04-15")]
    assert told(view(rows, supplies=[supply(valid_from="2024-04-01")])) == []
    assert told(view(rows, supplies=[supply(valid_from="2024-04-02")])) == [
        ("C-13", date(2024, 4, 1), date(2024, 4, 1))
    ]


@pytest.mark.parametrize(
    ("shares", "expected"),
    [
        (("0.6", "0.4"), []),
        (("0.6", "0.5"), ["C-15"]),
        (("0.6", "0.3"), ["C-16"]),
        ((None, None), ["C-17"]),
        ((None, "0.3"), ["C-17"]),
        (("1.2",), ["C-15"]),
        (("0.1",) * 10, []),
    ],
)
def test_shares_add_up_to_exactly_one(view, year, shares, expected):
    rows = [supply(supplier=f"電力{n}", share=share) for n, share in enumerate(shares)]
    assert [finding.code for finding in found(view(year(2024), supplies=rows))] == expected


def test_an_overlap_names_its_days_and_suppliers(view, year):
    rows = [supply(valid_to="2024-07-02"), supply(supplier="次電力", valid_from="2024-07-01")]
    (finding,) = found(view(year(2024), supplies=rows))
    assert (finding.code, finding.data["start"], finding.data["last"], finding.data["suppliers"]) == (
        "C-17", date(2024, 7, 1), date(2024, 7, 1), "例電力・次電力",
    )  # fmt: skip


def test_a_contract_of_one_meter_does_not_serve_another(view, year):
    rows = [*year(2024, meter_id="m1"), *year(2024, prefix="B", meter_id="m2")]
    (finding,) = found(view(rows, supplies=[supply(meter_id="m1")]))
    assert (finding.code, finding.data["meter_id"]) == ("C-13", "m2")
    assert told(view(rows, supplies=[supply()])) == []


def test_a_contract_for_all_meters_and_one_for_a_meter_add_up(view, year):
    rows = year(2024, meter_id="m1")
    assert [one.code for one in found(view(rows, supplies=[supply(), supply(meter_id="m1")]))] == ["C-17"]


def test_a_fault_for_all_meters_is_told_once(view, year):
    rows = [*year(2024, meter_id="m1"), *year(2024, prefix="B", meter_id="m2")]
    assert [one.code for one in found(view(rows, supplies=[supply(share="0.5")]))] == ["C-16"]


def test_city_gas_without_a_contract_is_a_warning_and_kerosene_needs_none(view, year):
    gas = found(view(year(2024, item="city_gas")))
    assert [(one.code, one.severity) for one in gas] == [("C-14", "warning")]
    assert found(view(year(2024, item="kerosene"))) == ()


def test_a_factor_of_the_city_for_any_supplier_makes_it_a_warning(view, year):
    own = {"factor_id": "f", "item": "electricity", "supplier": None, "file": "factors/own.csv"}
    assert [one.code for one in found(view(year(2024), supplies=[], factors=[own]))] == ["C-14"]
    short = {**own, "valid_to": "2024-05-01"}
    assert [one.code for one in found(view(year(2024), supplies=[], factors=[short]))] == ["C-13"]
    named = {**own, "supplier": "例電力"}
    assert [one.code for one in found(view(year(2024), supplies=[], factors=[named]))] == ["C-13"]

"""Contracts and apportioned meters share out the whole quantity, once."""

from __future__ import annotations

from decimal import Decimal

import pytest


@pytest.fixture
def town(town):
    for supplier, value in (("甲電力", "0.4"), ("乙電力", "0.2"), ("丙電力", "0.1")):
        town.own("electricity", value, supplier=supplier)
    return town


def by(town, column, fy=2013):
    return {row.keys[column]: (row.quantity, row.tonnes_co2e) for row in town.inventory(fy).rows((column,))}


def test_parallel_suppliers_each_serve_their_share(town):
    town.contract("甲電力", share="0.7")
    town.contract("乙電力", share="0.3")
    town.year("electricity", 2013, 1000)
    assert by(town, "supplier") == {"甲電力": (700, Decimal("0.28")), "乙電力": (300, Decimal("0.06"))}


@pytest.mark.parametrize("shares", [("0.7", "0.2"), ("0.7", "0.4"), ("1", "1"), (None, None), ("0.7", None)])
def test_shares_that_are_not_the_whole_are_refused(town, shares):
    for supplier, share in zip(("甲電力", "乙電力"), shares, strict=True):
        town.contract(supplier, share=share)
    town.year("electricity", 2013, 1000)
    assert town.problems(2013) == ["A-12"]


def test_shares_wrong_on_some_days_only_are_refused(town):
    town.contract("甲電力", valid_to="2013-10-02")
    town.contract("乙電力", valid_from="2013-10-01")
    town.month("electricity", "2013-04", 1000)
    assert town.problems(2013) == ["A-12"]


def test_contracts_of_other_years_do_not_matter(town):
    town.contract("甲電力", valid_to="2014-04-01")
    town.contract("乙電力", valid_from="2014-04-01")
    town.contract("丙電力", valid_from="2015-04-01")
    town.year("electricity", 2013, 1000)
    town.year("electricity", 2014, 1000)
    assert [town.total(fy) for fy in (2013, 2014)] == [Decimal("0.4"), Decimal("0.2")]


def test_each_bill_has_the_contract_of_its_last_day(town):
    town.contract("甲電力", valid_to="2013-10-01")
    town.contract("乙電力", valid_from="2013-10-01")
    town.act("electricity", "2013-09-01", "2013-10-01", 1000)
    town.act("electricity", "2013-09-15", "2013-10-02", 1000)
    assert town.total(2013) == Decimal("0.6")


def test_a_contract_of_a_meter_serves_that_meter_only(town):
    town.contract("甲電力", meter_id="m1")
    town.contract("乙電力", meter_id="m2")
    town.year("electricity", 2013, 1000, meter_id="m1")
    town.year("electricity", 2013, 100, meter_id="m2")
    assert by(town, "supplier") == {"甲電力": (1000, Decimal("0.4")), "乙電力": (100, Decimal("0.02"))}


def test_a_meter_without_a_contract_of_its_own_has_none(town):
    town.contract("甲電力", meter_id="m1")
    town.year("electricity", 2013, 1000, meter_id="m9")
    assert town.problems(2013) == ["A-01"]


def test_a_contract_for_all_meters_beside_one_for_a_meter_is_refused(town):
    town.contract("甲電力")
    town.contract("乙電力", meter_id="m1")
    town.year("electricity", 2013, 1000, meter_id="m1")
    assert town.problems(2013) == ["A-12"]


def share_meter(town, *parts, **more):
    for to, share in parts:
        if to != "f1":
            town.facility(to, to)
        town.add("apportionments", facility_id="f1", item="electricity", to_facility_id=to, share=share, **more)


def test_a_shared_meter_is_shared_out_by_its_shares(town):
    town.contract("甲電力")
    share_meter(town, ("f1", "0.6"), ("図書館", "0.4"))
    town.year("electricity", 2013, 1000)
    assert by(town, "facility") == {"f1": (600, Decimal("0.24")), "図書館": (400, Decimal("0.16"))}


@pytest.mark.parametrize("shares", [("0.6", "0.3"), ("0.6", "0.5")])
def test_apportionments_that_are_not_the_whole_are_refused(town, shares):
    town.contract("甲電力")
    share_meter(town, ("f1", shares[0]), ("図書館", shares[1]))
    town.year("electricity", 2013, 1000)
    assert town.problems(2013) == ["A-13"]


def test_apportionment_holds_from_its_day_on(town):
    town.contract("甲電力")
    share_meter(town, ("f1", "0.5"), ("図書館", "0.5"), valid_from="2013-10-01")
    town.month("electricity", "2013-09", 1000)
    town.month("electricity", "2013-10", 1000)
    assert by(town, "facility") == {"f1": (1500, Decimal("0.6")), "図書館": (500, Decimal("0.2"))}


def test_contract_and_apportionment_shares_multiply(town):
    town.contract("甲電力", share="0.5")
    town.contract("乙電力", share="0.5")
    share_meter(town, ("f1", "0.6"), ("図書館", "0.4"))
    town.year("electricity", 2013, 1000)
    assert by(town, "facility") == {"f1": (600, Decimal("0.18")), "図書館": (400, Decimal("0.12"))}
    assert town.trace(2013).total == town.total(2013)


def test_wrong_contracts_are_refused_too_where_the_whole_meter_serves_others(town):
    town.contract("甲電力")
    town.contract("乙電力")
    share_meter(town, ("図書館", "0.6"), ("公民館", "0.4"))
    town.year("electricity", 2013, 1000)
    assert town.problems(2013) == ["A-12"]


def test_a_share_with_many_digits_keeps_them_all(town):
    third = "0.333333333333333333"
    town.contract("甲電力", share=third)
    town.contract("乙電力", share="0.666666666666666667")
    town.year("electricity", 2013, 1000)
    assert by(town, "supplier")["甲電力"] == (1000 * Decimal(third), 1000 * Decimal(third) * Decimal("0.0004"))

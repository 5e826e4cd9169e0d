"""Two series: with the factors in force, and with the base year's (2013)."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kotsukotsu.accounting.completeness import completeness
from kotsukotsu.accounting.inventory import COLUMNS


@pytest.fixture
def town(town):
    """Two facilities, electricity of two suppliers whose factors fall from FY2013 to FY2024."""
    town.facility("f2", "図書館")
    for supplier, before, after in (("甲電力", "0.6", "0.3"), ("乙電力", "0.5", "0.1")):
        town.own("electricity", before, supplier=supplier, valid_to="2014-04-01")
        town.own("electricity", after, supplier=supplier, valid_from="2014-04-01")
    town.contract("甲電力")
    town.contract("乙電力", facility="f2")
    for fy, quantity in ((2013, 1000), (2024, 800)):
        for facility in ("f1", "f2"):
            town.year("electricity", fy, quantity, facility_id=facility)
            town.year("kerosene", fy, quantity, facility_id=facility, use="household")
    return town


def rows(town, fy, *by):
    return {tuple(row.keys.values()): row.comparable_tonnes_co2e for row in town.inventory(fy).rows(by)}


@pytest.mark.parametrize("column", COLUMNS)
def test_in_the_base_year_both_series_are_equal_at_every_level(town, column):
    result = town.inventory(2013)
    assert result.comparable_total == result.total
    for row in result.rows((column,)):
        assert row.comparable_tonnes_co2e == row.tonnes_co2e


def test_comparable_emission_is_the_quantity_at_the_base_years_factor(town):
    assert rows(town, 2024, "facility", "item") == {
        ("f1", "electricity"): 800 * Decimal("0.0006"),
        ("f2", "electricity"): 800 * Decimal("0.0005"),
        **{(key, "kerosene"): 800 * kerosene_2013() for key in ("f1", "f2")},
    }


def kerosene_2013():
    """Tonnes CO2e per litre burnt in a stove, with the warming potentials of FY2013."""
    return (Decimal("2.49") + Decimal("0.00034865") * 21 + Decimal("0.000020919") * 310) / 1000


def test_the_change_of_the_warming_potentials_is_not_in_the_comparable_series(town):
    result = town.inventory(2024)
    kerosene = next(row for row in result.rows(("item",)) if row.keys["item"] == "kerosene")
    now = (Decimal("2.49") + Decimal("0.00034865") * 28 + Decimal("0.000020919") * 265) / 1000
    assert kerosene.tonnes_co2e == 1600 * now
    assert kerosene.comparable_tonnes_co2e == 1600 * kerosene_2013()


def test_a_new_facility_takes_the_citys_average_of_the_base_year(town):
    town.facility("f3", "新しい公民館", opened_on="2020-04-01")
    town.contract("甲電力", facility="f3")
    town.year("electricity", 2024, 1000, facility_id="f3")
    assert rows(town, 2024, "facility")[("f3",)] == 1000 * Decimal("0.00055")


def test_a_facility_that_changed_its_supplier_keeps_its_own_base_factor(town):
    town.tables["supplies"].clear()
    for facility in ("f1", "f2"):
        town.contract("甲電力", facility=facility, valid_to="2014-04-01")
        town.contract("乙電力", facility=facility, valid_from="2014-04-01")
    assert rows(town, 2024, "item")[("electricity",)] == 1600 * Decimal("0.0006")


def test_an_item_new_to_the_city_takes_the_laws_factor_of_the_base_year(town):
    town.year("gasoline", 2024, 1000)
    assert rows(town, 2024, "item")[("gasoline",)] == Decimal("2.32")


def test_city_gas_new_to_the_city_takes_the_decrees_factor_of_the_base_year(town):
    town.contract("代替値", "city_gas")
    town.year("city_gas", 2024, 1000)
    result = town.inventory(2024)
    row = next(row for row in result.rows(("item",)) if row.keys["item"] == "city_gas")
    assert (row.tonnes_co2e, row.comparable_tonnes_co2e) == (Decimal("2.05"), Decimal("2.23"))


def test_where_the_base_year_has_no_factor_there_is_no_comparable_total_and_it_is_said(town):
    town.contract("代替値", "heat")
    town.municipality["base_fy"] = 2008
    for facility in ("f1", "f2"):
        town.year("kerosene", 2008, 1, facility_id=facility)
    result = town.inventory(2024)
    by_item = {row.keys["item"]: row.comparable_tonnes_co2e for row in result.rows(("item",))}
    assert result.comparable_total is None
    assert by_item["electricity"] is None
    assert "A-18" in [finding.code for finding in completeness(result)]


def test_a_use_that_was_zero_in_the_base_year_has_no_average_of_its_own(town):
    town.facility("f3", "倉庫")
    town.contract("甲電力", facility="f3")
    for fy, quantity in ((2013, 0), (2024, 100)):
        town.year("electricity", fy, quantity, facility_id="f3")
    assert rows(town, 2024, "facility")[("f3",)] == 100 * Decimal("0.00055")


def test_like_for_like_holds_facilities_open_throughout_both_years(town):
    town.tables["facilities"][1]["closed_on"] = "2025-03-31"
    town.facility("f3", "新館", opened_on="2013-04-02")
    town.facility("f4", "別館", opened_on="2013-04-01", closed_on="2025-04-01")
    for key in ("f3", "f4"):
        for fy in (2013, 2024):
            town.year("gasoline", fy, 1000, facility_id=key)
    same = town.inventory(2024).like_for_like()
    assert same.facilities == 2  # f1 and f4: f2 closed a day before the year's end, f3 opened a day late
    kerosene = 800 * (Decimal("2.49") + Decimal("0.00034865") * 28 + Decimal("0.000020919") * 265) / 1000
    assert same.tonnes_co2e == 800 * Decimal("0.0003") + kerosene + Decimal("2.32")
    assert same.base_tonnes_co2e == 1000 * Decimal("0.0006") + 1000 * kerosene_2013() + Decimal("2.32")
    assert same.change == same.tonnes_co2e - same.base_tonnes_co2e


def test_like_for_like_leaves_out_a_facility_without_rows_in_one_of_the_years(town):
    town.facility("f3", "分館")
    town.year("gasoline", 2024, 1000, facility_id="f3")
    assert town.inventory(2024).like_for_like().facilities == 2


def test_rows_of_the_month_path_have_the_same_comparable_series(town):
    by_year, by_month = (town.inventory(2024, by_month=flag) for flag in (False, True))
    assert by_year.comparable_total == by_month.comparable_total
    assert by_year.rows(("facility", "item", "gas")) == by_month.rows(("facility", "item", "gas"))


def test_a_base_year_that_cannot_be_computed_stops_the_comparison_but_not_the_total(town):
    town.contract("丙電力")
    town.tables["supplies"][-1].update(valid_to="2014-04-01")
    result = town.inventory(2024)
    assert (result.comparable_total, result.base_total) == (None, None)
    assert result.total > 0
    assert "A-22" in [finding.code for finding in completeness(result)]


def test_a_base_year_without_rows_is_no_zero(town):
    town.municipality["base_fy"] = 2020
    result = town.inventory(2024)
    assert result.base_total is None


def test_the_laws_factor_of_the_base_year_follows_the_policys_conversion_of_gas(town):
    town.policy = ['conversions = { city_gas = "city_gas.nm3_15degc_2kpa" }']
    town.contract("代替値", "city_gas")
    town.year("city_gas", 2024, 1000)
    assert rows(town, 2024, "item")[("city_gas",)] == Decimal("2.23") * Decimal("0.9667")

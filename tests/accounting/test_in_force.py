"""Which factor applies: exactly one, or none and a reason. Factors are those of the catalogue unless said."""

from __future__ import annotations

from decimal import Decimal

import pytest

HOKKAIDO = "北海道電力"  # A0267: basic 0.000688 (FY2012 results), 0.000678 (FY2013 results)


def tonnes(*values):
    return [Decimal(value) for value in values]


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [('"previous"', "0.688"), ('"same"', "0.678"), ("2012", "0.688"), ("2013", "0.678")],
)
def test_electricity_is_chosen_by_the_year_of_results(town, chosen, expected):
    town.policy = [f"electricity_year = {chosen}"]
    town.contract(HOKKAIDO)
    town.year("electricity", 2013, 1000)
    assert town.total(2013) == Decimal(expected)


@pytest.mark.parametrize("name", ["A0267", "北海道電力㈱", "北海道電力株式会社", "　北海道電力 "])
def test_a_supplier_is_found_by_id_or_by_name_however_it_is_written(town, name):
    town.contract(name)
    town.year("electricity", 2013, 1000)
    assert town.total(2013) == Decimal("0.688")


def test_kind_of_electricity_is_a_choice(town):
    town.municipality["base_fy"] = 2014
    town.policy = ['electricity_kind = "adjusted"']
    town.contract("関西電力")
    town.year("electricity", 2014, 1000)
    assert town.total(2014) == Decimal("0.516")


def test_no_contract_is_no_factor(town):
    town.year("electricity", 2013, 1000)
    assert town.problems(2013) == ["A-01"]


def test_an_unknown_supplier_is_no_factor(town):
    town.contract("どこにもない電力")
    town.year("electricity", 2013, 1000)
    assert town.problems(2013) == ["A-02"]


def test_substitute_value_serves_only_where_it_is_named(town):
    town.municipality["base_fy"] = 2024
    town.contract("代替値")
    town.year("electricity", 2024, 1000)
    assert town.total(2024) == Decimal("0.422")
    del town.tables["supplies"]
    (town.path / "supplies.csv").unlink()
    assert town.problems(2024) == ["A-01"]


@pytest.mark.parametrize(
    ("menu", "expected"),
    [("メニューA", "0"), ("メニューF(残差)", "0.526"), ("(参考値)事業者全体", "0.518")],
)
def test_a_menu_is_served_by_its_own_factor(town, menu, expected):
    town.municipality["base_fy"] = 2025
    town.contract("A0267", menu=menu)
    town.year("electricity", 2025, 1000)
    assert town.total(2025) == Decimal(expected)


@pytest.mark.parametrize("menu", ["", "メニューZ", "メニューＡ", "メニューF"])
def test_a_menu_not_printed_so_has_no_factor_and_the_residual_is_not_taken_for_it(town, menu):
    town.municipality["base_fy"] = 2025
    town.contract("A0267", menu=menu)
    town.year("electricity", 2025, 1000)
    assert town.problems(2025) == ["A-09"]


def test_beyond_the_last_edition_there_is_no_factor_however_open_the_law_is(town):
    town.municipality["base_fy"] = 2026
    town.contract("代替値")
    town.year("electricity", 2026, 1000)
    town.year("gasoline", 2026, 1000)
    town.year("car_air_conditioner", 2026, 1, unit="台")
    assert town.problems(2026) == ["A-10", "A-10", "A-10"]


def test_a_declared_gap_is_no_factor_and_says_why(town):
    town.municipality["base_fy"] = 2009
    town.contract(HOKKAIDO)
    town.year("electricity", 2009, 1000)  # results of FY2008 are not at hand
    assert town.problems(2009) == ["A-10"]


def test_a_city_factor_takes_the_place_of_the_catalogues_for_its_supplier(town):
    town.contract(HOKKAIDO)
    town.own("electricity", "0.1", supplier="北海道電力㈱")
    town.year("electricity", 2013, 1000)
    assert town.total(2013) == Decimal("0.1")


def test_a_city_factor_serves_every_kind_and_results_year(town):
    town.policy = ['electricity_kind = "adjusted"', 'electricity_year = "same"']
    town.contract(HOKKAIDO)
    town.own("electricity", "0.1", supplier=HOKKAIDO)
    town.year("electricity", 2013, 1000)
    assert town.total(2013) == Decimal("0.1")


def test_a_city_factor_of_another_supplier_does_not_apply(town):
    town.contract(HOKKAIDO)
    town.own("electricity", "0.1", supplier="東北電力")
    town.year("electricity", 2013, 1000)
    assert town.total(2013) == Decimal("0.688")


def test_a_city_factor_with_the_menu_outranks_one_without_and_that_one_without_supplier(town):
    town.contract("市民電力", menu="再エネ")
    town.contract("市民電力", facility="f2")
    town.contract("よその電力", facility="f3")
    town.facility("f2", "支所")
    town.facility("f3", "公民館")
    town.own("electricity", "0.3")
    town.own("electricity", "0.2", supplier="市民電力")
    town.own("electricity", "0", supplier="市民電力", menu="再エネ")
    for facility in ("f1", "f2", "f3"):
        town.year("electricity", 2013, 1000, facility_id=facility)
    by_facility = [row.tonnes_co2e for row in town.inventory(2013).rows(("facility",))]
    assert by_facility == tonnes("0", "0.2", "0.3")


def test_a_city_factor_without_supplier_serves_rows_without_a_contract(town):
    town.own("electricity", "0.3")
    town.year("electricity", 2013, 1000)
    assert town.total(2013) == Decimal("0.3")


def test_two_city_factors_for_one_day_are_refused(town):
    town.contract("市民電力")
    town.own("electricity", "0.3", supplier="市民電力")
    town.own("electricity", "0.2", supplier="市民電力")
    town.year("electricity", 2013, 1000)
    assert town.problems(2013) == ["A-03"]


def monthly_with_a_change(town, **old):
    town.contract(HOKKAIDO)
    town.own("electricity", "0.1", supplier=HOKKAIDO, **old)
    for month in ("2013-04", "2013-06", "2013-07", "2014-03"):
        town.month("electricity", month, 1000)


def test_a_city_factor_for_part_of_the_year_serves_its_months_only(town):
    monthly_with_a_change(town, valid_from="2013-04-01", valid_to="2013-07-01")
    result = town.inventory(2013)
    assert result.total == Decimal("0.1") * 2 + Decimal("0.688") * 2
    by_month = {row.keys["month"]: row.tonnes_co2e for row in result.rows(("month",))}
    assert by_month == dict(
        zip(("2013-04", "2013-06", "2013-07", "2014-03"), tonnes("0.1", "0.1", "0.688", "0.688"), strict=True)
    )


def test_a_city_factor_that_changes_in_mid_year_is_used_month_by_month(town):
    monthly_with_a_change(town, valid_to="2013-07-01")
    town.own("electricity", "0.2", supplier=HOKKAIDO, valid_from="2013-07-01")
    assert town.total(2013) == Decimal("0.1") * 2 + Decimal("0.2") * 2


@pytest.mark.parametrize("second", [None, "0.2"], ids=["the law's after it", "another of the city after it"])
def test_a_row_for_the_whole_year_that_spans_two_factors_is_refused(town, second):
    town.contract(HOKKAIDO)
    town.own("electricity", "0.1", supplier=HOKKAIDO, valid_to="2013-07-01")
    if second:
        town.own("electricity", second, supplier=HOKKAIDO, valid_from="2013-07-01")
    town.year("electricity", 2013, 1000)
    assert town.problems(2013) == ["A-03"]


def test_a_row_for_the_whole_year_with_a_factor_for_part_of_it_is_refused(town):
    town.contract("市民電力")
    town.own("electricity", "0.1", supplier="市民電力", valid_to="2013-07-01")
    town.year("electricity", 2013, 1000)
    assert town.problems(2013) == ["A-02"]


def test_months_without_a_factor_are_listed_and_nothing_is_given(town):
    town.contract("市民電力")
    town.own("electricity", "0.1", supplier="市民電力", valid_to="2013-07-01")
    for month in ("2013-06", "2013-07"):
        town.month("electricity", month, 1000)
    assert town.problems(2013) == ["A-02"]


def test_a_year_without_rows_is_refused(town):
    town.year("gasoline", 2013, 1)
    assert town.problems(2020) == ["A-11"]


@pytest.mark.parametrize(("fy", "expected"), [(2009, "2.62"), (2010, "2.58"), (2025, "2.58")])
def test_a_fuel_is_served_by_the_decree_of_its_year(town, fy, expected):
    town.municipality["base_fy"] = fy
    town.year("diesel", fy, 1000)
    assert town.total(fy) == Decimal(expected)


@pytest.mark.parametrize(
    ("regime", "family", "fy", "expected"),
    [
        ("sekorei3", "rounded", 2024, "2.49"),
        ("sekorei3", "exact", 2024, Decimal("36.7") * Decimal("0.0185") * 44 / 12),
        ("shk", "exact", 2022, Decimal("36.7") * Decimal("0.0185") * 44 / 12),
        ("shk", "exact", 2023, Decimal("36.5") * Decimal("0.0187") * 44 / 12),
    ],
)
def test_regime_and_family_choose_the_factor_of_kerosene(town, regime, family, fy, expected):
    town.municipality["base_fy"] = fy
    town.policy = [f'regime = "{regime}"', f'fuel_factors = "{family}"']
    town.year("kerosene", fy, 1000)
    assert abs(town.total(fy) - Decimal(expected)) < Decimal("1E-25")


def test_city_gas_needs_a_supplier_from_fy2024_but_not_before(town):
    for fy in (2013, 2023, 2024):
        town.year("city_gas", fy, 1000)
    assert [town.problems(fy) for fy in (2013, 2023, 2024)] == [[], [], ["A-01"]]
    town.contract("代替値", "city_gas")
    assert [town.total(fy) for fy in (2023, 2024)] == tonnes("2.23", "2.05")


def test_a_unit_or_item_or_use_that_is_unknown_is_listed(town):
    town.year("gasoline", 2013, 1, unit="樽")
    town.year("plutonium", 2013, 1)
    town.year("kerosene", 2013, 1, use="gas_engine")
    assert sorted(town.problems(2013)) == ["A-04", "A-05", "A-08"]

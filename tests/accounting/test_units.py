"""From the unit on the bill to the item's base unit: exact, or refused."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kotsukotsu.errors import PolicyError


@pytest.mark.parametrize(
    ("item", "unit", "quantity", "expected"),
    [
        ("gasoline", "L", "1234.567891", "1234.567891"),
        ("gasoline", "kL", "1.234567", "1234.567"),
        ("gasoline", "ｋＬ", "1", "1000"),
        ("electricity", "千kWh", "1.5", "1500"),
        ("electricity", "MWh", "0.000001", "0.001"),
        ("lpg", "t", "2.5", "2500"),
        ("city_gas", "千㎥", "0.5", "500"),
        ("distance_gasoline_passenger", "千km", "1", "1000"),
        ("heat", "GJ", "3", "3000"),
        ("septic_tank", "人", "12", "12"),
    ],
)
def test_multiples_are_exact(town, item, unit, quantity, expected):
    town.own("electricity", "0.5")
    town.year(item, 2013, quantity, unit=unit)
    rows = list(town.inventory(2013).rows(("item", "gas")))
    assert {row.quantity for row in rows} == {Decimal(expected)}


@pytest.mark.parametrize(("item", "unit"), [("electricity", "L"), ("gasoline", "kg"), ("lpg", "m3"), ("heat", "kWh")])
def test_a_unit_of_another_kind_is_refused(town, item, unit):
    town.own("electricity", "0.5")
    town.year(item, 2013, 1, unit=unit)
    assert town.problems(2013) == ["A-05"]


@pytest.mark.parametrize(
    ("chosen", "kilograms"),
    [("lpg.2_183", "2183"), ("lpg.1_99", "1990"), ("2.183406114 kg/m3", "2183.406114"), ("0.002 t/m3", "2000")],
)
def test_lpg_in_m3_is_exact_with_the_conversion_that_the_policy_names(town, chosen, kilograms):
    town.policy = [f'conversions = {{ lpg = "{chosen}" }}']
    town.year("lpg", 2013, 1000, unit="m3")
    assert town.total(2013) == Decimal(kilograms) * 3 / 1000


@pytest.mark.parametrize("chosen", ["lpg.9", "2.183", "2.183 kg/樽", "-1 kg/m3", "city_gas.metered_as_nm3", "kg/m3"])
def test_a_conversion_that_does_not_exist_is_refused(town, chosen):
    town.policy = [f'conversions = {{ lpg = "{chosen}" }}']
    town.year("lpg", 2013, 1, unit="m3")
    with pytest.raises(PolicyError) as error:
        town.inventory(2013)
    assert error.value.data["value"] == chosen


def test_lpg_in_kg_needs_no_conversion_and_is_untouched_by_one(town):
    town.policy = ['conversions = { lpg = "lpg.1_99" }']
    town.year("lpg", 2013, 1000)
    assert town.total(2013) == 3


def test_gas_in_nm3_is_refused_until_the_policy_names_a_conversion(town):
    town.year("city_gas", 2013, 1000, unit="Nm3")
    assert town.problems(2013) == ["A-05"]


@pytest.mark.parametrize("chosen", ["city_gas.nm3_to_25degc", "1.05 m3/Nm3"])
@pytest.mark.parametrize(("unit", "quantity"), [("Nm3", 1000), ("千Nm3", 1)])
def test_gas_in_nm3_is_counted_by_the_decrees_factor_per_nm3_as_published(town, chosen, unit, quantity):
    town.policy = [f'conversions = {{ city_gas = "{chosen}" }}']
    town.year("city_gas", 2013, quantity, unit=unit)
    town.year("city_gas", 2013, quantity, unit=unit, use="gas_engine")
    rows = {row.gas: row for row in town.inventory(2013).rows(("gas",))}
    assert rows["CO2"].tonnes == 2 * Decimal("2.23")
    assert rows["CH4"].tonnes == Decimal("0.0024192")


def test_gas_in_nm3_becomes_m3_for_a_factor_per_m3(town):
    town.municipality["base_fy"] = 2024
    town.policy = ['conversions = { city_gas = "city_gas.nm3_to_25degc" }']
    town.contract("代替値", "city_gas")
    town.year("city_gas", 2024, 1000, unit="Nm3")
    assert town.total(2024) == Decimal("1.105987507") * Decimal("2.05")


def test_metered_gas_counts_by_the_chosen_conversion_to_normal_conditions(town):
    town.year("city_gas", 2013, 1000)
    assert town.total(2013) == Decimal("2.23")
    town.policy = ['conversions = { city_gas = "city_gas.nm3_15degc_2kpa" }']
    assert town.total(2013) == Decimal("2.23") * Decimal("0.9667")
    town.policy = ['conversions = { city_gas = "0.957 Nm3/m3" }']
    assert town.total(2013) == Decimal("2.23") * Decimal("0.957")


def test_figures_keep_every_digit_of_the_smallest_factor_and_the_largest_quantity(town):
    town.policy = ['gwp = "SAR"']
    town.year("distance_diesel_passenger", 2013, "999999999999.999999")
    n2o = next(row for row in town.inventory(2013).rows(("gas",)) if row.gas == "N2O")
    assert n2o.tonnes == Decimal("999999999999.999999") * Decimal("0.000000007")

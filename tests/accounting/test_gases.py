"""Every gas that the item and its use have, each with the factor and the warming potential of its year."""

from __future__ import annotations

from decimal import Decimal

import pytest


def kilograms(town, fy):
    return {row.gas: row.tonnes * 1000 for row in town.inventory(fy).rows(("gas",))}


@pytest.mark.parametrize(
    ("item", "use", "expected"),
    [
        ("kerosene", None, {"CO2": "2.49"}),
        ("kerosene", "boiler", {"CO2": "2.49"}),
        ("kerosene", "household", {"CO2": "2.49", "CH4": "0.00034865", "N2O": "0.000020919"}),
        ("kerosene", "diesel_engine", {"CO2": "2.49", "N2O": "0.00006239"}),
        ("lpg", "household", {"CO2": "3", "CH4": "0.0002286", "N2O": "0.000004572"}),
        ("lpg", "gas_engine", {"CO2": "3", "CH4": "0.0027432", "N2O": "0.000031496"}),
        ("heavy_oil_bc", "boiler", {"CO2": "3", "N2O": "0.0000007123"}),
        ("wood", "boiler", {"CO2": "0", "CH4": "0.0010656", "N2O": "0.000008352"}),
        ("biodiesel", None, {"CO2": "0"}),
        ("distance_gasoline_kei_passenger", None, {"CH4": "0.00001", "N2O": "0.000022"}),
        ("car_air_conditioner", None, {"HFC-134a": "0.01"}),
        ("sewage", None, {"CH4": "0.00088", "N2O": "0.00016"}),
        ("n2o_anaesthetic", None, {"N2O": "1"}),
        ("sf6_in_use", None, {"SF6": "0.001"}),
        ("landfill_food", None, {"CH4": "145"}),
        ("livestock_manure_pig", None, {"CH4": "1.5", "N2O": "0.56"}),
    ],
)
def test_item_and_use_have_these_gases(town, item, use, expected):
    unit = {"car_air_conditioner": "台", "sewage": "m3", "n2o_anaesthetic": "kg", "sf6_in_use": "kg年",
            "landfill_food": "t", "livestock_manure_pig": "頭"}.get(item)  # fmt: skip
    town.year(item, 2014, 1000, use=use, **({"unit": unit} if unit else {}))
    town.municipality["base_fy"] = 2014
    assert kilograms(town, 2014) == {gas: Decimal(value) * 1000 for gas, value in expected.items()}


@pytest.mark.parametrize(
    ("fy", "gwp", "ch4", "n2o"),
    [
        (2014, "by-year", 21, 310), (2015, "by-year", 25, 298), (2023, "by-year", 25, 298), (2024, "by-year", 28, 265),
        (2024, "SAR", 21, 310), (2013, "AR5", 28, 265), (2013, "AR4", 25, 298),
    ],
)  # fmt: skip
def test_warming_potential_is_of_the_year_or_of_the_chosen_set(town, fy, gwp, ch4, n2o):
    town.municipality["base_fy"] = fy
    town.policy = [f'gwp = "{gwp}"']
    town.year("sewage", fy, 1_000_000, unit="m3")
    found = {row.gas: row.tonnes_co2e for row in town.inventory(fy).rows(("gas",))}
    assert found == {"CH4": Decimal("0.88") * ch4, "N2O": Decimal("0.16") * n2o}


def test_regime_shk_takes_the_fifth_report_a_year_earlier(town):
    town.municipality["base_fy"] = 2023
    town.policy = ['regime = "shk"', 'electricity_year = "same"']
    town.own("sewage", "1", gas="CH4", per="m3")
    town.own("sewage", "0", gas="N2O", per="m3")
    town.year("sewage", 2023, 1000, unit="m3")
    assert town.total(2023) == 28


def test_sectors_follow_item_gas_and_the_use_of_the_facility(town):
    town.facility("cars", "公用車", use="公用車")
    town.year("gasoline", 2013, 1000, facility_id="cars")
    town.year("distance_gasoline_passenger", 2013, 1000, facility_id="cars")
    town.year("gasoline", 2013, 1000)
    town.year("waste_plastic_incinerated", 2013, 1, unit="t")
    rows = {row.keys["sector"]: row.tonnes for row in town.inventory(2013).rows(("sector",))}
    assert rows == {
        "commercial": Decimal("2.32"), "transport": Decimal("2.32"), "non_energy_co2": Decimal("2.77"),
        "ch4": Decimal("0.00001"), "n2o": Decimal("0.000029"),
    }  # fmt: skip


def test_a_figure_is_no_better_than_its_warming_potential(town):
    # The decree's factor per km was read in a text; that AR5 holds from FY2024 was not.
    town.municipality["base_fy"] = 2023
    for fy in (2023, 2024):
        town.year("distance_gasoline_passenger", fy, 1000)
    assert [town.inventory(fy).rows(("gas",))[0].status for fy in (2023, 2024)] == ["confirmed", "number-confirmed"]
    assert len(town.inventory(2024).unconfirmed()) == 2


def test_status_of_a_total_is_the_least_trusted_of_its_parts(town):
    town.year("gasoline", 2013, 1)
    town.year("sewage", 2013, 1, unit="m3")
    result = town.inventory(2013)
    by_item = {row.keys["item"]: row.status for row in result.rows(("item",))}
    assert by_item["gasoline"] == "confirmed"
    assert result.status(result.lines) == by_item["sewage"] == "unconfirmed"


def test_records_without_emission_are_no_lines_and_no_problem(town):
    town.year("electricity_own", 2013, 5000)
    town.year("electricity_sold", 2013, 5000)
    town.year("gasoline", 2013, 1000)
    result = town.inventory(2013)
    assert [row.keys["item"] for row in result.rows(("item",))] == ["gasoline"]
    assert result.total == Decimal("2.32")

"""Toyoyama (Aichi), FY2012: both totals, ① with the base year's factors and ② with those of the year, in kg.

The document prints emissions only. The quantities here are worked back from them, with the printed electricity
factors 0.384 (base) and 0.373; what is proved is that one folder gives both series and their sums.
"""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.base.town import Town
from tests.cases.published import case, rounding

CASE = case("23")
PRINTED = {(row["year"], row.get("method", "base"), row["gas"]): row for row in CASE["rows"]}
CH4_CAR, N2O_CAR = "distance_gasoline_passenger", "distance_gasoline_truck"
BASE, NOW = {"valid_to": "2012-04-01"}, {"valid_from": "2012-04-01"}


def figure(year, method, gas):
    row = PRINTED[year, method, gas]
    return Decimal((row["emission_as_printed"] or row["emission_co2e_as_printed"]).replace(",", ""))


@pytest.fixture(scope="module")
def result(tmp_path_factory):
    town = Town(tmp_path_factory.mktemp("case23") / "town")
    town.municipality["base_fy"] = 2004
    town.policy = [rounding("kg", 0), 'gwp = "SAR"']
    for value, when in (("0.384", BASE), ("0.373", NOW)):
        town.own("electricity", value, **when)
    town.own("gasoline", "2.32")
    cars = {CH4_CAR: ("CH4", "0.00001", "0.000001156", 21), N2O_CAR: ("N2O", "0.00001", "0.00001371", 310)}
    for car, (gas, base, now, gwp) in cars.items():
        other = "N2O" if gas == "CH4" else "CH4"
        town.own(car, "0", gas=other, per="km")
        for value, when in ((base, BASE), (now, NOW)):
            town.own(car, value, gas=gas, per="km", **when)
        for year, method in ((2004, "base"), (2012, "fixed")):
            km = figure(year, method, gas) / gwp / Decimal(base)
            town.year(car, year, km.quantize(Decimal("0.001")))
    for year, method, kwh in ((2004, "base", 200_000), (2012, "fixed", 148_364)):
        town.year("electricity", year, kwh)
        litres = (figure(year, method, "CO2") - Decimal("0.384") * kwh) / Decimal("2.32")
        town.year("gasoline", year, litres.quantize(Decimal("0.001")))
    return town.inventory(2012)


@pytest.mark.parametrize("gas", ["CO2", "CH4", "N2O"])
def test_both_series_are_as_printed_for_each_gas(gas, result):
    row = next(row for row in result.rows(("gas",)) if row.gas == gas)
    assert result.printed_total([row.comparable_tonnes_co2e]) == figure(2012, "fixed", gas)
    assert result.printed_total([row.tonnes_co2e]) == figure(2012, "current", gas)


def test_totals_of_both_series_and_of_the_base_year_are_as_printed(result):
    base, fixed, current = CASE["totals_printed"]
    assert result.printed_total([result.base_total]) == base["base"]
    assert result.printed_total([result.comparable_total]) == fixed["fixed"]
    assert result.printed_total([result.total]) == current["current"]


def test_rates_are_as_printed(result):
    for total, printed in ((result.comparable_total, "-3.81"), (result.total, "-4.01")):
        assert ((total / result.base_total - 1) * 100).quantize(Decimal("0.01")) == Decimal(printed)


def test_printed_difference_is_one_kg_too_large(result):
    difference = result.printed_total([result.total]) - result.printed_total([result.base_total])
    assert difference == -31_735
    assert CASE["totals_printed"][2]["diff_printed"] == -31_736

"""Izumiōtsu (Ōsaka), FY2021 and FY2022: electricity factor of the base year (FY2013 results) held, 0.1 t."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.base.town import Town
from tests.cases.published import case, figures, item, number, rounding

CASE = case("08")
QUANTITIES = {(row["year"], item(row)): number(row["quantity_as_printed"]) for row in CASE["rows"]}


@pytest.fixture(scope="module")
def printed(tmp_path_factory):
    town = Town(tmp_path_factory.mktemp("case08") / "town")
    town.policy = [rounding("t", 1), "electricity_year = 2013"]
    town.contract("関西電力")
    town.own(
        "natural_gas", "2.22", per="Nm3", valid_from="2013-04-01"
    )  # the decree's value for natural gas is not at hand
    for row in CASE["rows"]:
        town.year(item(row), row["year"], number(row["quantity_as_printed"]), unit=row["unit"])
    return {fy: figures(town, fy, "item") for fy in (2021, 2022)}


@pytest.mark.parametrize("row", CASE["rows"], ids=lambda row: f"{row['year']} {row['activity_ja']}")
def test_every_figure_is_as_printed(row, printed):
    assert printed[row["year"]][(item(row),)][0] == number(row["emission_as_printed"])


def test_printed_change_of_electricity_is_the_change_of_the_total_and_contradicts_the_quantities():
    totals = {row["fy"]: Decimal(row["t-CO2"]) for row in CASE["totals_printed"]}
    used = [QUANTITIES[fy, "electricity"] for fy in (2021, 2022)]
    tenth = Decimal("0.1")
    assert ((totals[2022] / totals[2021] - 1) * 100).quantize(tenth) == Decimal("-2.2")
    assert ((used[1] / used[0] - 1) * 100).quantize(tenth) == Decimal("9.7")


def test_rows_given_do_not_reach_the_printed_totals_because_the_excerpt_is_energy_only(printed):
    for total in CASE["totals_printed"][:2]:
        assert sum(mass for mass, _ in printed[total["fy"]].values()) < total["t-CO2"]

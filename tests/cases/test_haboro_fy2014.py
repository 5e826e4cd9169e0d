"""Haboro (Hokkaidō), FY2007 and FY2014: one electricity factor for both years, LPG by 0.458 m3/kg, 0.1 kg."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.base.town import Town
from tests.cases.published import case, figures, item, number, rounding

CASE = case("03")


def a_town(path, conversion='"2.183406114 kg/m3"'):
    town = Town(path / "town")
    town.municipality["base_fy"] = 2007
    town.policy = [rounding("kg", 1), "electricity_year = 2012", f"conversions = {{ lpg = {conversion} }}"]
    town.contract("北海道電力")
    # The decree then in force had 2.62 for diesel; the town used 2.58 for both years.
    town.own("diesel", "2.58", valid_from="2007-04-01", valid_to="2008-04-01")
    for row in CASE["rows"]:
        town.year(item(row), row["year"], number(row["quantity_as_printed"]), unit=row["unit"])
    return town


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    return a_town(tmp_path_factory.mktemp("case03"))


@pytest.fixture(scope="module")
def printed(town):
    return {fy: figures(town, fy, "item") for fy in (2007, 2014)}


@pytest.mark.parametrize("row", CASE["rows"], ids=lambda row: f"{row['year']} {row['activity_ja']}")
def test_every_figure_is_as_printed(row, printed):
    assert printed[row["year"]][(item(row),)][0] == number(row["emission_as_printed"])


@pytest.mark.parametrize("total", CASE["totals_printed"][:2], ids=lambda total: str(total["fy"]))
def test_totals_are_of_unrounded_parts_as_printed(total, town):
    result = town.inventory(total["fy"])
    assert result.printed_total([result.total]) == total["printed"]


def test_sum_of_the_printed_parts_of_fy2007_is_a_tenth_less_than_the_printed_total(printed):
    assert sum(mass for mass, _ in printed[2007].values()) == CASE["totals_printed"][0]["printed"] - Decimal("0.1")


def test_reduction_is_as_printed(town):
    result = town.inventory(2014)
    before, after = (result.printed_total([total]) for total in (result.base_total, result.total))
    assert after - before == CASE["totals_printed"][2]["reduction_printed"]
    assert ((after - before) / before * 100).quantize(Decimal("0.01")) == Decimal("-13.51")


def test_both_series_are_one_where_the_factors_are_fixed(town):
    result = town.inventory(2014)
    assert result.comparable_total == result.total


def test_the_catalogues_rounded_conversion_differs_from_the_print(tmp_path):
    printed = figures(a_town(tmp_path, '"lpg.2_183"'), 2007, "item")
    assert printed[("lpg",)][0] == Decimal("14069.9")
    assert number(CASE["rows"][4]["emission_as_printed"]) == Decimal("14072.5")


def test_the_decree_of_fy2007_had_another_factor_for_diesel(tmp_path):
    town = a_town(tmp_path)
    del town.tables["factors/own"]
    assert figures(town, 2007, "item")[("diesel",)][0] == Decimal("39635.4")  # 15,128 L x 2.62

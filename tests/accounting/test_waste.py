"""Waste burnt: dry plastics and synthetic fibre by the city's composition, CH4 and N2O by wet weight."""

from __future__ import annotations

from decimal import Decimal

import pytest

COMPOSITION = {
    "facility_id": "f1", "valid_from": "2013-04-01", "valid_to": "2014-04-01", "moisture": "0.45",
    "plastic_share": "0.2", "synthetic_fibre_share": "0.03",
}  # fmt: skip


def burn(town, **composition):
    town.year("waste_incinerated_continuous", 2013, 1000, unit="t")
    town.add("wastes", **{**COMPOSITION, **composition})


def tonnes(town):
    return {tuple(row.keys.values()): row.tonnes for row in town.inventory(2013).rows(("item", "gas"))}


def test_parts_follow_the_composition(town):
    burn(town)
    assert tonnes(town) == {
        ("waste_incinerated_continuous", "CH4"): Decimal("0.00095"),
        ("waste_incinerated_continuous", "N2O"): Decimal("0.0567"),
        ("waste_plastic_incinerated", "CO2"): 1000 * Decimal("0.55") * Decimal("0.2") * Decimal("2.77"),
        ("waste_synthetic_fibre_incinerated", "CO2"): 1000 * Decimal("0.03") * Decimal("2.29"),
    }


def test_fibre_share_of_the_manual_is_used_only_where_it_is_named(town):
    burn(town, synthetic_fibre_share="manual")
    assert tonnes(town)["waste_synthetic_fibre_incinerated", "CO2"] == 1000 * Decimal("0.028") * Decimal("2.29")


def test_rows_show_the_dry_part_as_their_quantity(town):
    burn(town)
    quantities = {row.keys["item"]: row.quantity for row in town.inventory(2013).rows(("item",))}
    assert quantities["waste_incinerated_continuous"] == 1000
    assert quantities["waste_plastic_incinerated"] == Decimal(110)
    assert quantities["waste_synthetic_fibre_incinerated"] == Decimal(30)


def test_without_a_composition_nothing_is_given(town):
    town.year("waste_incinerated_continuous", 2013, 1000, unit="t")
    assert town.problems(2013) == ["A-06"]


@pytest.mark.parametrize(
    "composition",
    [{"facility_id": "f2"}, {"valid_from": "2013-05-01"}, {"valid_to": "2014-03-01"}],
    ids=["of another plant", "begins later", "ends earlier"],
)
def test_a_composition_that_does_not_serve_the_row_is_none(town, composition):
    town.facility("f2", "別の工場")
    burn(town, **composition)
    assert town.problems(2013) == ["A-06"]


def test_two_compositions_for_one_time_are_none(town):
    burn(town)
    town.add("wastes", **COMPOSITION)
    assert town.problems(2013) == ["A-06"]


def test_a_composition_that_changes_in_mid_year_serves_month_by_month(town):
    town.add("wastes", **{**COMPOSITION, "valid_to": "2013-10-01"})
    town.add("wastes", **{**COMPOSITION, "valid_from": "2013-10-01", "plastic_share": "0.3"})
    for month in ("2013-09", "2013-10"):
        town.month("waste_incinerated_continuous", month, 100, unit="t")
    plastic = 100 * Decimal("0.55") * (Decimal("0.2") + Decimal("0.3"))
    assert tonnes(town)["waste_plastic_incinerated", "CO2"] == plastic * Decimal("2.77")


def test_waste_that_is_missing_or_does_not_occur_needs_no_composition(town):
    town.year("gasoline", 2013, 1000)
    town.month("waste_incinerated_batch", "2013-04", None, unit="t")
    town.month("waste_incinerated_batch", "2013-05", None, unit="t", basis="not_occurring")
    assert town.total(2013) == Decimal("2.32")

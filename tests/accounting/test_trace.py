"""A total leads back to its rows and adds up again, whatever part of it is asked for."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kotsukotsu.accounting.trace import entry, trace
from kotsukotsu.errors import FactorError


@pytest.fixture
def town(town):
    town.facility("f2", "清掃工場")
    town.contract("北海道電力")
    town.contract("代替値", facility="f2", share="0.5")
    town.own("electricity", "0.1", supplier="市民電力")
    town.contract("市民電力", facility="f2", share="0.5")
    town.municipality["base_fy"] = 2013
    town.policy = ["electricity_year = 2023", 'fuel_factors = "exact"']
    town.contract("北海道電力", facility="f9")
    town.own("electricity", "0.5", supplier="北海道電力")
    for month in ("2013-04", "2013-05"):
        town.month("electricity", month, 1000)
        town.month("electricity", month, 500, facility_id="f2")
    town.month("kerosene", "2013-04", 333, use="household")
    town.year("waste_incinerated_batch", 2013, 10, unit="t", facility_id="f2")
    town.add("wastes", facility_id="f2", valid_from="2013-04-01", valid_to="2014-04-01", moisture="0.5",
             plastic_share="0.2", synthetic_fibre_share="manual")  # fmt: skip
    town.add("bodies", body_id="union", name="組合", in_plan="no", facility_id="f2", share="0.3")
    return town


def test_the_rows_add_up_to_the_total(town):
    assert town.trace(2013).total == town.total(2013)


def test_every_part_adds_up(town):
    session = town.session()
    lines = session.inventory(2013).lines
    traced = town.trace(2013).lines
    for key in {(line.group.facility_id, line.item, line.gas) for line in lines}:
        one, other = (
            sum(line.thirds_co2e for line in some if (line.group.facility_id, line.item, line.gas) == key)
            for some in (lines, traced)
        )
        assert one == other


def test_each_entry_names_row_factor_article_and_status_and_multiplies_out(town):
    session = town.session()
    found = trace(session.city, session.law, 2013, session.single_rows(2013))
    ids = {row["activity_id"]: row for row in town.tables["activities"]}
    for line in found.lines:
        shown = entry(line, session.law, {"f1": "市役所"})
        factor = shown["factor"]
        assert Decimal(shown["quantity"]) == Decimal(str(ids[shown["activity_id"]]["quantity"]))
        assert Decimal(shown["amount"]) == Decimal(shown["quantity"]) * Decimal(shown["share"])
        assert factor["source"]
        assert (factor["status"], shown["status"]) == (line.factor.status, line.status)
        per = {"kg": 1000, "t": 1}[line.factor.mass]
        product = Decimal(shown["amount"]) * Decimal(factor["value"]) / per
        # An exact factor (heat value x carbon x 44/12) is shown with six decimals.
        assert abs(Decimal(shown["tonnes"]) - product) <= Decimal(shown["amount"]) * Decimal("5E-10")
        co2e = Decimal(shown["tonnes"]) * Decimal(shown["gwp"])
        assert abs(Decimal(shown["tonnes_co2e"]) - co2e) <= co2e * Decimal("1E-30")


def test_a_row_shared_by_two_suppliers_is_two_entries(town):
    entries = [line for line in town.trace(2013).lines if line.group.row["activity_id"] == "A2"]
    assert sorted((line.group.supplier, line.share) for line in entries) == [
        ("substitute", Decimal("0.35")),
        ("市民電力", Decimal("0.35")),
    ]


def test_rows_without_a_factor_stop_the_trace_as_they_stop_the_inventory(town):
    town.month("city_gas", "2014-03", 1, unit="樽")
    with pytest.raises(FactorError) as error:
        town.trace(2013)
    assert [finding.code for finding in error.value.findings] == ["A-05"]

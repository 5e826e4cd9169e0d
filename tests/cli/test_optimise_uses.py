"""Measures whose fuel has CH4 and N2O that go by its use, from the city folder to the tonnes saved."""

from __future__ import annotations

from decimal import Decimal

import pytest

D = Decimal
# 施行令別表第2・第5 (wood in a boiler, kg per kg) and the global warming potentials from FY2024.
WOOD = (D("0.00106560") * 28 + D("0.0000083520") * 265) / 1000
ASKED = ("--budget", "100万", "--fy", 2024, "--years", "2026-2028", "--format", "json")


def saved(cli, town, measure: str) -> tuple[D, D]:
    """Emission before and what the measure saves. [t-CO2e]"""
    town.add("measures", measure_id="m", facility_id="f1", measure=measure, cost_yen=1, running_yen=0)
    done = cli("optimise", town.write(), *ASKED)
    assert done.status == 0, done.err
    last = done.json["yearly"][-1]
    return D(last["before_measures"]), D(last["saved_in_order"])


@pytest.mark.parametrize("use", [None, "boiler"])
def test_wood_boiler_leaves_the_methane_of_its_wood_whatever_the_city_burnt_before(cli, town, use) -> None:
    # 1,000 L x 36.5 MJ x 1.06 / 13.2 MJ = 2,931 kg of wood; nobody in the town burns wood today.
    town.year("kerosene", 2024, 1000, use=use)
    before, less = saved(cli, town, "wood_boiler")
    assert float(before - less) == pytest.approx(float(1000 * D("36.5") * D("1.06") / D("13.2") * WOOD), rel=1e-12)


def test_gas_brought_in_is_that_of_a_boiler_though_the_city_only_cooks_with_it(cli, town) -> None:
    # 1,000 L x 36.5 MJ are 36,500 / 45 m3 of gas, of which only the CO2 counts in a boiler: 2 kg each.
    town.facility("f2", name="給食センター")
    town.policy = ['heat = { city_gas = "other" }']
    town.year("kerosene", 2024, 1000, use="boiler")
    town.own("city_gas", "2", valid_from="2012-04-01", valid_to="2031-04-01")
    town.year("city_gas", 2024, 1000, use="household", facility_id="f2")
    kitchen = next(r.tonnes_co2e for r in town.inventory(2024).rows(("facility",)) if r.keys["facility"] == "f2")
    before, less = saved(cli, town, "fuel_switch")
    assert kitchen > 2
    assert float(before - kitchen - less) == pytest.approx(36_500 / 45 * 2 / 1000, rel=1e-12)

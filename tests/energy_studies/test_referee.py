"""Other formulations on the same problem: PyPSA, and the same in linopy written by hand."""

from __future__ import annotations

from dataclasses import replace

import linopy
import numpy as np
import pandas as pd
import pypsa
import pytest

from kotsukotsu.energy.dispatch.model import Battery, Choice, Contract, Grid, HeatPump, Hydrogen, Meter, Solar, System
from kotsukotsu.energy.dispatch.solve import optimal
from kotsukotsu.energy.slots import year
from tests.energy_studies.sites import load, weather

pytestmark = pytest.mark.filterwarnings("ignore")
SLOTS = 7 * 48
DEMAND = 1700.0


@pytest.fixture(scope="module")
def week() -> System:
    calendar = year(2022)
    temperature, sun = weather(calendar, 3)
    slots = slice(110 * 48, 110 * 48 + SLOTS)
    price = np.where((calendar.koma[slots] > 16) & (calendar.koma[slots] < 45), 25.0, 18.0)
    grid = Grid(price, np.full(SLOTS, 7.0), np.zeros(SLOTS), Contract(DEMAND, np.zeros(SLOTS, np.int64)))
    assets = (Solar("sun", sun[slots], 150.0), Battery("battery", 200.0, 80.0))
    return System((Meter("m", load(calendar, temperature, 3)[slots], grid, assets),))


def test_pypsa_finds_the_same_cost_and_contract(week: System) -> None:
    meter = week.meters[0]
    grid, sun = meter.grid, meter.assets[0]
    network = pypsa.Network()
    network.set_snapshots(range(SLOTS))
    network.snapshot_weightings = network.snapshot_weightings.astype(float) * 0.5
    for bus in ("outside", "m", "battery"):
        network.add("Bus", bus)
    network.add("Generator", "supply", bus="outside", p_nom=1e6, marginal_cost=pd.Series(grid.buy))
    network.add("Link", "buy", bus0="outside", bus1="m", p_nom_extendable=True, capital_cost=DEMAND)
    network.add("Generator", "sell", bus="m", p_nom=1e6, sign=-1, marginal_cost=pd.Series(-grid.sell))
    network.add("Generator", "sun", bus="m", p_nom=sun.kw, p_max_pu=pd.Series(sun.per_kw))
    network.add("Load", "load", bus="m", p_set=pd.Series(meter.load))
    network.add("Store", "content", bus="battery", e_nom=200.0, e_cyclic=True)
    network.add("Link", "charge", bus0="m", bus1="battery", p_nom=80.0, efficiency=0.95)
    network.add("Link", "discharge", bus0="battery", bus1="m", p_nom=80.0 / 0.95, efficiency=0.95, marginal_cost=0.95)
    network.optimize(solver_name="highs", log_to_console=False)
    plan = optimal(week)
    assert plan.cost == pytest.approx(network.objective, rel=1e-6)
    assert plan.flow("m/contract")[0] == pytest.approx(network.links.p_nom_opt["buy"], rel=1e-4)


def test_a_second_formulation_finds_the_same_cost(week: System) -> None:
    meter = week.meters[0]
    grid, sun = meter.grid, meter.assets[0]
    model, time = linopy.Model(), pd.RangeIndex(SLOTS, name="t")
    buy, sell, charge, discharge = (model.add_variables(lower=0, coords=[time], name=n) for n in "gxcd")
    used = model.add_variables(lower=0, upper=pd.Series(sun.per_kw * sun.kw, time), name="u")
    content = model.add_variables(lower=0, upper=200.0, coords=[time], name="e")
    power = model.add_variables(lower=0, name="C")
    model.add_constraints(charge <= 80.0)
    model.add_constraints(discharge <= 80.0)
    model.add_constraints(buy - power <= 0)
    model.add_constraints(buy - sell + used + discharge - charge == pd.Series(meter.load, time))
    model.add_constraints(content - content.roll(t=1) - 0.475 * charge + (0.5 / 0.95) * discharge == 0)
    energy = (buy * pd.Series(grid.buy / 2, time)).sum() - (sell * pd.Series(grid.sell / 2, time)).sum()
    model.add_objective(energy + 0.5 * discharge.sum() + DEMAND * power)
    model.solve(solver_name="highs", output_flag=False)
    assert optimal(week).cost == pytest.approx(float(model.objective.value), rel=1e-7)


OPEN = {"electrolyser": (20.0, 80.0), "tank": (0.5, 900.0), "fuel_cell": (30.0, 40.0), "pump": (300.0, 60.0),
        "buffer": (4.0, 500.0)}  # fmt: skip
BOILER, LOSS, SUN = 13.0, 0.01, 500.0


def test_pypsa_finds_the_same_sizes_of_hydrogen_and_heat_pump(week: System) -> None:
    """Electrolyser, tank, fuel cell, heat pump and heat store are all open beside much sun that nobody buys."""
    meter = week.meters[0]
    hours = np.arange(SLOTS)
    heat, cop = 60 + 30 * np.cos(hours * np.pi / 24), 3 + 0.4 * np.sin(hours * np.pi / 24)
    size = {key: Choice(key, 0.0, most, yen) for key, (yen, most) in OPEN.items()}
    assets = (
        replace(meter.assets[0], kw=SUN), Hydrogen("hydrogen", size["electrolyser"], size["tank"], size["fuel_cell"]),
        HeatPump("heat", heat, cop, size["pump"], size["buffer"], LOSS, BOILER),
    )  # fmt: skip
    plan = optimal(System((replace(meter, grid=replace(meter.grid, sell=None), assets=assets),)))
    network = pypsa.Network()
    network.set_snapshots(range(SLOTS))
    network.snapshot_weightings = network.snapshot_weightings.astype(float) * 0.5
    for bus in ("outside", "m", "gas", "heat"):
        network.add("Bus", bus)
    network.add("Generator", "supply", bus="outside", p_nom=1e6, marginal_cost=pd.Series(meter.grid.buy))
    network.add("Link", "buy", bus0="outside", bus1="m", p_nom_extendable=True, capital_cost=DEMAND)
    network.add("Generator", "sun", bus="m", p_nom=SUN, p_max_pu=pd.Series(meter.assets[0].per_kw))
    network.add("Load", "load", bus="m", p_set=pd.Series(meter.load))
    network.add("Load", "need", bus="heat", p_set=pd.Series(heat))
    network.add("Generator", "boiler", bus="heat", p_nom=1e6, marginal_cost=BOILER)
    network.add("Generator", "spilt", bus="heat", p_nom=1e6, sign=-1)

    def link(name: str, start: str, end: str, efficiency: object, kept: float = 1.0, wear: float = 0.0) -> None:
        """Sized by what comes out of it where `kept` is the efficiency; else by what goes in."""
        yen, most = OPEN[name]
        network.add("Link", name, bus0=start, bus1=end, p_nom_extendable=True, p_nom_max=most / kept,
                    capital_cost=yen * kept, efficiency=efficiency, marginal_cost=wear * kept)  # fmt: skip

    link("electrolyser", "m", "gas", 0.6)
    link("fuel_cell", "gas", "m", 0.5, kept=0.5, wear=1.0)
    link("pump", "m", "heat", pd.Series(cop))
    for name, bus, loss in (("tank", "gas", 0.0), ("buffer", "heat", 1 - (1 - LOSS / 2) ** 2)):
        yen, most = OPEN[name]
        network.add("Store", name, bus=bus, e_nom_extendable=True, e_nom_max=most, capital_cost=yen, e_cyclic=True,
                    standing_loss=loss)  # fmt: skip
    network.optimize(solver_name="highs", log_to_console=False)
    assert plan.cost == pytest.approx(network.objective, rel=1e-6)
    found = {**network.links.p_nom_opt, **network.stores.e_nom_opt}
    found["fuel_cell"] *= 0.5
    assert all(plan.sizes[key] > 0.1 for key in OPEN)
    assert {key: round(found[key], 1) for key in OPEN} == {key: round(plan.sizes[key], 1) for key in OPEN}

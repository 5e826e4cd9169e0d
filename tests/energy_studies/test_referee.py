"""Other formulations on the same problem: PyPSA, and the same in linopy written by hand."""

from __future__ import annotations

import linopy
import numpy as np
import pandas as pd
import pypsa
import pytest

from kotsukotsu.energy.dispatch.model import Battery, Contract, Grid, Meter, Solar, System
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

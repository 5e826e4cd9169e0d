"""The year of `benchmarks.energy_made` in PyPSA, and in linopy by hand: the same problem, the same solver."""

from __future__ import annotations

import linopy
import numpy as np
import pandas as pd
import pypsa

from kotsukotsu.energy.dispatch.model import System
from kotsukotsu.energy.rolling import equipment

BIG = 1e6  # [kW]


def pypsa_cost(system: System) -> float:
    """Cost that PyPSA finds. [yen]"""
    site = equipment(system)
    meter, battery, price = site.meter, site.battery, _price(system)
    network = pypsa.Network()
    network.set_snapshots(range(meter.slots))
    network.snapshot_weightings = network.snapshot_weightings.astype(float) * system.hours
    for bus in ("outside", "m", "battery"):
        network.add("Bus", bus)
    network.add("Generator", "supply", bus="outside", p_nom=BIG, marginal_cost=pd.Series(site.grid.buy))
    network.add("Link", "buy", bus0="outside", bus1="m", p_nom_extendable=True, capital_cost=price)
    network.add("Generator", "sell", bus="m", p_nom=BIG, sign=-1, marginal_cost=pd.Series(-_sell(system)))
    network.add("Generator", "sun", bus="m", p_nom=site.sun_kw, p_max_pu=pd.Series(site.sun.per_kw))
    network.add("Load", "load", bus="m", p_set=pd.Series(meter.load))
    network.add("Store", "content", bus="battery", e_nom=site.battery_kwh, e_cyclic=True)
    network.add("Link", "charge", bus0="m", bus1="battery", p_nom=site.battery_kw, efficiency=battery.efficiency)
    network.add("Link", "discharge", bus0="battery", bus1="m", p_nom=site.battery_kw / battery.efficiency,
                efficiency=battery.efficiency, marginal_cost=battery.wear * battery.efficiency)  # fmt: skip
    network.optimize(solver_name="highs", log_to_console=False)
    return float(network.objective)


def linopy_cost(system: System) -> float:
    """Cost that the programme written by hand in linopy finds. [yen]"""
    site = equipment(system)
    meter, battery, hours = site.meter, site.battery, system.hours
    model, time = linopy.Model(), pd.RangeIndex(site.meter.slots, name="t")
    most = site.battery_kw
    buy, sell = (model.add_variables(lower=0, coords=[time], name=name) for name in ("buy", "sell"))
    charge, discharge = (
        model.add_variables(lower=0, upper=most, coords=[time], name=name) for name in ("charge", "discharge")
    )
    used = model.add_variables(lower=0, upper=pd.Series(site.sun.per_kw * site.sun_kw, time), name="used")
    content = model.add_variables(lower=0, upper=site.battery_kwh, coords=[time], name="content")
    power = model.add_variables(lower=0, name="power")
    model.add_constraints(buy - power <= 0)
    model.add_constraints(buy - sell + used + discharge - charge == pd.Series(meter.load, time))
    stored = hours * battery.efficiency * charge - (hours / battery.efficiency) * discharge
    model.add_constraints(content - content.roll(t=1) - stored == 0)
    energy = (buy * pd.Series(site.grid.buy * hours, time)).sum()
    sold = (sell * pd.Series(_sell(system) * hours, time)).sum()
    model.add_objective(energy - sold + hours * battery.wear * discharge.sum() + _price(system) * power)
    model.solve(solver_name="highs", output_flag=False)
    return float(model.objective.value)


def _price(system: System) -> float:
    """Of a kW of the contract. [yen]"""
    contract = equipment(system).grid.contract
    return float(contract.prices.sum()) if contract else 0.0


def _sell(system: System) -> np.ndarray:
    """What flows back earns. [yen/kWh]"""
    grid = equipment(system).grid
    return np.zeros(len(grid.buy)) if grid.sell is None else grid.sell

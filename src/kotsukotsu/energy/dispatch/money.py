"""What of a year's plan is money that somebody pays or gets, by the programme's prices.

The objective holds more: wear that keeps stores from charging and discharging at once, the weight of CO2, and the price
of what cannot be served. None of these is ever paid, so none of them is in these sums.
"""

from __future__ import annotations

import numpy as np

from kotsukotsu.energy.dispatch.model import Contract, HeatPump, Meter, Processing
from kotsukotsu.energy.dispatch.solve import Plan


def electricity(plan: Plan, meter: Meter) -> float:
    """What is bought costs: energy and the month's maximum, without the tariff's standing charge. [yen]"""
    if meter.grid is None:
        return 0.0
    energy = float((plan.flow(f"{meter.name}/buy") * meter.grid.buy).sum()) * plan.system.hours
    return energy + (demand(plan, meter, meter.grid.contract) if meter.grid.contract else 0.0)


def demand(plan: Plan, meter: Meter, contract: Contract) -> float:
    """What the maxima of the months cost by the rule of the contract. [yen]"""
    bought = plan.flow(f"{meter.name}/buy")
    if contract.agreed is not None:
        highest = np.array([bought[contract.months == month].max() for month in range(contract.count)])
        above = np.maximum(highest - contract.agreed, 0.0)
        return float(contract.prices @ (contract.agreed + contract.excess * above))
    paid = np.broadcast_to(plan.flow(f"{meter.name}/contract"), contract.count)
    return float(contract.prices @ paid)


def sold(plan: Plan, meter: Meter) -> float:
    """Income from what flows back. [yen]"""
    if meter.grid is None or meter.grid.sell is None:
        return 0.0
    return float((plan.flow(f"{meter.name}/sell") * meter.grid.sell).sum()) * plan.system.hours


def work(plan: Plan, meter: Meter) -> float:
    """What processing units earn. [yen]"""
    units = [asset for asset in meter.assets if isinstance(asset, Processing)]
    return sum(
        unit.yen_per_kwh * float(plan.flow(f"{meter.name}/{unit.name}/work").sum()) * plan.system.hours
        for unit in units
    )


def fuel(plan: Plan, meter: Meter) -> float:
    """What boilers burn. [yen]"""
    return sum(boiler_heat(plan, meter, one) * one.boiler_yen for one in _boilers(meter))


def burnt(plan: Plan, meter: Meter) -> float:
    """Emission of what boilers burn. [kg]"""
    return sum(boiler_heat(plan, meter, one) * one.boiler_kg for one in _boilers(meter))


def boiler_heat(plan: Plan, meter: Meter, asset: HeatPump) -> float:
    """Heat that comes from the boiler. [kWh]"""
    return float(plan.flow(f"{meter.name}/{asset.name}/boiler").sum()) * plan.system.hours


def emitted(plan: Plan, meter: Meter) -> float:
    """Emission of what is bought and burnt; what is sold takes nothing away. [kg]"""
    if meter.grid is None:
        return burnt(plan, meter)
    return burnt(plan, meter) + float((plan.flow(f"{meter.name}/buy") * meter.grid.kg).sum()) * plan.system.hours


def _boilers(meter: Meter) -> list[HeatPump]:
    return [asset for asset in meter.assets if isinstance(asset, HeatPump)]

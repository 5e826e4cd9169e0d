"""The programme of a whole system: equipment, balance of every meter, contracts, limits."""

from __future__ import annotations

import numpy as np

from kotsukotsu.energy.dispatch import blocks
from kotsukotsu.energy.dispatch.blocks import Built
from kotsukotsu.energy.dispatch.contracts import contract
from kotsukotsu.energy.dispatch.lp import INFINITE, Programme, Term
from kotsukotsu.energy.dispatch.model import (
    Asset,
    Battery,
    Fleet,
    Grid,
    HeatPump,
    Hydrogen,
    Meter,
    Processing,
    Solar,
    System,
)

# What is served earlier is worth a little more, so that stores run empty before anything is cut off.
EARLIER = 0.001


def built(system: System) -> Built:
    """Everything of the system as one linear programme."""
    made = Built(Programme(), system.hours, system.yen_per_kg)
    balances = {meter.name: _meter(made, meter) for meter in system.meters}
    for wire in system.wires:
        count = next(meter.slots for meter in system.meters if meter.name == wire.start)
        sent = made.flow(f"{wire.name}/sent", count, cost=0.001, size=wire.kw)
        balances[wire.start].append((sent, -1.0))
        balances[wire.end].append((sent, wire.efficiency))
    for meter in system.meters:
        load = meter.load
        made.rows[f"{meter.name}/balance"] = made.programme.require(meter.slots, load, load, *balances[meter.name])
    for limit in system.limits:
        terms: list[Term] = [
            (np.array([made.sizes[key]]), share) for key, share in limit.shares.items() if key in made.sizes
        ]
        made.rows[f"limit/{limit.name}"] = made.programme.require(1, -INFINITE, limit.most, *terms)
    return made


def _meter(made: Built, meter: Meter) -> list[Term]:
    """All that enters the balance of a meter."""
    earlier = 1 + EARLIER * (1 - np.arange(meter.slots) / meter.slots)
    cost = meter.unserved * made.hours * np.asarray(meter.weight) * earlier
    unserved = made.flow(f"{meter.name}/unserved", meter.slots, cost=cost, size=INFINITE)
    terms: list[Term] = [(unserved, 1.0)]
    if meter.grid is not None:
        terms += _grid(made, meter, meter.grid)
    for asset in meter.assets:
        terms += _asset(made, meter, asset)
    return terms


def _asset(made: Built, meter: Meter, asset: Asset) -> list[Term]:
    match asset:
        case Solar():
            return blocks.solar(made, meter, asset)
        case Battery():
            return blocks.battery(made, meter, asset)
        case Fleet():
            return blocks.fleet(made, meter, asset)
        case Processing():
            return blocks.processing(made, meter, asset)
        case Hydrogen():
            return blocks.hydrogen(made, meter, asset)
        case HeatPump():
            return blocks.heat_pump(made, meter, asset)


def _grid(made: Built, meter: Meter, grid: Grid) -> list[Term]:
    """Bought and sold, and what the month's maximum costs."""
    weight = made.hours * np.asarray(meter.weight)
    cost = (grid.buy + made.yen_per_kg * grid.kg) * weight
    limit = np.asarray(grid.limit, np.float64)
    bought = made.flow(f"{meter.name}/buy", meter.slots, cost=cost, size=1.0, per=limit)
    terms: list[Term] = [(bought, 1.0)]
    if grid.contract is not None:
        contract(made, meter, grid.contract, bought)
    if grid.sell is not None:
        sold = made.flow(f"{meter.name}/sell", meter.slots, cost=-grid.sell * weight, size=grid.sell_limit)
        terms.append((sold, -1.0))
    return terms

"""Columns and rows of each kind of equipment.

Every function adds a block to the programme and returns the terms by which it enters the balance of its meter.
Names of flows: ``meter/asset/flow``.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike

from kotsukotsu.energy.dispatch.lp import INFINITE, Floats, Places, Programme, Term
from kotsukotsu.energy.dispatch.model import (
    Battery,
    Choice,
    Fleet,
    HeatPump,
    Hydrogen,
    Meter,
    Processing,
    Size,
    Solar,
)


@dataclass(frozen=True, slots=True)
class Store:
    """Where the content stands, with what it begins, what comes (+) or leaves (-) besides [kWh], what is kept [1]."""

    content: Places
    start: float | None
    besides: ArrayLike = 0.0
    kept: float = 1.0


@dataclass(slots=True)
class Built:
    """The programme, and where every flow and size of the study stands in it."""

    programme: Programme
    hours: float
    yen_per_kg: float
    flows: dict[str, Places] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)
    rows: dict[str, Places] = field(default_factory=dict)

    def size(self, chosen: Choice) -> int:
        """Column of a chosen size; made when it is first asked for."""
        if chosen.key not in self.sizes:
            made = self.programme.add(1, chosen.yen_per_year, chosen.least, chosen.most)
            self.sizes[chosen.key] = int(made[0])
        return self.sizes[chosen.key]

    def flow(
        self, name: str, count: int, *, size: Size, cost: ArrayLike = 0.0, lower: ArrayLike = 0.0, per: ArrayLike = 1.0
    ) -> Places:
        """A flow between `lower` and `per` times a size, fixed or chosen."""
        if not isinstance(size, Choice):
            upper = INFINITE if size == INFINITE else np.asarray(per, np.float64) * size
            places = self.programme.add(count, cost, lower, upper)
        else:
            places = self.programme.add(count, cost, lower)
            self.programme.require(
                count, -INFINITE, 0.0, (places, 1.0), (self.column(size), -np.asarray(per, np.float64))
            )
        self.flows[name] = places
        return places

    def column(self, chosen: Choice) -> Places:
        """The column of a chosen size, for terms."""
        return np.array([self.size(chosen)])

    def least(self, content: Places, size: Size, share: float) -> None:
        """Never less than a share of a chosen size."""
        if share and isinstance(size, Choice):
            self.programme.require(len(content), 0.0, INFINITE, (content, 1.0), (self.column(size), -share))

    def stored(self, name: str, meter: Meter, store: Store, *into: Term, spill: bool = False) -> None:
        """Content = kept share of the content before + what goes in x hours + what comes or leaves besides."""
        before, count, lp = meter.before, meter.slots, self.programme
        kept = np.full(count, store.kept)
        besides = np.broadcast_to(np.asarray(store.besides, np.float64), count).copy()
        if store.start is not None:
            kept[0], besides[0] = 0.0, besides[0] + store.kept * store.start
        terms = [(places, -np.asarray(factor) * self.hours) for places, factor in into]
        self.rows[f"{name}/stored"] = lp.require(
            count, -INFINITE if spill else besides, besides, (store.content, 1.0),
            (store.content[before], -kept), *terms,
        )  # fmt: skip


def solar(built: Built, meter: Meter, asset: Solar) -> list[Term]:
    """What is used of what the sun gives; the rest is not generated."""
    used = built.flow(f"{meter.name}/{asset.name}/used", meter.slots, size=asset.kw, per=asset.per_kw)
    return [(used, 1.0)]


def battery(built: Built, meter: Meter, asset: Battery) -> list[Term]:
    """A store between a charger and an inverter of the same power."""
    name, count = f"{meter.name}/{asset.name}", meter.slots
    wear = asset.wear * built.hours * np.asarray(meter.weight)
    kw = INFINITE if isinstance(asset.kw, Choice) else asset.kw
    charge = built.flow(f"{name}/charge", count, size=kw)
    discharge = built.flow(f"{name}/discharge", count, cost=wear, size=kw)
    if isinstance(asset.kw, Choice):  # never both at once, so one row holds for both
        column = built.column(asset.kw)
        built.programme.require(count, -INFINITE, 0.0, (charge, 1.0), (discharge, 1.0), (column, -1.0))
    lower = 0.0 if isinstance(asset.kwh, Choice) else asset.least * asset.kwh
    content = built.flow(f"{name}/content", count, size=asset.kwh, lower=lower, cost=_worth(asset, count))
    built.least(content, asset.kwh, asset.least)
    into: list[Term] = [(charge, asset.efficiency), (discharge, -1 / asset.efficiency)]
    store = Store(content, asset.start)
    if asset.start_share is not None:
        if isinstance(asset.kwh, Choice):
            first = np.zeros(count)
            first[0] = asset.start_share / built.hours
            into.append((built.column(asset.kwh), first))
        store = Store(content, 0.0 if isinstance(asset.kwh, Choice) else asset.start_share * asset.kwh)
    built.stored(name, meter, store, *into)
    return [(discharge, 1.0), (charge, -1.0)]


def _worth(asset: Battery | Fleet, count: int) -> Floats:
    """What is left after the last slot has a value where the store does not end as it began."""
    worth = np.zeros(count)
    if asset.start is not None:
        worth[-1] = -asset.end_value
    return worth


def fleet(built: Built, meter: Meter, asset: Fleet) -> list[Term]:
    """Cars at the plug: what leaves must be in them, or the shortage is charged elsewhere at the price of a failure."""
    name, count, plugged = f"{meter.name}/{asset.name}", meter.slots, asset.plugged
    weight = built.hours * np.asarray(meter.weight)
    charge = built.flow(f"{name}/charge", count, size=asset.charge_kw, per=plugged)
    discharge = built.flow(f"{name}/discharge", count, cost=asset.wear * weight, size=asset.discharge_kw, per=plugged)
    lower, worth = asset.least * asset.kwh * plugged, _worth(asset, count)
    content = built.flow(f"{name}/content", count, size=asset.kwh, per=plugged, lower=lower, cost=worth)
    short = built.flow(
        f"{name}/short", count, cost=meter.unserved * np.asarray(meter.weight), size=1.0, per=asset.leaving
    )
    store = Store(content, asset.start, asset.returning - asset.leaving)
    built.stored(
        name, meter, store, (charge, asset.efficiency), (discharge, -1 / asset.efficiency), (short, 1 / built.hours)
    )
    return [(discharge, 1.0), (charge, -1.0)]


def processing(built: Built, meter: Meter, asset: Processing) -> list[Term]:
    """Runs where its work is worth more than the electricity."""
    gain = -asset.yen_per_kwh * built.hours * np.asarray(meter.weight)
    work = built.flow(f"{meter.name}/{asset.name}/work", meter.slots, cost=gain, size=asset.kw)
    return [(work, -1.0)]


def hydrogen(built: Built, meter: Meter, asset: Hydrogen) -> list[Term]:
    """Electricity into gas, gas into electricity."""
    name, count = f"{meter.name}/{asset.name}", meter.slots
    wear = asset.wear * built.hours * np.asarray(meter.weight)
    taken = built.flow(f"{name}/electrolyser", count, size=asset.electrolyser_kw)
    given = built.flow(f"{name}/fuel_cell", count, cost=wear, size=asset.fuel_cell_kw)
    content = built.flow(f"{name}/tank", count, size=asset.tank_kwh)
    store = Store(content, asset.start)
    built.stored(name, meter, store, (taken, asset.electrolyser_efficiency), (given, -1 / asset.fuel_cell_efficiency))
    return [(given, 1.0), (taken, -1.0)]


def heat_pump(built: Built, meter: Meter, asset: HeatPump) -> list[Term]:
    """Heat now or into the buffer; the boiler gives what is left, the shortage is priced as a failure."""
    name, count = f"{meter.name}/{asset.name}", meter.slots
    weight = built.hours * np.asarray(meter.weight)
    power = built.flow(f"{name}/power", count, size=asset.kw)
    boiler_cost = (asset.boiler_yen + built.yen_per_kg * asset.boiler_kg) * weight
    boiler = built.flow(f"{name}/boiler", count, cost=boiler_cost, size=INFINITE)
    content = built.flow(f"{name}/buffer", count, size=asset.buffer_kwh)
    store = Store(content, None, -asset.heat * built.hours, 1 - asset.loss * built.hours)
    built.stored(name, meter, store, (power, asset.cop), (boiler, 1.0), spill=True)
    return [(power, -1.0)]

"""What a year of each option does: plan, bill by the bill engine, what is sold, hours in an outage."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import astuple, dataclass, replace
from typing import Any

import numpy as np
from highspy import HighsBasis

from kotsukotsu.energy.bill import Bill
from kotsukotsu.energy.dispatch import money
from kotsukotsu.energy.dispatch.model import (
    Asset,
    Battery,
    Fleet,
    Floats,
    HeatPump,
    Hydrogen,
    Meter,
    Processing,
    Solar,
    System,
)
from kotsukotsu.energy.dispatch.solve import Plan
from kotsukotsu.energy.options.again import Again
from kotsukotsu.energy.options.assumptions import Assumptions
from kotsukotsu.energy.options.model import Sizes
from kotsukotsu.energy.outage import outages
from kotsukotsu.energy.survival import Survival

PHYSICAL = (
    "load_level",
    "sun_yield",
    "battery_reserve",
    "sell_yen_per_kwh",
)  # with another value the year is planned anew


@dataclass(frozen=True, slots=True)
class Place:
    """Where options are built.

    Attributes
    ----------
    meter : Meter
        With sun, battery, cars, unit, hydrogen and heat pump; their sizes are those of each option.
    bill : callable
        The bill of what is bought in each half-hour. [kW]
    fixed : float
        What the tariff asks for whatever is bought. [yen/year]
    critical : array
        Load that shall live in an outage. [kW]
    fuel_kwh : float
        Electricity that the fuel cell's fuel gives in an outage. [kWh]
    """

    meter: Meter
    bill: Callable[[Floats], Bill]
    fixed: float
    critical: Floats
    fuel_kwh: float


@dataclass(frozen=True, slots=True)
class World:
    """What of the assumptions a year's plan depends on."""

    sun_yield: float
    reserve: float
    sell: float
    load: float = 1.0

    @classmethod
    def of(cls, assumed: Assumptions, sizes: Sizes) -> World:
        """As far as the sizes ask for it."""
        return cls(
            assumed["sun_yield"] if sizes.sun_kw else 1.0,
            assumed["battery_reserve"] if sizes.battery_kwh else 0.0,
            assumed["sell_yen_per_kwh"],
            assumed["load_level"],
        )


@dataclass(frozen=True, slots=True)
class Year:
    """A year of an option.

    Attributes
    ----------
    bill_yen, sold_yen, work_yen : float
        By the bill engine; what is sold and what the processing unit earns. [yen]
    contract_kw, bought_kwh, sold_kwh : float
        The year's maximum; from and to the grid.
    sun_kwh, unused_kwh : float
        What the sun gave that was used or sold, and what was not generated because nobody could use it. [kWh]
    short_kwh : float
        What cars had to charge elsewhere, and what could not be served. [kWh]
    outage : Survival
        From every half-hour, with what the plan has in the battery then.
    fuel_yen, fuel_kg : float
        What boilers burn, and its emission. [yen, kg-CO2]
    gap_yen : float
        The programme's cost of electricity less the unrounded bill. [yen]
    """

    bill_yen: float
    sold_yen: float
    work_yen: float
    contract_kw: float
    bought_kwh: float
    sold_kwh: float
    sun_kwh: float
    unused_kwh: float
    short_kwh: float
    outage: Survival
    gap_yen: float
    fuel_yen: float = 0.0
    fuel_kg: float = 0.0

    @property
    def self_used_kwh(self) -> float:
        """What the sun gave and was not sold. [kWh]"""
        return max(0.0, self.sun_kwh - self.sold_kwh)


class Years:
    """The years of options at a place; each is planned once.

    Parameters
    ----------
    anchor, assumed
        Of the first programme, from which on each begins at the end of the one that is nearest to it.
    each : callable
        Called after every plan.
    """

    def __init__(self, place: Place, anchor: Sizes, assumed: Assumptions, each: Callable[[], None]) -> None:
        self.place = place
        self._each = each
        first = (anchor, World.of(assumed, anchor))
        self._again = Again(_system(place, *first))
        self._found: dict[tuple[Sizes, World], Year] = {}
        self._ends: dict[tuple[Sizes, World], HighsBasis] = {first: self._again.basis}

    def year(self, sizes: Sizes, assumed: Assumptions) -> Year:
        """The year of what is built."""
        asked = (sizes, World.of(assumed, sizes))
        if asked not in self._found:
            plan = self._again.optimal(_system(self.place, *asked), self._near(*asked))
            self._found[asked] = _year(self.place, plan, *asked)
            self._ends[asked] = self._again.basis
            self._each()
        return self._found[asked]

    def _near(self, sizes: Sizes, world: World) -> HighsBasis:
        """Where the year ended that differs least: in as few numbers as possible, and in those by as little."""
        return self._ends[min(self._ends, key=lambda asked: _distance(asked, (sizes, world)))]


def _distance(one: tuple[Sizes, World], other: tuple[Sizes, World]) -> tuple[int, float]:
    """How many numbers differ, and by which share of the larger."""
    mine, its = ((*astuple(sizes), *astuple(world)) for sizes, world in (one, other))
    apart = [abs(a - b) / max(abs(a), abs(b)) for a, b in zip(mine, its, strict=True) if a != b]
    return len(apart), sum(apart)


def _system(place: Place, sizes: Sizes, world: World) -> System:
    meter = place.meter
    grid = meter.grid
    if grid is not None:
        grid = replace(grid, sell=np.full(meter.slots, world.sell))
    assets = tuple(_sized(asset, sizes, world) for asset in meter.assets)
    return System((replace(meter, load=meter.load * world.load, grid=grid, assets=assets),))


def _sized(asset: Asset, sizes: Sizes, world: World) -> Asset:
    found: dict[str, Any] = {}
    match asset:
        case Solar():
            found = {"kw": sizes.sun_kw * world.sun_yield}
        case Battery():
            found = {"kwh": sizes.battery_kwh, "kw": sizes.battery_kw, "least": world.reserve}
        case Fleet():
            found = {"discharge_kw": sizes.car_discharge_kw}
        case Processing():
            found = {"kw": sizes.unit_kw}
        case Hydrogen():
            found = {name: getattr(sizes, name) for name in ("electrolyser_kw", "tank_kwh", "fuel_cell_kw")}
        case HeatPump():
            found = {"kw": sizes.heat_pump_kw, "buffer_kwh": sizes.buffer_kwh}
    return replace(asset, **found)


def _year(place: Place, plan: Plan, sizes: Sizes, world: World) -> Year:
    meter, hours = plan.system.meters[0], plan.system.hours
    flow = {name: plan.flow(f"m/{name}") for name in ("buy", "sell", "sun/used")}
    made = place.bill(flow["buy"])
    solar = next(asset for asset in meter.assets if isinstance(asset, Solar))
    possible = float(solar.per_kw.sum()) * sizes.sun_kw * world.sun_yield * hours
    sun = float(flow["sun/used"].sum()) * hours
    sold = float(flow["sell"].sum()) * hours
    asked = money.electricity(plan, meter) + place.fixed
    return Year(
        float(made.total), money.sold(plan, meter), money.work(plan, meter), float(flow["buy"].max()),
        float(flow["buy"].sum()) * hours, sold, sun, max(0.0, possible - sun), plan.unserved,
        outages(plan, meter, place.critical, place.fuel_kwh), asked - float(made.unrounded),
        money.fuel(plan, meter), money.burnt(plan, meter),
    )  # fmt: skip

"""What a year of each option does: plan, bill by the bill engine, what is sold, hours in an outage."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from highspy import HighsBasis

from kotsukotsu.energy.bill import Bill
from kotsukotsu.energy.dispatch import money
from kotsukotsu.energy.dispatch.model import (
    Asset,
    Battery,
    Fleet,
    Floats,
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

PHYSICAL = ("sun_yield", "battery_reserve", "sell_yen_per_kwh")  # with another value the year is planned anew


@dataclass(frozen=True, slots=True)
class Place:
    """Where options are built.

    Attributes
    ----------
    meter : Meter
        With sun, battery, cars, unit and hydrogen; their sizes are those of each option.
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

    @classmethod
    def of(cls, assumed: Assumptions, sizes: Sizes) -> World:
        """As far as the sizes ask for it."""
        return cls(
            assumed["sun_yield"] if sizes.sun_kw else 1.0,
            assumed["battery_reserve"] if sizes.battery_kwh else 0.0,
            assumed["sell_yen_per_kwh"],
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

    @property
    def self_used_kwh(self) -> float:
        """What the sun gave and was not sold. [kWh]"""
        return max(0.0, self.sun_kwh - self.sold_kwh)


class Years:
    """The years of options at a place; each is planned once.

    Parameters
    ----------
    anchor, assumed
        Of the first programme, from whose end all others begin.
    each : callable
        Called after every plan.
    """

    def __init__(self, place: Place, anchor: Sizes, assumed: Assumptions, each: Callable[[], None]) -> None:
        self.place = place
        self._each = each
        self._again = Again(_system(place, anchor, World.of(assumed, anchor)))
        self._found: dict[tuple[Sizes, World], Year] = {}
        self._ends: dict[tuple[Sizes, World], HighsBasis] = {}

    def year(self, sizes: Sizes, assumed: Assumptions) -> Year:
        """The year of what is built."""
        asked = (sizes, World.of(assumed, sizes))
        if asked not in self._found:
            self._found[asked] = _year(self.place, self._again.optimal(_system(self.place, *asked)), *asked)
            self._ends[asked] = self._again.basis
            self._each()
        return self._found[asked]

    def near(self, sizes: Sizes, assumed: Assumptions) -> None:
        """What comes now differs little from this, which was planned before: begin there."""
        self._again.begin_at(self._ends[(sizes, World.of(assumed, sizes))])


def _system(place: Place, sizes: Sizes, world: World) -> System:
    meter = place.meter
    grid = meter.grid
    if grid is not None:
        grid = replace(grid, sell=np.full(meter.slots, world.sell))
    assets = tuple(_sized(asset, sizes, world) for asset in meter.assets)
    return System((replace(meter, grid=grid, assets=assets),))


def _sized(asset: Asset, sizes: Sizes, world: World) -> Asset:
    match asset:
        case Solar():
            return replace(asset, kw=sizes.sun_kw * world.sun_yield)
        case Battery():
            return replace(asset, kwh=sizes.battery_kwh, kw=sizes.battery_kw, least=world.reserve)
        case Fleet():
            return replace(asset, discharge_kw=sizes.car_discharge_kw)
        case Processing():
            return replace(asset, kw=sizes.unit_kw)
        case Hydrogen():
            names = ("electrolyser_kw", "tank_kwh", "fuel_cell_kw")
            return replace(asset, **{name: getattr(sizes, name) for name in names})
    return asset


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
    )  # fmt: skip

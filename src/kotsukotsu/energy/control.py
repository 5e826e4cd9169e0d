"""The controller of a site: what the next half-hours shall do, and what the guard holds meanwhile.

The peak comes before the energy. For every cap, the maximum is sought that each way of the coming day would come to
with what is stored, also where the stores would be empty too early; the cap with the lowest maximum is held. Then
energy is moved at the least cost under the cap, by what is expected in the middle, while the battery keeps what the
worst of the ways, made worse still, would need.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kotsukotsu.energy.dispatch.lp import Floats
from kotsukotsu.energy.forecast import Outlook
from kotsukotsu.energy.peaks import Store, cap, needed
from kotsukotsu.energy.requests import Asked
from kotsukotsu.energy.rolling import LENGTH, Ahead, Equipment, Orders, Planner

CARS_AHEAD = 36  # half-hours in which what cars carry away is not counted as theirs to give


@dataclass(frozen=True, slots=True)
class Rule:
    """How a controller behaves; the numbers were set as `benchmarks/energy_control.py` says.

    Parameters
    ----------
    target : float
        Maximum that it aims at before any is incurred; one that was set after the year was looked at says nothing
        about other years. [kW]
    guarded : bool
        Whether the guard works inside the half-hour.
    careful : bool
        Whether cap and reserve are sought on all ways and purchases kept level; else the plan follows what is expected
        and the guard holds the maximum incurred.
    share : float
        Share of the ways on which the maximum that a cap comes to shall be lowest: fewer than half, for a cap that
        proves too low is raised by the next plan, one that was too high has been paid for. [1]
    more, darker : float
        By how much the load is more and the sun less than on each way, for what the battery keeps. [1]
    sunny : float
        Share of the ways whose sun is no more than what energy is planned by: room in the battery costs little, and
        sun that finds none is lost. [1]
    """

    target: float = 0.0
    guarded: bool = True
    careful: bool = True
    share: float = 0.25
    more: float = 0.1
    darker: float = 0.5
    sunny: float = 0.75


@dataclass(frozen=True, slots=True)
class Seen:
    """What is known when a plan is made.

    Parameters
    ----------
    battery, cars : float
        Contents. [kWh]
    load, sun : array
        Measured in the present period, of which only what lies before the plan is looked at. [kW]
    incurred : float
        The largest maximum until now. [kW]
    """

    battery: float
    cars: float
    load: Floats
    sun: Floats
    incurred: float


@dataclass(frozen=True, slots=True)
class Decision:
    """Orders of the next half-hours, and the maximum that the guard holds. [kW]"""

    orders: Orders
    limit: float


class Controller:
    """Plans of a site, each from what is known by then."""

    def __init__(self, site: Equipment, load: Outlook, sun: Outlook, rule: Rule) -> None:
        self.site, self.rule = site, rule
        self._load, self._sun = load, sun
        self._planner = Planner(site, steady=rule.careful)

    def prices(self, slot: int) -> Floats:
        """What a bought kWh costs in the half-hours from `slot` on. [yen/kWh]"""
        made: Floats = self.site.grid.buy[self._places(slot)]
        return made

    def standing(self, slot: int, seen: Seen) -> Floats:
        """Purchases that are expected if no store does anything. [kW]"""
        load, sun = (one.ways(slot, LENGTH, given).mean(axis=0)
                     for one, given in ((self._load, seen.load), (self._sun, seen.sun)))  # fmt: skip
        made: Floats = np.maximum(load - sun, 0.0)
        return made

    def decide(self, slot: int, seen: Seen, asked: Asked | None = None) -> Decision:
        """What the half-hours from `slot` on shall do, and what requests ask of them."""
        load = self._load.ways(slot, LENGTH, seen.load)
        sun = self._sun.ways(slot, LENGTH, seen.sun)
        incurred = max(seen.incurred, self.rule.target)
        if not self.rule.careful:
            ahead = self._ahead(slot, load.mean(axis=0), sun.mean(axis=0), asked)
            return self._decision(self._planner.plan(ahead, seen.battery, seen.cars, incurred), incurred)
        load = load[np.arange(len(sun)) % len(load)]
        held, *kept = self._reserved(slot, load, sun, seen, incurred)
        ahead = self._ahead(slot, load.mean(axis=0), np.quantile(sun, self.rule.sunny, axis=0), asked)
        return self._decision(self._planner.plan(ahead, seen.battery, seen.cars, held, incurred, *kept), held)

    def _decision(self, orders: Orders, limit: float) -> Decision:
        return Decision(orders, limit if self.rule.guarded else float("inf"))

    def _reserved(
        self, slot: int, load: Floats, sun: Floats, seen: Seen, incurred: float
    ) -> tuple[float, Floats, Floats]:
        """The cap [kW], and what battery and cars keep after each half-hour [kWh]."""
        site, battery = self.site, self.site.battery
        least = battery.least * site.battery_kwh
        room = site.battery_kwh - least
        alone = Store(room, site.battery_kw, site.battery_kw, battery.efficiency, site.hours)
        cars, give = self._cars(slot, seen.cars)
        both = Store(room + cars, site.battery_kw, site.battery_kw + give, battery.efficiency, site.hours)
        held = cap(load - sun, max(0.0, seen.battery - least) + cars, incurred, both, self.rule.share)
        worse = load * (1 + self.rule.more) - sun * (1 - self.rule.darker)
        need = needed(worse, held, alone).max(axis=0)[1:]
        return held, np.minimum(need, room) + least, self._beyond(slot, np.maximum(need - room, 0.0))

    def _beyond(self, slot: int, need: Floats) -> Floats:
        """What cars hold after each half-hour so that they can give what the battery cannot. [kWh]"""
        cars, places = self.site.cars, self._places(slot)
        if not cars.discharge_kw or not need.any():
            return np.zeros(LENGTH)
        plugged = cars.plugged[places]
        gone = np.cumsum(cars.leaving[places] - cars.returning[places])
        asked = gone + cars.least * cars.kwh * plugged
        bound = np.array([asked[at : at + CARS_AHEAD].max() - gone[at] for at in range(LENGTH)])
        made: Floats = np.where(need > 0, np.minimum(np.maximum(bound, 0.0) + need, plugged * cars.kwh), 0.0)
        return made

    def _cars(self, slot: int, content: float) -> tuple[float, Floats]:
        """What parked cars can give before they must leave with it [kWh], and with what power [kW]."""
        cars = self.site.cars
        places = self._places(slot)
        plugged = cars.plugged[places]
        moved = cars.returning[places] - cars.leaving[places]
        left = (content + np.minimum(np.cumsum(moved), 0.0) - cars.least * cars.kwh * plugged)[:CARS_AHEAD].min()
        usable = max(0.0, float(left)) * cars.efficiency if cars.discharge_kw else 0.0
        return usable, plugged * cars.discharge_kw

    def _places(self, slot: int) -> np.ndarray:
        return np.minimum(slot + np.arange(LENGTH), self.site.meter.slots - 1)

    def _ahead(self, slot: int, load: Floats, sun: Floats, asked: Asked | None) -> Ahead:
        grid, cars, places = self.site.grid, self.site.cars, self._places(slot)
        sell = grid.sell[places] if grid.sell is not None else np.zeros(LENGTH)
        given = (grid.buy[places], None, None) if asked is None else (asked.buy, asked.least, asked.most)
        buy, least, most = given
        return Ahead(load, sun, buy, sell, cars.plugged[places], cars.leaving[places], cars.returning[places],
                     cars.discharge_kw > 0, least, most)  # fmt: skip

"""What battery and cars hold, and what a half-hour makes of it when orders meet what really comes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kotsukotsu.energy.dispatch.lp import Floats
from kotsukotsu.energy.dispatch.model import fixed
from kotsukotsu.energy.guard import BATTERY, CARS, UNIT, V2X, Means, actions
from kotsukotsu.energy.rolling import Equipment, Orders


@dataclass(slots=True)
class Tape:
    """What each half-hour did. [kW]"""

    grid: Floats
    discharge: Floats
    cars_discharge: Floats
    work: Floats
    short: Floats

    @classmethod
    def of(cls, slots: int) -> Tape:
        """Nothing yet."""
        return cls(*(np.zeros(slots) for _ in range(5)))


class Contents:
    """Contents of battery and cars, and what a half-hour makes of them. [kWh]"""

    def __init__(self, site: Equipment, battery: float, cars: float, *, spared: bool) -> None:
        self.spared = spared
        self.site, self.battery, self.cars = site, battery, cars
        self._kwh, self._kw = site.battery_kwh, site.battery_kw

    def step(self, slot: int, net: float, orders: Orders, limit: float, tape: Tape) -> float:
        """Do a half-hour; what was bought. [kW]"""
        tape.short[slot] = self._arrivals(slot)
        given = self._battery(float(orders.discharge[0] - orders.charge[0]))
        ev = self._car_charge(slot, float(orders.cars_charge[0] - orders.cars_discharge[0]))
        work = float(orders.work[0])
        rest = net + ev + work
        if self.spared and given > 0:  # less load than planned: the battery is spared, not the grid
            given = min(given, max(0.0, rest - float(orders.buy[0])))
        if rest < given:  # more than is needed: nothing stored is sold, and what is over is stored
            given = self._battery(max(rest, -self._kw) if rest < 0 else rest)
        bought = rest - given
        if bought > limit:
            ev, work, given = self._guarded(slot, bought, limit, ev, work, given)
        self._store(given, ev)
        tape.grid[slot] = net + ev + work - given
        tape.discharge[slot], tape.cars_discharge[slot], tape.work[slot] = max(given, 0.0), max(-ev, 0.0), work
        return max(0.0, float(tape.grid[slot]))

    def _arrivals(self, slot: int) -> float:
        """Cars come and go; what those that go lack."""
        cars = self.site.cars
        self.cars += cars.returning[slot] - cars.leaving[slot]
        short = max(0.0, cars.least * cars.kwh * cars.plugged[slot] - self.cars)
        self.cars += short
        return float(short)

    def _battery(self, kw: float) -> float:
        """The power that the battery can give (+) or take (-). [kW]"""
        hours, efficiency = self.site.hours, self.site.battery.efficiency
        least = self.site.battery.least * self._kwh
        most = min(self._kw, max(0.0, self.battery - least) * efficiency / hours)
        room = min(self._kw, max(0.0, self._kwh - self.battery) / efficiency / hours)
        return float(np.clip(kw, -room, most))

    def _car_charge(self, slot: int, kw: float) -> float:
        """The power that the cars can take (+) or give (-). [kW]"""
        cars, hours = self.site.cars, self.site.hours
        plugged = float(cars.plugged[slot])
        room = min(plugged * fixed(cars.charge_kw), max(0.0, plugged * cars.kwh - self.cars) / cars.efficiency / hours)
        most = max(0.0, self.cars - cars.least * cars.kwh * plugged) * cars.efficiency / hours
        return float(np.clip(kw, -min(plugged * cars.discharge_kw, most), room))

    def _guarded(
        self, slot: int, bought: float, limit: float, ev: float, work: float, given: float
    ) -> tuple[float, float, float]:
        more = self._battery(self._kw) - given
        means = Means(max(ev, 0.0), work, max(more, 0.0), max(0.0, min(ev, 0.0) - self._car_charge(slot, -1e9)))
        done = actions(0.0, 0.0, bought, limit, means)
        ev -= done.get(CARS, 0.0) + done.get(V2X, 0.0)
        return ev, work - done.get(UNIT, 0.0), given + done.get(BATTERY, 0.0)

    def _store(self, given: float, ev: float) -> None:
        battery, cars, hours = self.site.battery, self.site.cars, self.site.hours
        self.battery -= hours * (given / battery.efficiency if given > 0 else given * battery.efficiency)
        self.cars += hours * (ev * cars.efficiency if ev > 0 else ev / cars.efficiency)

"""One look at a running half-hour: from what devices say to what each store shall do until it ends.

The controller plans as it does in a backtest. The guard then looks at what was bought since the half-hour began, lets
go of the charging of cars that can wait, has batteries and cars give what they can, and last lets go of charging that
cannot wait, before the mean passes the limit. A request of a VTN changes the plan of its half-hours and the limit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from kotsukotsu.energy.control import Controller, Decision, Seen
from kotsukotsu.energy.dispatch.lp import Floats
from kotsukotsu.energy.forecast import Loads, Suns, loads, suns
from kotsukotsu.energy.guard import BATTERY, CARS, MINUTES, URGENT, V2X, Means, actions, expected
from kotsukotsu.energy.requests import NOTHING, Asked, Requests, asked
from kotsukotsu.energy.slots import PER_DAY, Ints

AHEAD_DAYS = 3  # that a plan may reach
LITTLE = 0.001  # [kW]
FAR = float("inf")  # when a car leaves that stays


@dataclass(frozen=True, slots=True)
class Store:
    """A battery or a car that answered.

    Parameters
    ----------
    kwh, content, least : float
        Capacity, what is in it, and what stays in it. [kWh]
    charge_kw, discharge_kw : float
        The most that it takes and gives. [kW]
    power : float
        What it does now, charging above zero. [kW]
    wanted : float
        What must be in it when it leaves. [kWh]
    leaves : float, optional
        Until then; None if it stays. [h]
    """

    device_id: str
    is_car: bool
    kwh: float
    content: float
    least: float
    charge_kw: float
    discharge_kw: float
    power: float
    efficiency: float
    wanted: float = 0.0
    leaves: float | None = None

    def takes(self, hours: float) -> float:
        """What it can take for so long. [kW]"""
        return min(self.charge_kw, max(0.0, self.kwh - self.content) / self.efficiency / hours)

    def gives(self, hours: float) -> float:
        """What it can give for so long and still leave with what is wanted. [kW]"""
        kept = self.least if self.leaves is None else max(self.least, self.wanted - self._later(hours))
        return min(self.discharge_kw, max(0.0, self.content - kept) * self.efficiency / hours)

    def urgent(self, hours: float) -> float:
        """What it must take for so long, because there is too little time for it afterwards. [kW]"""
        if self.leaves is None:
            return 0.0
        lacking = max(0.0, self.wanted - self.content - self._later(hours)) / self.efficiency / min(hours, self.leaves)
        return min(lacking, self.takes(hours))

    @property
    def short(self) -> float:
        """What it will lack when it leaves, however it is charged. [kWh]"""
        return 0.0 if self.leaves is None else max(0.0, self.wanted - self.content - self._later(0.0))

    def _later(self, hours: float) -> float:
        """What can be charged after so long until it leaves. [kWh]"""
        return self.charge_kw * self.efficiency * max(0.0, (self.leaves or 0.0) - hours)


@dataclass(frozen=True, slots=True)
class Now:
    """What is known at a moment of the half-hour `slot` of the day.

    Attributes
    ----------
    elapsed : float
        Since it began. [min]
    bought : float, optional
        Present purchase, sold power below zero; None if no device says it. [kW]
    kwh : float
        Bought since the half-hour began.
    load, sun : array
        Of the half-hours of the day that are over. [kW]
    incurred : float
        The largest maximum until now. [kW]
    booked : bool
        Whether cars charge as the plan says, for their bookings are known; else they charge as soon as they can.
    requests : Requests
        What is asked for from this half-hour on.
    """

    slot: int
    elapsed: float
    bought: float | None
    kwh: float
    stores: Sequence[Store]
    load: Floats
    sun: Floats
    incurred: float
    booked: bool = False
    requests: Requests = NOTHING


@dataclass(frozen=True, slots=True)
class Step:
    """What is to be done until the half-hour ends.

    Attributes
    ----------
    orders : mapping
        Of each store, charging above zero. [kW]
    limit : float
        The mean that the half-hour shall not pass. [kW]
    without, mean : float
        The mean of the half-hour by the plan alone, and with what the guard does about it. [kW]
    asked : Asked
        What requests make of the coming half-hours.
    """

    orders: Mapping[str, float]
    limit: float
    without: float
    mean: float
    asked: Asked

    @property
    def over(self) -> float:
        """By how much the limit is passed although everything is done. [kW]"""
        return max(0.0, self.mean - self.limit)


def outlooks(load: Floats, sun: Floats, free: Ints, ahead: Ints) -> tuple[Loads, Suns]:
    """What today and the days after it may bring, from the days before.

    Parameters
    ----------
    load, sun : array
        Half-hours of whole days, the last of them as near to yesterday as is known. [kW]
    free, ahead : array of int
        1 for days without work, of these days and of `AHEAD_DAYS` from today on.
    """
    first, none = len(free), np.zeros(len(ahead) * PER_DAY)
    days = np.concatenate([free, ahead])
    return loads(np.concatenate([load, none]), days, np.zeros(len(days)), first), suns(np.append(sun, none), first)


def step(controller: Controller, now: Now) -> Step:
    """The orders of the stores until the half-hour ends."""
    hours = (MINUTES - now.elapsed) / 60
    batteries = [store for store in now.stores if not store.is_car]
    cars = [store for store in now.stores if store.is_car]
    made, found = _decided(controller, now, batteries, cars)
    limit = min(max(made.limit, now.incurred), float(found.most[0]))
    rest = _rest(now, float(made.orders.buy[0] - made.orders.charge[0] + made.orders.discharge[0]))
    ev, urgent = sum(_charged(cars, _wanted(now, made, cars, hours), hours)), sum(car.urgent(hours) for car in cars)
    planned = float(made.orders.discharge[0] - made.orders.charge[0])
    given = _given(planned, rest + ev, float(made.orders.buy[0]), batteries, hours)
    bought = rest + ev - given
    means = Means(ev - urgent, 0.0, max(0.0, _sum(batteries, hours) - given), _sum(cars, hours), urgent)
    done = actions(now.kwh, now.elapsed, bought, limit, means)
    charged = _charged(cars, ev - done.get(CARS, 0.0) - done.get(URGENT, 0.0), hours)
    orders = {
        **_shared(batteries, -given - done.get(BATTERY, 0.0), hours),
        **_mixed(cars, charged, done.get(V2X, 0.0), hours),
    }
    after = bought - sum(done.values())
    mean = expected(now.kwh, now.elapsed, after)
    return Step(orders, limit, expected(now.kwh, now.elapsed, bought), mean, found)


def _decided(
    controller: Controller, now: Now, batteries: Sequence[Store], cars: Sequence[Store]
) -> tuple[Decision, Asked]:
    """The plan, and what requests make of its half-hours."""
    content, in_cars = (sum(store.content for store in stores) for stores in (batteries, cars))
    seen = Seen(content, in_cars if now.booked else 0.0, now.load, now.sun, now.incurred)
    found = asked(now.requests, controller.prices(now.slot), controller.standing(now.slot, seen))
    return controller.decide(now.slot, seen, found), found


def _wanted(now: Now, made: Decision, cars: Sequence[Store], hours: float) -> float:
    """With what power the cars together charge: as planned, at once if nobody knows when they leave. [kW]"""
    return float(made.orders.cars_charge[0]) if now.booked else sum(car.takes(hours) for car in cars)


def _charged(cars: Sequence[Store], kw: float, hours: float) -> list[float]:
    """A power over cars: first what each must have now, then who leaves first. [kW]"""
    urgent = [car.urgent(hours) for car in cars]
    whole = sum(urgent)
    made = urgent if kw >= whole or whole < LITTLE else [one * max(kw, 0.0) / whole for one in urgent]
    left = kw - sum(made)
    for place in sorted(range(len(cars)), key=lambda number: cars[number].leaves or FAR):
        more = min(max(left, 0.0), cars[place].takes(hours) - made[place])
        made[place] += more
        left -= more
    return made


def _mixed(cars: Sequence[Store], charged: Sequence[float], given: float, hours: float) -> dict[str, float]:
    """What cars are charged with; those that are not give what is asked of all. [kW]"""
    idle = [car for car, kw in zip(cars, charged, strict=True) if kw < LITTLE]
    return {car.device_id: kw for car, kw in zip(cars, charged, strict=True)} | _shared(idle, -given, hours)


def _rest(now: Now, foreseen: float) -> float:
    """What the buildings use beyond what the sun gives; as it is foreseen where no device says it. [kW]"""
    return foreseen if now.bought is None else now.bought - sum(store.power for store in now.stores)


def _given(planned: float, need: float, buy: float, batteries: Sequence[Store], hours: float) -> float:
    """What the batteries give, charged below zero: as planned, but no more than is needed, and surplus is stored."""
    most, room = _sum(batteries, hours), sum(store.takes(hours) for store in batteries)
    given = float(np.clip(planned, -room, most))
    if given > 0:
        given = min(given, max(0.0, need - buy))
    if need < given:
        given = max(need, -room)
    return given


def _sum(stores: Sequence[Store], hours: float) -> float:
    return sum(store.gives(hours) for store in stores)


def _shared(stores: Sequence[Store], kw: float, hours: float) -> dict[str, float]:
    """A power over stores, each by what it can. [kW]"""
    can = {store.device_id: store.takes(hours) if kw > 0 else store.gives(hours) for store in stores}
    whole = sum(can.values())
    if abs(kw) < LITTLE or whole < LITTLE:
        return dict.fromkeys(can, 0.0)
    return {name: kw * one / whole for name, one in can.items()}

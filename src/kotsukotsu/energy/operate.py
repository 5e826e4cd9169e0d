"""One look at a running half-hour: from what devices say to what each store shall do until it ends.

The controller plans as it does in a backtest. The guard then looks at what was bought since the half-hour began, lets
go of the charging of cars, and has batteries and cars give what they can, before the mean passes the limit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from kotsukotsu.energy.control import Controller, Seen
from kotsukotsu.energy.dispatch.lp import Floats
from kotsukotsu.energy.forecast import Loads, Suns, loads, suns
from kotsukotsu.energy.guard import BATTERY, CARS, MINUTES, V2X, Means, actions, expected
from kotsukotsu.energy.slots import PER_DAY, Ints

AHEAD_DAYS = 3  # that a plan may reach
LITTLE = 0.001  # [kW]


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

    def takes(self, hours: float) -> float:
        """What it can take for so long. [kW]"""
        return min(self.charge_kw, max(0.0, self.kwh - self.content) / self.efficiency / hours)

    def gives(self, hours: float) -> float:
        """What it can give for so long. [kW]"""
        return min(self.discharge_kw, max(0.0, self.content - self.least) * self.efficiency / hours)


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
    """

    slot: int
    elapsed: float
    bought: float | None
    kwh: float
    stores: Sequence[Store]
    load: Floats
    sun: Floats
    incurred: float


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
    """

    orders: Mapping[str, float]
    limit: float
    without: float
    mean: float

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
    content = sum(store.content for store in batteries)
    made = controller.decide(now.slot, Seen(content, 0.0, now.load, now.sun, now.incurred))
    limit = max(made.limit, now.incurred)
    rest = _rest(now, float(made.orders.buy[0] - made.orders.charge[0] + made.orders.discharge[0]))
    ev = sum(store.takes(hours) for store in cars)
    planned = float(made.orders.discharge[0] - made.orders.charge[0])
    given = _given(planned, rest + ev, float(made.orders.buy[0]), batteries, hours)
    bought = rest + ev - given
    means = Means(ev, 0.0, max(0.0, _sum(batteries, hours) - given), _sum(cars, hours))
    done = actions(now.kwh, now.elapsed, bought, limit, means)
    charged = ev - done.get(CARS, 0.0) - done.get(V2X, 0.0)
    orders = {**_shared(batteries, -given - done.get(BATTERY, 0.0), hours), **_shared(cars, charged, hours)}
    after = bought - sum(done.values())
    return Step(orders, limit, expected(now.kwh, now.elapsed, bought), expected(now.kwh, now.elapsed, after))


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

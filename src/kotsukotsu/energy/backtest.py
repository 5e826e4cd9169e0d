"""A year under control, beside doing nothing and beside knowing everything beforehand; the difference is the regret."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from kotsukotsu.energy.dispatch.lp import Floats
from kotsukotsu.energy.dispatch.model import System
from kotsukotsu.energy.dispatch.solve import Plan, optimal
from kotsukotsu.energy.forecast import Forecast
from kotsukotsu.energy.guard import BATTERY, CARS, UNIT, V2X, Means, actions
from kotsukotsu.energy.rolling import LENGTH, Ahead, Equipment, Orders, Planner, equipment
from kotsukotsu.energy.slots import PER_DAY

# What a kWh costs that a car must charge elsewhere because it left with too little; an assumption. [yen/kWh]
OUTSIDE = 60.0
NOTHING, PERSISTENCE, CONTROLLER, FORESIGHT = "nothing", "persistence", "controller", "foresight"


@dataclass(frozen=True, slots=True)
class Rule:
    """How a controller behaves.

    Parameters
    ----------
    target : float
        Maximum that it aims at before any is incurred; one that was set after the year was looked at says nothing
        about other years. [kW]
    caution : float
        How far it plans for more than the median: 0 the median, 1 the upper forecast. [1]
    every : int
        Half-hours between plans.
    guarded : bool
        Whether the guard works inside the half-hour.
    reserve : float
        Share of the battery that plans leave to the guard. [1]
    steady : bool
        Whether plans keep purchases level and energy as long as they can, and orders follow what is bought.
    """

    target: float = 0.0
    caution: float = 1.0
    every: int = 1
    guarded: bool = True
    reserve: float = 0.0
    steady: bool = True


@dataclass(frozen=True, slots=True)
class Result:
    """A year as it went.

    Attributes
    ----------
    grid : array
        Bought (+) and sold (-). [kW]
    contract : float
        Largest maximum. [kW]
    parts : mapping
        ``demand``, ``energy``, ``sold``, ``wear``, ``work``, ``short``. [yen]
    short_kwh : float
        Energy that cars lacked at departure.
    """

    grid: Floats
    contract: float
    parts: Mapping[str, float]
    short_kwh: float

    @property
    def cost(self) -> float:
        """All parts. [yen]"""
        return sum(self.parts.values())


@dataclass(slots=True)
class _Tape:
    """What each half-hour did. [kW]"""

    grid: Floats
    discharge: Floats
    cars_discharge: Floats
    work: Floats
    short: Floats


def controlled(
    system: System, load: Forecast, sun: Forecast, rule: Rule, each_day: Callable[[], object] | None = None
) -> Result:
    """A year of plans and guard; the forecasts are all that plans know of it.

    Parameters
    ----------
    each_day : callable, optional
        Called when a day begins, for a bar that shows how far it is.

    Notes
    -----
    In each half-hour the orders of the last plan are adapted to what really comes: what the sun gives beyond the load
    goes into the battery, what is bought beyond the limit is held by the guard.
    """
    site = equipment(system)
    meter, slots = site.meter, site.meter.slots
    planner = Planner(_cautious(site, rule), steady=rule.steady)
    sun_kw = site.sun.per_kw * site.sun_kw
    state = _State(site, 0.5 * site.battery_kwh, 0.7 * site.cars.kwh * float(site.cars.plugged[0]), steady=rule.steady)
    tape = _Tape(*(np.zeros(slots) for _ in range(5)))
    floor, orders, made_at = rule.target, None, 0
    for slot in range(slots):
        if each_day and slot % PER_DAY == 0:
            each_day()
        if orders is None or slot - made_at >= rule.every:
            ahead = _ahead(site, load, sun, slot, meter.load, sun_kw, rule.caution)
            orders, made_at = planner.plan(ahead, state.battery, state.cars, floor), slot
        limit = _limit(rule, floor, orders)
        bought = state.step(slot, meter.load[slot] - sun_kw[slot], orders, slot - made_at, limit, tape)
        floor = max(floor, bought)
    return _result(site, tape)


def _limit(rule: Rule, floor: float, orders: Orders) -> float:
    """What the guard holds: the maximum incurred or aimed at, or what the plan itself cannot stay below.

    A target that cannot be kept would empty the battery before the day's maximum.
    """
    if not rule.guarded:
        return float("inf")
    held = max(floor, rule.target)
    return max(held, float(orders.buy.max())) if rule.steady else held


def foresight(system: System) -> tuple[Result, Plan]:
    """The best that could have been done, which no controller reaches."""
    plan = optimal(system)
    site = equipment(system)
    name, flow = site.meter.name, plan.flow
    tape = _Tape(
        flow(f"{name}/buy") - flow(f"{name}/sell"), flow(f"{name}/{site.battery.name}/discharge"),
        flow(f"{name}/{site.cars.name}/discharge"), flow(f"{name}/{site.unit.name}/work"),
        flow(f"{name}/{site.cars.name}/short"),
    )  # fmt: skip
    return _result(site, tape), plan


def nothing(system: System) -> Result:
    """Without control: no battery, no unit; cars charge as soon as they are plugged in."""
    site = equipment(system)
    meter, cars, slots = site.meter, site.cars, site.meter.slots
    sun_kw = site.sun.per_kw * site.sun_kw
    content, tape = cars.kwh * float(cars.plugged[0]), _Tape(*(np.zeros(slots) for _ in range(5)))
    for slot in range(slots):
        most = cars.plugged[slot] * cars.kwh
        content += cars.returning[slot] - cars.leaving[slot]
        least = cars.least * cars.kwh * cars.plugged[slot]
        tape.short[slot] = max(0.0, least - content) if cars.leaving[slot] else 0.0
        content += tape.short[slot]
        kw = min(cars.plugged[slot] * cars.charge_kw, max(0.0, most - content) / (cars.efficiency * site.hours))
        content = min(most, content + kw * cars.efficiency * site.hours)
        tape.grid[slot] = meter.load[slot] - sun_kw[slot] + kw
    return _result(site, tape)


def regret(results: Mapping[str, Result]) -> dict[str, float]:
    """How much dearer each is than knowing everything. [yen]"""
    best = results[FORESIGHT].cost
    return {name: result.cost - best for name, result in results.items()}


def closed(results: Mapping[str, Result]) -> float | None:
    """Share of the gap from yesterday's forecast to knowing everything that the controller closes. [1]

    None if there is no gap.
    """
    gap = regret(results)
    return 1 - gap[CONTROLLER] / gap[PERSISTENCE] if gap[PERSISTENCE] > 0 else None


class _State:
    """Contents of battery and cars, and what a half-hour makes of them. [kWh]"""

    def __init__(self, site: Equipment, battery: float, cars: float, *, steady: bool) -> None:
        self.steady = steady
        self.site, self.battery, self.cars = site, battery, cars
        self._kwh, self._kw = site.battery_kwh, site.battery_kw

    def step(self, slot: int, net: float, orders: Orders, age: int, limit: float, tape: _Tape) -> float:
        """Do a half-hour; what was bought. [kW]"""
        tape.short[slot] = self._arrivals(slot)
        given = self._battery(float(orders.discharge[age] - orders.charge[age]))
        ev = self._car_charge(slot, float(orders.cars_charge[age] - orders.cars_discharge[age]))
        work = float(orders.work[age])
        rest = net + ev + work
        if self.steady and given > 0:  # less load than planned: the battery is spared, not the grid
            given = min(given, max(0.0, rest - float(orders.buy[age])))
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
        room = min(plugged * cars.charge_kw, max(0.0, plugged * cars.kwh - self.cars) / cars.efficiency / hours)
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


def _cautious(site: Equipment, rule: Rule) -> Equipment:
    """For plans the battery keeps a reserve that only the guard uses."""
    return replace(site, battery=replace(site.battery, least=max(site.battery.least, rule.reserve)))


def _ahead(
    site: Equipment, load: Forecast, sun: Forecast, slot: int, seen: Floats, sun_seen: Floats, caution: float
) -> Ahead:
    places = np.minimum(slot + np.arange(LENGTH), site.meter.slots - 1)
    middle, high = load.window(slot, LENGTH, seen)
    clear, _ = sun.window(slot, LENGTH, sun_seen)
    low = sun.low.ravel()[places]
    grid, cars = site.grid, site.cars
    sell = grid.sell if grid.sell is not None else np.zeros(site.meter.slots)
    return Ahead(
        middle + caution * (high - middle), clear + caution * (np.minimum(low, clear) - clear), grid.buy[places],
        sell[places], cars.plugged[places], cars.leaving[places], cars.returning[places],
    )  # fmt: skip


def _result(site: Equipment, tape: _Tape) -> Result:
    grid, hours = site.grid, site.hours
    bought, sold = np.maximum(tape.grid, 0.0), np.maximum(-tape.grid, 0.0)
    price = float(grid.contract.prices.sum()) if grid.contract else 0.0
    parts = {
        "demand": price * float(bought.max()),
        "energy": float((bought * grid.buy).sum()) * hours,
        "sold": -float((sold * grid.sell).sum()) * hours if grid.sell is not None else 0.0,
        "wear": hours * float(site.battery.wear * tape.discharge.sum() + site.cars.wear * tape.cars_discharge.sum()),
        "work": -hours * site.unit.yen_per_kwh * float(tape.work.sum()),
        "short": OUTSIDE * float(tape.short.sum()),
    }
    return Result(tape.grid, float(bought.max()), parts, float(tape.short.sum()))

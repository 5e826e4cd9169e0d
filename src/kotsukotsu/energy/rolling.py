"""The controller: a plan of the next day and a half from the present contents, made again and again.

One programme is built; each plan changes its numbers and starts from the basis of the plan before.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import highspy
import numpy as np

from kotsukotsu.energy.dispatch.blocks import Built
from kotsukotsu.energy.dispatch.build import built
from kotsukotsu.energy.dispatch.lp import INFINITE, Floats
from kotsukotsu.energy.dispatch.model import (
    Battery,
    Choice,
    Contract,
    Fleet,
    Grid,
    Meter,
    Processing,
    Solar,
    System,
    fixed,
)
from kotsukotsu.energy.dispatch.solve import solver
from kotsukotsu.energy.refusals import StudyError

LENGTH = 64
# Small prices that settle what money leaves open: purchases are kept level above the maximum incurred [yen/kW] and
# energy is held as long as it can be [yen/kWh and half-hour], so that a wrong forecast finds the store full.
LEVEL, HOLD = 20.0, 0.005
# What energy in cars is worth at the end of a plan, of what a kWh usually costs: a little more than charging takes, so
# that cars that stand idle are filled when power costs no more than usual. They give before the battery does, for they
# give with little power. [1]
FULL = 1.05
# What a kWh costs that the battery lacks of what it shall keep, in each half-hour: more than any use of it earns, far
# less than a kW of the maximum. [yen/kWh]
LACK = 30.0
# What a kWh costs that is bought beyond what a request of a VTN asks for: more than any use of stored energy earns.
MISSED = 2000.0  # [yen/kWh]
LEVELLED, KEPT, CARS_KEPT, ASKED = "m/level", "m/battery/kept", "m/cars/kept", "m/asked"


@dataclass(frozen=True, slots=True)
class Equipment:
    """A site with one meter, as the controller knows it: the meter's assets by kind."""

    meter: Meter
    sun: Solar
    battery: Battery
    cars: Fleet
    unit: Processing
    hours: float

    grid: Grid
    sun_kw: float
    battery_kwh: float
    battery_kw: float


def equipment(system: System) -> Equipment:
    """One of each kind; what the site does not have is there with the size of nothing.

    Raises
    ------
    StudyError
        ED-11 a meter without a grid or a size that is still open: nothing to control.
    """
    meter = system.meters[0]
    none = np.zeros(meter.slots)
    kinds: dict[type, Any] = {type(asset): asset for asset in meter.assets}
    sun, battery = kinds.get(Solar, Solar("sun", none, 0.0)), kinds.get(Battery, Battery("battery", 0.0, 0.0))
    cars = kinds.get(Fleet, Fleet("cars", none, none, none, 1.0, 0.0, 0.0))
    unit = kinds.get(Processing, Processing("unit", 0.0, 0.0))
    sizes = (sun.kw, battery.kwh, battery.kw)
    if meter.grid is None or any(isinstance(size, Choice) for size in sizes):
        raise StudyError("ED-11", name=meter.name)
    return Equipment(meter, sun, battery, cars, unit, system.hours, meter.grid, *map(float, sizes))


@dataclass(frozen=True, slots=True)
class Ahead:
    """What a plan of the next half-hours rests on. [kW, yen/kWh]

    Parameters
    ----------
    emptied : bool
        Whether cars can give, so that those that leave take no more with them than they must; else a store that they
        left may hold what they took.
    least, most : array, optional
        Purchases that are asked for. [kW]
    """

    load: Floats
    sun: Floats
    buy: Floats
    sell: Floats
    plugged: Floats
    leaving: Floats
    returning: Floats
    emptied: bool = True
    least: Floats | None = None
    most: Floats | None = None


@dataclass(frozen=True, slots=True)
class Orders:
    """What the first half-hours shall do. [kW]"""

    charge: Floats
    discharge: Floats
    cars_charge: Floats
    cars_discharge: Floats
    work: Floats
    buy: Floats


class Planner:
    """The programme of the window and its solver."""

    def __init__(self, site: Equipment, *, steady: bool = True, length: int = LENGTH) -> None:
        self.site, self.length = site, length
        self._made = _programme(site, length, LEVEL if steady else 0.0)
        self._solver = solver(self._made.programme)
        self._places = {name: places.astype(np.int32) for name, places in self._made.flows.items()}
        usual = float(np.median(site.grid.buy))
        self._worth = {
            "battery": _worth(length, HOLD if steady else 0.0, usual),
            "cars": _worth(
                length, HOLD / 2 if steady else 0.0, usual * (FULL / site.cars.efficiency if steady else 1.0)
            ),
        }
        self._rows = {name: rows.astype(np.int32) for name, rows in self._made.rows.items()}

    def plan(
        self, ahead: Ahead, battery_kwh: float, cars_kwh: float, cap: float, incurred: float = 0.0,
        kept: Floats | None = None, cars_kept: Floats | None = None,
    ) -> Orders:  # fmt: skip
        """The orders of least cost from these contents.

        Parameters
        ----------
        cap : float
            What may be bought without paying for a higher maximum. [kW]
        incurred : float
            The maximum incurred, below which purchases need not be level. [kW]
        kept, cars_kept : array, optional
            What the battery and the cars shall hold after each half-hour, if they can. [kWh]
        """
        self._set(ahead, battery_kwh, cars_kwh)
        self._bounds("m/contract", np.array([cap]), np.array([cap]))
        self._bounds(LEVELLED, np.array([incurred]), np.array([INFINITE]))
        self._sides(KEPT, _or(kept, 0.0, self.length), np.full(self.length, INFINITE))
        self._sides(CARS_KEPT, _or(cars_kept, 0.0, self.length), np.full(self.length, INFINITE))
        self._solver.run()
        if self._solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            self._solver.clearSolver()
            self._solver.run()
        values = np.array(self._solver.getSolution().col_value)
        flows = {name: values[places] for name, places in self._made.flows.items()}
        return Orders(
            flows["m/battery/charge"], flows["m/battery/discharge"], flows["m/cars/charge"],
            flows["m/cars/discharge"], flows["m/unit/work"], flows["m/buy"],
        )  # fmt: skip

    def _set(self, ahead: Ahead, battery_kwh: float, cars_kwh: float) -> None:
        site, hours = self.site, self.site.hours
        self._sides("m/balance", ahead.load, ahead.load)
        for store, content, besides in (
            ("battery", battery_kwh, np.zeros(self.length)), ("cars", cars_kwh, ahead.returning - ahead.leaving)
        ):  # fmt: skip
            side = besides.copy()
            side[0] += content
            self._sides(f"m/{store}/stored", side, side)
        cars, none = site.cars, np.zeros(self.length)
        self._bounds("m/sun/used", none, ahead.sun)
        self._bounds("m/cars/charge", none, ahead.plugged * fixed(cars.charge_kw))
        self._bounds("m/cars/discharge", none, ahead.plugged * cars.discharge_kw)
        most = ahead.plugged if ahead.emptied else np.full(self.length, ahead.plugged.max(initial=0.0))
        self._bounds("m/cars/content", ahead.plugged * cars.kwh * cars.least, most * cars.kwh)
        self._bounds("m/cars/short", none, ahead.leaving)
        self._costs("m/buy", ahead.buy * hours)
        for store in ("battery", "cars"):
            self._costs(f"m/{store}/content", self._worth[store])
        self._costs("m/sell", -ahead.sell * hours)
        self._sides(ASKED, _or(ahead.least, -INFINITE, self.length), _or(ahead.most, INFINITE, self.length))

    def _sides(self, name: str, lower: Floats, upper: Floats) -> None:
        rows = self._rows[name]
        self._solver.changeRowsBounds(len(rows), rows, lower, upper)  # type: ignore[attr-defined]

    def _bounds(self, name: str, lower: Floats, upper: Floats) -> None:
        places = self._places[name]
        self._solver.changeColsBounds(len(places), places, lower, upper)

    def _costs(self, name: str, cost: Floats) -> None:
        places = self._places[name]
        self._solver.changeColsCost(len(places), places, cost)


def _programme(site: Equipment, length: int, levelled: float) -> Built:
    """The window with numbers that every plan replaces."""
    ones, none = np.ones(length), np.zeros(length)
    worth = float(np.median(site.grid.buy))
    price = float(site.grid.contract.prices.sum()) if site.grid.contract else 0.0
    contract = Contract(price, np.zeros(length, np.int64), agreed=1.0, excess=1.0)
    cars = replace(site.cars, name="cars", plugged=ones, leaving=ones, returning=none, start=1.0, end_value=worth)
    assets = (
        Solar("sun", ones, 1.0), replace(site.battery, name="battery", start=1.0, end_value=worth), cars,
        replace(site.unit, name="unit"),
    )  # fmt: skip
    meter = Meter("m", ones, Grid(ones, none, none, contract), assets)
    made = built(System((meter,), hours=site.hours))
    level = made.flow(LEVELLED, 1, size=INFINITE, cost=levelled)
    made.programme.require(length, -INFINITE, 0.0, (made.flows["m/buy"], 1.0), (level, -1.0))
    for row, store in ((KEPT, "battery"), (CARS_KEPT, "cars")):
        lack, content = made.programme.add(length, LACK), made.flows[f"m/{store}/content"]
        made.rows[row] = made.programme.require(length, 0.0, INFINITE, (content, 1.0), (lack, 1.0))
    over, under = (made.programme.add(length, MISSED * site.hours) for _ in range(2))
    made.rows[ASKED] = made.programme.require(
        length, -INFINITE, INFINITE, (made.flows["m/buy"], 1.0), (over, -1.0), (under, 1.0)
    )
    return made


def _worth(length: int, hold: float, end: float) -> Floats:
    """The cost, below zero, of what a store holds after each half-hour. [yen/kWh]"""
    made = np.full(length, -hold)
    made[-1] -= end
    return made


def _or(given: Floats | None, otherwise: float, length: int) -> Floats:
    """The values, or one for all where there are none."""
    return np.full(length, otherwise) if given is None else given

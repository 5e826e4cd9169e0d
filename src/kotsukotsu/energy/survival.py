"""How long critical loads live without the grid, from every half-hour of the year at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from kotsukotsu.energy.refusals import StudyError

Floats = NDArray[np.float64]
HOURS = 0.5
LONGEST = 168.0
NEAR = 1e-6  # of a kWh, to which a file tells sizes; of an hour


@dataclass(frozen=True, slots=True)
class Supply:
    """What an island has.

    Parameters
    ----------
    sun : array
        Generation that does not depend on the grid. [kW]
    kwh, kw : float
        Battery.
    efficiency : float
        One way. [1]
    content : array
        In the battery at each half-hour when the grid fails. [kWh]
    cars_kwh : array, optional
        Energy that the cars then at the plug can give, and stay. [kWh]
    cars_kw : array, optional
        With which power. [kW]
    steady_kw : float
        Fuel cell or generator that runs as long as its fuel lasts. [kW]
    fuel_kwh : float
        Electricity that its fuel gives. [kWh]
    """

    sun: Floats
    kwh: float
    kw: float
    efficiency: float
    content: Floats
    cars_kwh: Floats | None = None
    cars_kw: Floats | None = None
    steady_kw: float = 0.0
    fuel_kwh: float = 0.0


@dataclass(frozen=True, slots=True)
class Survival:
    """Hours from every start, and what people ask of them.

    Attributes
    ----------
    hours : array
        At most `longest`. [h]
    """

    hours: Floats
    longest: float

    @property
    def p10(self) -> float:
        """Nine starts of ten live at least as long. [h]"""
        return float(np.sort(self.hours)[int(0.1 * len(self.hours))])

    @property
    def p50(self) -> float:
        """Half of all starts live at least as long. [h]"""
        return float(np.sort(self.hours)[int(0.5 * len(self.hours))])

    def share(self, hours: float) -> float:
        """Share of the starts that live so long. [1]"""
        return share_alive(self.hours, hours)


def survival(critical: Floats, supply: Supply, longest: float = LONGEST) -> Survival:
    """How long critical loads live for an outage that begins at each half-hour; the year is repeated after its end."""
    return Survival(hours_alive(critical, supply, hours=longest), longest)


def share_alive(alive: Floats, hours: float) -> float:
    """Share of the starts that live so long. [1]"""
    return float((alive >= hours - NEAR).mean())


def hours_alive(critical: Floats, supply: Supply, *, hours: float = LONGEST) -> Floats:
    """Hours lived from each start; a half-hour counts only if all of it was served. [h]

    Notes
    -----
    All starts take the same step together: step k of the start s meets the net load of half-hour s + k, so one pass
    over the steps with whole arrays is enough, and starts that have failed leave the arrays.
    In each half-hour the sun serves first, then the fuel cell, then the cars, then the battery.
    """
    _check(critical, supply)
    count, steps = len(critical), round(hours / HOURS)
    net = np.tile(critical - supply.sun, 2)
    alive, lived = np.arange(count), np.full(count, float(steps))
    state = _State(
        np.minimum(supply.content, supply.kwh).astype(np.float64), _or_none(supply.cars_kwh, count),
        _or_none(supply.cars_kw, count), np.full(count, supply.fuel_kwh),
    )  # fmt: skip
    for step in range(steps):
        fails = state.step(net[(alive + step) % (2 * count)], supply)
        if fails.any():
            lived[alive[fails]] = step
            alive, state = alive[~fails], state.without(fails)
        if not len(alive):
            break
    made: Floats = lived * HOURS
    return made


@dataclass(slots=True)
class _State:
    """Contents of all living starts. [kWh, kW]"""

    battery: Floats
    cars: Floats
    cars_kw: Floats
    fuel: Floats

    def step(self, net: Floats, supply: Supply) -> NDArray[np.bool_]:
        """Serve a half-hour; which starts could not."""
        short = np.maximum(net, 0.0) * HOURS
        if supply.steady_kw:
            given = np.minimum(np.minimum(short, supply.steady_kw * HOURS), self.fuel)
            self.fuel -= given
            short = short - given
        if supply.cars_kwh is not None:
            given = np.minimum(np.minimum(short, self.cars_kw * HOURS), self.cars)
            self.cars -= given
            short = short - given
        given = np.minimum(np.minimum(short, supply.kw * HOURS), self.battery * supply.efficiency)
        surplus = np.minimum(np.maximum(-net, 0.0), supply.kw) * HOURS * supply.efficiency
        self.battery += surplus - given / supply.efficiency
        np.minimum(self.battery, supply.kwh, out=self.battery)
        return short - given > NEAR

    def without(self, failed: NDArray[np.bool_]) -> _State:
        """Only those that live."""
        kept = ~failed
        return _State(self.battery[kept], self.cars[kept], self.cars_kw[kept], self.fuel[kept])


@dataclass(frozen=True, slots=True)
class Critical:
    """A load that shall live in an outage, the most important with the lowest rank. [kW]"""

    name: str
    rank: int
    kw: Floats


def affordable(loads: Sequence[Critical], supply: Supply, hours: float = 72.0, share: float = 0.9) -> list[Critical]:
    """The critical loads, in order of their rank, with which a share of all starts lives so long."""
    ranked = sorted(loads, key=lambda load: load.rank)
    low, high = 0, len(ranked)
    while low < high:  # more loads never live longer
        middle = (low + high + 1) // 2
        total = np.sum([load.kw for load in ranked[:middle]], axis=0)
        lives = share_alive(hours_alive(total, supply, hours=hours), hours) >= share
        low, high = (middle, high) if lives else (low, middle - 1)
    return ranked[:low]


def scaled(supply: Supply, batteries: float) -> Supply:
    """The same island with so many times its battery."""
    return replace(supply, kwh=supply.kwh * batteries, kw=supply.kw * batteries, content=supply.content * batteries)


def _or_none(values: Floats | None, count: int) -> Floats:
    return np.zeros(count) if values is None else values.astype(np.float64).copy()


def _check(critical: Floats, supply: Supply) -> None:
    given = {"critical": critical, "sun": supply.sun, "content": supply.content}
    given |= {name: values for name, values in (("cars_kwh", supply.cars_kwh), ("cars_kw", supply.cars_kw))
              if values is not None}  # fmt: skip
    for name, values in given.items():
        if len(values) != len(critical):
            raise StudyError("ED-02", where=name, count=len(values), slots=len(critical))
        wrong = ~(np.isfinite(values) & (values >= 0))
        if wrong.any():
            place = int(np.argmax(wrong))
            raise StudyError("ED-03", where=name, slot=place + 1, value=values[place])

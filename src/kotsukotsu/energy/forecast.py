"""The coming days as days like them went: many ways that they may go, for one plan.

Only days that were over when the forecast was made are looked at, and of the present period what was measured by then.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from kotsukotsu.energy.refusals import StudyError
from kotsukotsu.energy.slots import PER_DAY

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
QUANTILES = (0.1, 0.5, 0.9)
NEEDED = 60  # days before the first forecast
OVER = 2  # days before a day of which the earliest plan that reaches it knows nothing whole
YEAR = 365
LOADS, SUNS = 14, 28  # like days that are looked at
# Weights of the last days of a kind, how much of what they were off by stays, the share of a day at which half of what
# it is off by is believed, and the most that a day is taken to be more or less than told. [1]
LAST, STAYS, SURE, LEVEL, TINY = np.array([0.2, 0.3, 0.5]), 0.7, 0.3, 2.0, 1e-9
RECENT, FADES = 4, 8.0  # half-hours that tell how far a way is off, and over which that wears off
LATER = 1 / 300  # a day later is as good as so much less difference in warmth [°C/day]
# Daily means above and below which a building is cooled and heated more and more. [°C]
COOLED, HEATED = (18.0, 23.0), (15.0, 8.0)
MEMORY = 400.0  # days over which what a degree did wears off
STIFF = 1.0  # how far a slope needs days that speak for it
CLEAR_DAYS, CLEAR = 25, 0.95  # days of the season, and the share of them, that say what a clear sky gives
SKY = 6  # half-hours that tell how clear the sky is
DARK, STRETCH, ABOVE = 0.05, 6.0, 1.1  # of a clear sky: what no comparison is drawn below, and its largest results


class Outlook(Protocol):
    """What is expected of the next half-hours."""

    def ways(self, slot: int, length: int, seen: Floats) -> Floats:
        """Ways that they may go, one in a row. [kW]

        Parameters
        ----------
        seen : array
            What was measured, of the period whose first half-hour is 0; only ``seen[:slot]`` is looked at.
        """
        ...


@dataclass(frozen=True, slots=True)
class Again:
    """The same as a day before, or as two days before where that day is not over; `before` the period. [kW]"""

    before: Floats

    def ways(self, slot: int, length: int, seen: Floats) -> Floats:
        """One way."""
        known = np.concatenate([self.before, seen[:slot]])
        ahead = np.arange(length)
        made: Floats = known[len(known) + ahead - PER_DAY * (ahead // PER_DAY + 1)][np.newaxis]
        return made


@dataclass(frozen=True)
class Loads:
    """Ways of a load, one in a row; each goes on from where the last days, this day and the last half-hours were.

    Parameters
    ----------
    expected : array
        [kW]
    kinds : array of int, optional
        Kind of each day; all are of one kind where it is left out.
    """

    expected: Floats
    kinds: Ints | None = None

    def ways(self, slot: int, length: int, seen: Floats) -> Floats:
        """Every way, moved by how far it was off."""
        places, day = _places(self.expected, slot, length), slot // PER_DAY
        levels = np.array([self._level(day, one, seen) for one in range(day, places[-1] // PER_DAY + 1)])
        made: Floats = self.expected[:, places] * levels[places // PER_DAY - day]
        start = day * PER_DAY
        if start == slot:
            return made
        told, was = self.expected[:, start:slot] * levels[0], seen[start:slot]
        times = self._more(day, told, was)
        off = was[-RECENT:].mean() - times * told[:, -RECENT:].mean(axis=1)
        today = np.where(places // PER_DAY == day, times[:, np.newaxis], 1.0)
        moved: Floats = made * today + off[:, np.newaxis] * np.exp(-np.arange(length) / FADES)
        above: Floats = np.maximum(moved, 0.0)
        return above

    @cached_property
    def _daily(self) -> Floats:
        """What each whole day is expected to be, in the mean of the ways. [kW x half-hours]"""
        whole = self.expected.shape[1] // PER_DAY * PER_DAY
        made: Floats = self.expected[:, :whole].mean(axis=0).reshape(-1, PER_DAY).sum(axis=1)
        return np.maximum(made, TINY)

    def _level(self, day: int, which: int, seen: Floats) -> float:
        """By how much a day is more than told, as the last days of its kind that are over were. [1]"""
        kinds = np.zeros(len(self._daily), np.int64) if self.kinds is None else self.kinds
        if which >= len(self._daily):
            return 1.0
        over = np.flatnonzero(kinds[:day] == kinds[which])[-len(LAST) :]
        was = np.array([seen[one * PER_DAY : (one + 1) * PER_DAY].sum() for one in over])
        off = float((was / self._daily[over] - 1) @ LAST[len(LAST) - len(over) :])
        return float(np.clip(1 + STAYS * off, 1 / LEVEL, LEVEL))

    def _more(self, day: int, told: Floats, was: Floats) -> Floats:
        """By how much the rest of the day is more than each way, the surer the more of the day is over. [1]"""
        share = told.mean(axis=0).sum() / self._daily[day] if day < len(self._daily) else 1.0
        times = np.clip(was.sum() / np.maximum(told.sum(axis=1), TINY), 1 / LEVEL, LEVEL)
        made: Floats = 1 + (times - 1) * share / (share + SURE)
        return made


@dataclass(frozen=True, slots=True)
class Suns:
    """Ways of the sun, one in a row, and what a clear sky gives; the rest of a day is as clear as it was. [kW]"""

    expected: Floats
    clear: Floats

    def ways(self, slot: int, length: int, seen: Floats) -> Floats:
        """Every way, the rest of the day by the sky of the last hours."""
        places = _places(self.expected, slot, length)
        made = self.expected[:, places]
        first = max(slot // PER_DAY * PER_DAY, slot - SKY)
        clear = float(self.clear[first:slot].sum())
        if clear <= DARK * SKY * float(self.clear[places].max()):
            return made
        was, told = seen[first:slot].sum() / clear, self.expected[:, first:slot].sum(axis=1) / clear
        times = np.clip((was + DARK) / (told + DARK), 1 / STRETCH, STRETCH)
        today = np.minimum(made * times[:, np.newaxis], ABOVE * self.clear[places])
        return np.where(places // PER_DAY == slot // PER_DAY, today, made)


def loads(values: Floats, kinds: Ints, weather: Floats, first: int) -> Loads:
    """The days from number `first` on, each as days of its kind with like weather went.

    What the weather of the like days differs by is made up for by what a degree did in all days of the kind.

    Parameters
    ----------
    values : array
        Half-hours of the days before and of the days that are forecast. [kW]
    kinds : array of int
        Kind of each day (working day, holiday); days of another kind are not compared.
    weather : array
        What the weather forecast says of each day: its mean temperature, or the same for all days. [°C]
    """
    _check(first)
    days, degrees = values.reshape(-1, PER_DAY), _degrees(weather)
    made = []
    for day in range(first, len(days)):
        over = np.arange(day - OVER)
        same = over[kinds[over] == kinds[day]]
        near = _nearest(same, np.abs(weather[same] - weather[day]) + LATER * (day - same), LOADS, day)
        made.append(days[near] + (degrees[day] - degrees[near]) @ _slopes(degrees[same], days[same], day - same))
    return Loads(np.maximum(_joined(made), 0.0), kinds[first:])


def suns(values: Floats, first: int) -> Suns:
    """The days from number `first` on, each as days of its season went, and the clearest of them. [kW]"""
    _check(first)
    days = values.reshape(-1, PER_DAY)
    made, clear = [], []
    for day in range(first, len(days)):
        over = np.arange(day - OVER)
        apart = (day - over) % YEAR
        away = np.minimum(apart, YEAR - apart)
        made.append(days[_nearest(over, away, SUNS, day)])
        season = over[np.argsort(away, kind="stable")[:CLEAR_DAYS]]
        clear.append(np.quantile(days[season], CLEAR, axis=0))
    return Suns(_joined(made), np.concatenate(clear))


def quantiles(ways: Floats) -> Floats:
    """P10, P50 and P90 of every half-hour, in rows. [kW]"""
    made: Floats = np.quantile(ways, QUANTILES, axis=0, method="weibull")
    return made


def _check(first: int) -> None:
    if first < NEEDED:
        raise StudyError("ED-09", days=first, needed=NEEDED)


def _places(expected: Floats, slot: int, length: int) -> Ints:
    made: Ints = np.minimum(slot + np.arange(length), expected.shape[1] - 1)
    return made


def _nearest(days: Ints, away: NDArray[Any], count: int, seed: int) -> Ints:
    """The nearest days in an order of chance, so that a way is not the nearest day again and again."""
    near = days[np.argsort(away, kind="stable")]
    made: Ints = np.random.default_rng(seed).permutation(np.resize(near[:count], count))
    return made


def _joined(days: list[Floats]) -> Floats:
    return np.concatenate(days, axis=1)


def _degrees(weather: Floats) -> Floats:
    """A day in a row: degrees above and below each limit. [°C]"""
    over = [np.clip(weather - limit, 0, None) for limit in COOLED]
    return np.stack([*over, *(np.clip(limit - weather, 0, None) for limit in HEATED)], axis=1)


def _slopes(degrees: Floats, days: Floats, age: Ints) -> Floats:
    """What a degree did to each half-hour of the day, by weighted least squares. [kW/°C]"""
    known = np.column_stack([np.ones(len(degrees)), degrees])
    weighted = known * np.exp(-age / MEMORY)[:, np.newaxis]
    stiff = np.diag([1e-6] + [STIFF] * degrees.shape[1])
    made: Floats = np.linalg.solve(weighted.T @ known + stiff, weighted.T @ days)[1:]
    return made

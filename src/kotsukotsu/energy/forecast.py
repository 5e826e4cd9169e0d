"""The coming days as days like them went: many ways that they may go, for one plan.

Only days that were over when the forecast was made are looked at, and of the present period what was measured by then.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Protocol

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
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
# Weights of the last days of a kind, how much of what they were off by stays, and the most that a day is taken to be
# more or less than told. [1]
LAST, STAYS, LEVEL, TINY = np.array([0.2, 0.3, 0.5]), 0.7, 2.0, 1e-9
LATER = 1 / 300  # a day later is as good as so much less difference in warmth [°C/day]
# Daily means above and below which a building is cooled and heated more and more. [°C]
COOLED, HEATED = (18.0, 23.0), (15.0, 8.0)
MEMORY = 400.0  # days over which what a degree did wears off
STIFF = 1.0  # how far a slope needs days that speak for it
CLEAR_DAYS, CLEAR = 25, 0.95  # days of the season, and the share of them, that say what a clear sky gives
DARK, ABOVE = 0.05, 1.1  # of a clear sky: what no comparison is drawn below, and the most that the sun gives
RECENT = 56  # days that say how the sky changes in the course of a day


@dataclass(frozen=True, slots=True)
class Errors:
    """How far the half-hours of a day are taken to be off before days tell it: as a whole, in runs, each for itself.

    Parameters
    ----------
    whole, run, alone : float
        Standard deviations, of the mean of the day. [1]
    length : float
        Half-hours over which a run wears off.
    days : float
        How many days it weighs.
    """

    whole: float
    run: float
    alone: float
    length: float
    days: float

    def with_days(self, shape: Floats, size: float, off: Floats) -> Floats:
        """The covariance with what the days (rows) were off by, of half-hours that are of this shape and mean."""
        apart = np.abs(np.subtract.outer(np.arange(PER_DAY), np.arange(PER_DAY)))
        run = self.run**2 * np.exp(-apart / self.length) + self.alone**2 * np.eye(PER_DAY)
        told = self.whole**2 * np.outer(shape, shape) + size**2 * run
        made: Floats = (self.days * told + off.T @ off) / (self.days + len(off))
        return made + (ALONE * size) ** 2 * np.eye(PER_DAY)


ALONE = 0.01  # by how much no half-hour follows from others. [1]
OF_LOADS, OF_SUNS = Errors(0.10, 0.08, 0.02, 8.0, 20.0), Errors(0.3, 0.1, 0.05, 6.0, 10.0)


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
    """Ways of a load, one in a row; each goes on from where the last days and this day were.

    Parameters
    ----------
    expected : array
        [kW]
    kinds : array of int, optional
        Kind of each day; all are of one kind where it is left out.
    off : array, optional
        What days before were off by, a day in a row. [kW]
    """

    expected: Floats
    kinds: Ints | None = None
    off: Floats = field(default_factory=lambda: np.empty((0, PER_DAY)))

    def ways(self, slot: int, length: int, seen: Floats) -> Floats:
        """Every way, moved by how far it was off."""
        places, day = _places(self.expected, slot, length), slot // PER_DAY
        levels = self._levels(day, seen)
        made: Floats = self.expected[:, places] * levels[places // PER_DAY]
        start = day * PER_DAY
        if start == slot:
            return made
        rest = min(start + PER_DAY - slot, length)
        apart = seen[start:slot] - self.expected[:, start:slot] * levels[day]
        made[:, :rest] += follows(self._covariance(day, levels, seen), apart)[:, :rest]
        return np.maximum(made, 0.0)

    def _covariance(self, day: int, levels: Floats, seen: Floats) -> Floats:
        """How what half-hours are off by hangs together, by the days that are over. [kW2]"""
        told = self._means[:day] * levels[: len(self._means[:day]), np.newaxis]
        shape = self._means[min(day, len(self._means) - 1)]
        off = np.concatenate([self.off, seen[: told.size].reshape(-1, PER_DAY) - told])
        return OF_LOADS.with_days(shape, float(shape.mean()), off)

    @cached_property
    def _means(self) -> Floats:
        """What each whole day is expected to be, in the mean of the ways, a day in a row. [kW]"""
        whole = self.expected.shape[1] // PER_DAY * PER_DAY
        made: Floats = self.expected[:, :whole].mean(axis=0).reshape(-1, PER_DAY)
        return np.maximum(made, TINY)

    def _levels(self, day: int, seen: Floats) -> Floats:
        """By how much each day is more than told, as the last days of its kind that are over were. [1]"""
        count = len(self._means)
        kinds = np.zeros(count, np.int64) if self.kinds is None else self.kinds[:count]
        was = seen[: min(day, count) * PER_DAY].reshape(-1, PER_DAY).sum(axis=1)
        off = was / self._means[: len(was)].sum(axis=1) - 1
        made = np.zeros(-(-self.expected.shape[1] // PER_DAY))
        for kind in np.unique(kinds):
            same = np.flatnonzero(kinds == kind)
            over = same[same < len(was)]
            last = sliding_window_view(np.concatenate([np.zeros(len(LAST)), off[over]]), len(LAST)) @ LAST
            made[same] = last[np.minimum(np.arange(len(same)), len(over))]
        return np.clip(1 + STAYS * made, 1 / LEVEL, LEVEL)


@dataclass(frozen=True)
class Suns:
    """Ways of the sun, one in a row; each goes on as clear as the day was.

    Parameters
    ----------
    expected, clear : array
        What may come, and what a clear sky gives. [kW]
    before : array, optional
        Days before, a day in a row. [kW]
    """

    expected: Floats
    clear: Floats
    before: Floats = field(default_factory=lambda: np.empty((0, PER_DAY)))

    def ways(self, slot: int, length: int, seen: Floats) -> Floats:
        """Every way, the rest of the day by the sky until now."""
        places, day = _places(self.expected, slot, length), slot // PER_DAY
        made, start = self.expected[:, places], day * PER_DAY
        clear = self.clear[start : start + PER_DAY]
        if slot - start >= len(clear) or not _light(clear)[: slot - start].any():
            return made
        rest = min(len(clear) - (slot - start), length)
        apart = _share(seen[start:slot], clear) - _share(self.expected[:, start:slot], clear)
        more = (follows(self._covariance(day, seen, clear), apart) * clear[slot - start :])[:, :rest]
        made[:, :rest] = np.clip(made[:, :rest] + more, 0.0, ABOVE * clear[slot - start :][:rest])
        return made

    def _covariance(self, day: int, seen: Floats, clear: Floats) -> Floats:
        """How the shares of a clear sky hang together in the course of a day. [1]"""
        over = np.concatenate([self.before, seen[: day * PER_DAY].reshape(-1, PER_DAY)])[-RECENT:]
        shares = _share(over, clear)
        off = shares - shares.mean(axis=0) if len(shares) else shares
        return OF_SUNS.with_days(_light(clear).astype(np.float64), 1.0, off)


def _light(clear: Floats) -> NDArray[np.bool_]:
    """Half-hours of a day in which a clear sky gives enough to compare with."""
    made: NDArray[np.bool_] = clear > DARK * clear.max()
    return made


def _share(sun: Floats, clear: Floats) -> Floats:
    """Of a clear sky, where it gives anything. [1]"""
    many = sun.shape[-1]
    made: Floats = np.where(_light(clear)[:many], sun / np.maximum(clear[:many], TINY), 0.0)
    return np.clip(made, 0.0, ABOVE)


def follows(covariance: Floats, apart: Floats) -> Floats:
    """What the rest of a day is off by when its first half-hours were off by so much, ways in rows.

    Each way moves by Matheron's rule, so that together they are what is left to be expected: J. Wilson et al.,
    Pathwise conditioning of Gaussian processes, 2021.
    """
    over = apart.shape[1]
    made: Floats = np.linalg.solve(covariance[:over, :over], apart.T).T @ covariance[:over, over:]
    return made


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
    made, off = [], []
    for day in range(OVER + LOADS, len(days)):
        over = np.arange(day - OVER)
        same = over[kinds[over] == kinds[day]]
        if day < first and not len(same):
            continue
        near = _nearest(same, np.abs(weather[same] - weather[day]) + LATER * (day - same), LOADS, day)
        told = days[near] + (degrees[day] - degrees[near]) @ _slopes(degrees[same], days[same], day - same)
        if day < first:
            off.append(days[day] - told.mean(axis=0))
        else:
            made.append(told)
    return Loads(np.maximum(_joined(made), 0.0), kinds[first:], np.array(off))


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
    return Suns(_joined(made), np.concatenate(clear), days[:first][-RECENT:])


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

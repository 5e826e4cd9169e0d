"""Readings of a meter point: a value, a flag, a source and when it was known, for every half-hour."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from enum import IntEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kotsukotsu.energy.errors import EnergyError
from kotsukotsu.energy.exact import Values
from kotsukotsu.energy.slots import PER_DAY, Calendar, calendar, moment, slots_in
from kotsukotsu.periods import JST


class Flag(IntEnum):
    """Quality of a value: 実測, 推定, 欠測, 補完."""

    MEASURED = 0
    ESTIMATED = 1
    MISSING = 2
    FILLED = 3


@dataclass(frozen=True, slots=True)
class Readings:
    """The half-hours of one meter point over whole days.

    Attributes
    ----------
    point : str
        The meter point; a supply point number is kept out of documents.
    start : date
        First day.
    kwh : array of float
        Energy in each half-hour, NaN where missing and nowhere else. [kWh]
    flags : array of Flag
    sources : tuple of str
        What values came from; `source` is the place in it.
    known_at : array of datetime64[s], UTC
        When a value became known (belief time); NaT if nobody wrote it down.
    """

    point: str
    start: date
    kwh: Values
    flags: NDArray[np.uint8]
    sources: tuple[str, ...]
    source: NDArray[np.int16]
    known_at: NDArray[np.datetime64]

    def __len__(self) -> int:
        return len(self.kwh)

    @property
    def end(self) -> date:
        """First day after them."""
        return self.start + timedelta(days=len(self) // PER_DAY)

    @property
    def calendar(self) -> Calendar:
        """What is known of their half-hours."""
        return calendar(self.start, self.end)

    @property
    def missing(self) -> NDArray[np.bool_]:
        """Where there is no value."""
        found: NDArray[np.bool_] = self.flags == Flag.MISSING
        return found

    def between(self, start: date, end: date) -> Readings:
        """The half-hours of `[start, end)`, missing where there are none."""
        whole = _empty(self.point, start, end, self.sources)
        first, stop = max(start, self.start), min(end, self.end)
        if first >= stop:
            return whole
        here = slice(slots_in(self.start, first), slots_in(self.start, stop))
        there = slice(slots_in(start, first), slots_in(start, stop))
        for name in ("kwh", "flags", "source", "known_at"):
            getattr(whole, name)[there] = getattr(self, name)[here]
        return whole

    def complete(self) -> Values:
        """The values, if there is one for every half-hour.

        Raises
        ------
        EnergyError
            HH-05 with the first half-hour that is missing.
        """
        gaps = np.flatnonzero(self.missing)
        if len(gaps):
            raise EnergyError("HH-05", point=self.point, at=_at(self.start, int(gaps[0])), count=len(gaps))
        return self.kwh


def readings(
    point: str,
    start: date,
    kwh: Values | Sequence[float],
    flags: Sequence[int] | NDArray[np.uint8] | None = None,
    *,
    source: str,
    known_at: datetime | None = None,
) -> Readings:
    """Values of one source, checked.

    Parameters
    ----------
    kwh : array of float
        48 values for each day from `start`; NaN only where the flag says missing. [kWh]
    flags : sequence of Flag, optional
        Measured where left out.

    Raises
    ------
    EnergyError
        HH-01 not 48 values a day, HH-02 no number, HH-03 a negative value, HH-04 flags of another length.
    """
    values = np.asarray(kwh, np.float64)
    if values.ndim != 1 or len(values) == 0 or len(values) % PER_DAY:
        raise EnergyError("HH-01", point=point, at=_at(start, len(values) // PER_DAY * PER_DAY), count=values.size)
    marks = np.zeros(len(values), np.uint8) if flags is None else np.asarray(flags, np.uint8)
    if len(marks) != len(values):
        raise EnergyError("HH-04", point=point, count=len(marks), expected=len(values))
    gone = marks == Flag.MISSING
    _refuse("HH-02", point, start, values, (~np.isfinite(values)) & ~gone)
    _refuse("HH-03", point, start, values, (values < 0) & ~gone)
    return Readings(
        point, start, np.where(gone, np.nan, values), marks, (source,), np.zeros(len(values), np.int16),
        np.full(len(values), _utc(known_at), "datetime64[s]"),
    )  # fmt: skip


def as_known(versions: Iterable[Readings], at: datetime | None = None) -> Readings:
    """One series of several: for each half-hour what was known last, at a moment if one is named.

    A missing value never takes the place of a value. Of two that were known at the same time the later in the order
    counts.
    """
    given = list(versions)
    start, end = min(one.start for one in given), max(one.end for one in given)
    names = tuple(dict.fromkeys(name for one in given for name in one.sources))
    made = _empty(given[0].point, start, end, names)
    seen = np.full(len(made), np.datetime64("NaT", "s"), "datetime64[s]")
    for one in given:
        part = _renamed(one, names).between(start, end)
        takes = ~part.missing & ~_later(seen, part.known_at)
        if at is not None:
            takes &= np.isnat(part.known_at) | (part.known_at <= _utc(at))
        for name in ("kwh", "flags", "source", "known_at"):
            getattr(made, name)[takes] = getattr(part, name)[takes]
        seen[takes] = part.known_at[takes]
    return made


def _later(seen: NDArray[np.datetime64], other: NDArray[np.datetime64]) -> NDArray[np.bool_]:
    """Where what stands already was known after the other; an unknown moment is before every other."""
    found: NDArray[np.bool_] = ~np.isnat(seen) & (np.isnat(other) | (seen > other))
    return found


def _renamed(one: Readings, names: tuple[str, ...]) -> Readings:
    places = np.asarray([names.index(name) for name in one.sources], np.int16)
    return replace(one, sources=names, source=np.where(one.source < 0, np.int16(-1), places[one.source]))


def _empty(point: str, start: date, end: date, sources: tuple[str, ...]) -> Readings:
    count = slots_in(start, end)
    return Readings(
        point, start, np.full(count, np.nan), np.full(count, Flag.MISSING, np.uint8), sources,
        np.full(count, -1, np.int16), np.full(count, np.datetime64("NaT", "s"), "datetime64[s]"),
    )  # fmt: skip


def _utc(at: datetime | None) -> Any:
    if at is None:
        return np.datetime64("NaT", "s")
    return np.datetime64(at.replace(tzinfo=at.tzinfo or JST).astimezone(UTC).replace(tzinfo=None), "s")


def _refuse(code: str, point: str, start: date, values: Values, wrong: NDArray[np.bool_]) -> None:
    places = np.flatnonzero(wrong)
    if len(places):
        first = int(places[0])
        raise EnergyError(code, point=point, at=_at(start, first), value=values[first], count=len(places))


def _at(start: date, slot: int) -> str:
    return f"{moment(start, slot):%Y-%m-%d %H:%M}"

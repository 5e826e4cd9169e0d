"""Each value against the facility's own values of the same calendar month in other years.

The median of the other years stands for what was to be expected, their median absolute deviation for how much
the facility varies. Statistics on floats: nothing here is published.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache
from math import log10
from statistics import median
from typing import NamedTuple

from kotsukotsu.ledger.checks.entry import Entry
from kotsukotsu.ledger.limits import limit


class Departure(NamedTuple):
    """A value far from its history.

    `deviations` is None where there are too few other years. `power` is the power of ten that explains the
    value.
    """

    entries: tuple[Entry, ...]
    value: float
    expected: float
    deviations: float | None
    years: int
    power: int | None


@dataclass(frozen=True)
class History:
    """What was found, and how many of the values had too few other years to be judged."""

    departures: tuple[Departure, ...]
    judged: int
    unjudged: int


# Comparable periods: calendar month of the last day, further months covered, dimension of the unit.
Slot = tuple[int, int, str]
Years = Mapping[int, tuple[float, tuple[Entry, ...]]]
Positive = Mapping[tuple[int, str], Sequence[tuple[int, float]]]


def history(bills: Iterable[Sequence[Entry]], looked_at: AbstractSet[int]) -> History:
    """Every value of the fiscal years looked at against the other years of its series.

    Parameters
    ----------
    bills : iterable of sequences of Entry
        The entries of each facility, item, meter and use.
    looked_at : set of int
        Fiscal years.
    """
    departures: list[Departure] = []
    least = int(limit("outlier_years"))
    judged = unjudged = 0
    for entries in bills:
        if not any(entry.fy in looked_at for entry in entries):
            continue
        slots = _slots(entries)
        positive = _positive(slots)
        for slot, years in slots.items():
            few = len(years) - 1 < least
            in_question = sorted(looked_at & years.keys())
            judged, unjudged = judged + len(in_question) * (not few), unjudged + len(in_question) * few
            if in_question and (few or not _close(years)):
                near = positive[slot[1:]]
                found = (_young(fy, years, near) if few else _far(fy, years, near) for fy in in_question)
                departures += [far for far in found if far]
    return History(tuple(departures), judged, unjudged)


def _slots(entries: Sequence[Entry]) -> dict[Slot, dict[int, tuple[float, tuple[Entry, ...]]]]:
    found: dict[Slot, dict[int, tuple[float, tuple[Entry, ...]]]] = {}
    unknown: set[tuple[Slot, int]] = set()
    for entry in entries:
        if entry.state == "not_occurring":
            continue
        slot = (entry.last % 12, entry.last - entry.first, entry.dimension)
        if entry.amount is None:
            unknown.add((slot, entry.fy))
            continue
        years = found.setdefault(slot, {})
        value, others = years.get(entry.fy, (0.0, ()))
        years[entry.fy] = (value + entry.amount, (*others, entry))
    for slot, fy in unknown:
        # A part of the value is missing: the rest of it is no value.
        found.get(slot, {}).pop(fy, None)
    return found


def _positive(slots: Mapping[Slot, Years]) -> Positive:
    found: dict[tuple[int, str], list[tuple[int, float]]] = {}
    for (_, length, dimension), years in slots.items():
        values = found.setdefault((length, dimension), [])
        values += [(fy, value) for fy, (value, _) in years.items() if value > 0]
    return found


def _close(years: Years) -> bool:
    """Whether the values lie so close together that none can be far from the median of the others.

    A deviation is never smaller than the floor times that median, and the median never smaller than the least
    value.
    """
    values = [value for value, _ in years.values()]
    least = min(values)
    return max(values) - least < least * _floor() * _many()


@cache
def _floor() -> float:
    return float(limit("outlier_floor"))


@cache
def _scale() -> float:
    return float(limit("mad_scale"))


@cache
def _many() -> float:
    return float(limit("outlier_deviations"))


def _far(fy: int, years: Years, positive: Sequence[tuple[int, float]]) -> Departure | None:
    value, entries = years[fy]
    others = [other for year, (other, _) in years.items() if year != fy]
    middle = median(others)
    typical = middle if middle > 0 else median([other for year, other in positive if year != fy] or [0.0])
    if not typical:
        return None
    spread = _scale() * median(abs(other - middle) for other in others)
    deviations = (value - middle) / max(spread, _floor() * typical)
    outlying = abs(deviations) >= _many()
    power = _power(value, middle, outlying=outlying)
    if not outlying and power is None:
        return None
    return Departure(entries, value, middle, deviations, len(others), power)


def _young(fy: int, years: Years, positive: Sequence[tuple[int, float]]) -> Departure | None:
    value, entries = years[fy]
    values = [other for _, other in positive]
    if value > 0:
        values.remove(value)
    if len(values) < int(limit("slip_values")):
        return None
    middle = median(values)
    power = _power(value, middle, outlying=False)
    return Departure(entries, value, middle, None, len(years) - 1, power) if power else None


def _power(value: float, expected: float, *, outlying: bool) -> int | None:
    """The power of ten between two values: 3 or -3, and 1 or -1 where the value is an outlier besides."""
    if value <= 0 or expected <= 0:
        return None
    size = log10(value / expected)
    thousand, ten = log10(float(limit("slip_band_thousand"))), log10(float(limit("slip_band_ten")))
    near = [power for power in (3, -3) if abs(size - power) <= thousand]
    near += [power for power in (1, -1) if outlying and abs(size - power) <= ten]
    return near[0] if near else None

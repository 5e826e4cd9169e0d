"""The form of a day by the use of a building; judged, not measured, and the table says so."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from kotsukotsu import texts
from kotsukotsu.energy.errors import EnergyError
from kotsukotsu.energy.exact import Values
from kotsukotsu.energy.slots import PER_DAY, Bools, Calendar

FOLDER = Path(__file__).parent
WORK, OFF = "work", "off"
SATURDAY = 5
OPEN_ON_SATURDAYS = ("pool", "waterworks", "community")


@dataclass(frozen=True, slots=True)
class Shape:
    """The 48 half-hours of a working day and of a day off; the highest is about 100."""

    use: str
    work: Values
    off: Values


@cache
def shapes() -> dict[str, Shape]:
    """Every form by the use of the building."""
    days: dict[tuple[str, str], Values] = {}
    for row in _rows("shapes.csv"):
        hours = np.asarray([float(row[f"h{hour}"]) for hour in range(24)])
        days[row["use"], row["day"]] = np.interp(np.arange(PER_DAY) / 2, np.arange(25), [*hours, hours[0]])
    uses = dict.fromkeys(use for use, _ in days)
    return {use: Shape(use, days[use, WORK], days[use, OFF]) for use in uses}


def shape(use: str, calendar: Calendar) -> Values:
    """The form of every half-hour of a period, before it is fitted to bills.

    Raises
    ------
    EnergyError
        PF-01 if there is no form for the use.
    """
    if use not in shapes():
        raise EnergyError("PF-01", use=use, known=texts.listed(shapes()))
    found = shapes()[use]
    days = len(calendar) // PER_DAY
    off = is_off(use, calendar).reshape(days, PER_DAY)
    return np.where(off, found.off, found.work).reshape(-1)


def is_off(use: str, calendar: Calendar) -> Bools:
    """Whether the building rests: Sundays, holidays, Saturdays unless it opens then, and its vacations."""
    off = calendar.holiday.copy()
    if use not in OPEN_ON_SATURDAYS:
        off |= calendar.weekday == SATURDAY
    days = np.repeat(
        [calendar.moment(int(slot)).strftime("%m-%d") for slot in range(0, len(calendar), PER_DAY)], PER_DAY
    )
    for row in _rows("vacations.csv"):
        if row["use"] == use:
            first, last = row["from_day"], row["to_day"]
            inside = (days >= first) & (days <= last) if first <= last else (days >= first) | (days <= last)
            off |= inside
    return off


@cache
def _rows(name: str) -> tuple[dict[str, str], ...]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))

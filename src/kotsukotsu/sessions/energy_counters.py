"""Counters read now and then: what was counted at each reading is kept, and becomes half-hours."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, time, timedelta
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import numpy as np

from kotsukotsu import schema
from kotsukotsu.energy.readings import Flag, Readings, readings
from kotsukotsu.energy.slots import MINUTES, PER_DAY, slot_of, slots_in
from kotsukotsu.findings import Finding
from kotsukotsu.periods import JST
from kotsukotsu.store.folder import text_of, write_file

TABLE, FOLDER = "energy/counters", "counters"
SLOT = timedelta(minutes=MINUTES)
NEAR = timedelta(minutes=1)  # a reading so near to a half-hour's end is taken as the counter there
APART = timedelta(hours=1)  # between readings further apart nothing is estimated
At = tuple[Decimal, Flag] | None


@dataclass(frozen=True, slots=True)
class Count:
    """What a counter said. [kWh]"""

    device_id: str
    quantity: str
    at: datetime
    kwh: Decimal
    source: str


def counts(folder: Path, device_id: str, quantity: str, now: datetime) -> list[Count]:
    """What was read of a counter in this month and the one before, in order of time."""
    here = now.astimezone(JST)
    months = (here.replace(day=1) - timedelta(days=1), here)
    found = [Count(**row) for month in months for row in _rows(_path(folder, month))]
    return sorted((one for one in found if (one.device_id, one.quantity) == (device_id, quantity)), key=lambda c: c.at)


def keep(folder: Path, new: Iterable[Count]) -> None:
    """Add readings, each month's file at once."""
    by_month: dict[Path, list[Count]] = {}
    for one in new:
        by_month.setdefault(_path(folder, one.at.astimezone(JST)), []).append(one)
    for path, month in by_month.items():
        old = [Count(**row) for row in _rows(path)]
        seen = {(one.device_id, one.quantity, one.at) for one in old}
        added = [one for one in month if (one.device_id, one.quantity, one.at) not in seen]
        lines = [asdict(one) | {"at": one.at.astimezone(JST)} for one in (*old, *added)]
        write_file(path, schema.write(lines, TABLE))


def half_hours(point: str, given: Sequence[Count], now: datetime) -> tuple[Readings | None, tuple[Finding, ...]]:
    """The half-hours that ended since the reading before the last. [kWh]

    A reading within a minute of a half-hour's end is the counter there; else it lies on the line between two readings
    of an hour apart at most, and the half-hour is estimated. A counter that falls gives no value, and DV-14.
    """
    if len(given) < 2:
        return None, ()
    before, last = given[-2].at.astimezone(JST), given[-1].at.astimezone(JST)
    ends = [at for at in _grid(before, last) if before < at <= last]
    good = {at - SLOT: used for at in ends if (used := _used(given, at)) is not None}
    falls = () if given[-1].kwh >= given[-2].kwh else (_fallen(point, before),)
    return (_series(point, good, given[-1].source, now) if good else None), falls


def _fallen(point: str, before: datetime) -> Finding:
    """That the counter is lower than before; the half-hour is that of the reading before."""
    start = before - (before - datetime.combine(before.date(), time(0), JST)) % SLOT
    return Finding("DV-14", point, {"point": point, "time": f"{start:%Y-%m-%d %H:%M}"})


def _series(point: str, good: dict[datetime, tuple[Decimal, Flag]], source: str, now: datetime) -> Readings:
    start, end = min(good).date(), max(good).date() + timedelta(days=1)
    kwh = np.full(slots_in(start, end), np.nan)
    flags = np.full(len(kwh), Flag.MISSING, np.uint8)
    for at, (value, flag) in good.items():
        kwh[slot_of(start, at)], flags[slot_of(start, at)] = float(value), flag
    return readings(point, start, kwh, flags, source=source, known_at=now)


def _grid(first: datetime, last: datetime) -> list[datetime]:
    """The ends of half-hours on the days of two moments."""
    begin = datetime.combine(first.date(), time(0), JST)
    days = (last.date() - first.date()).days + 1
    return [begin + number * SLOT for number in range(days * PER_DAY + 1)]


def _used(given: Sequence[Count], end: datetime) -> At:
    """What was used in the half-hour that ends then; nothing where the counter fell meanwhile."""
    first, last = _counter(given, end - SLOT), _counter(given, end)
    falls = any(one.at < end and other.at > end - SLOT and other.kwh < one.kwh for one, other in pairwise(given))
    if first is None or last is None or falls or last[0] < first[0]:
        return None
    return last[0] - first[0], max(first[1], last[1])


def _counter(given: Sequence[Count], at: datetime) -> At:
    """The counter at a moment."""
    nearest = min(given, key=lambda one: abs(one.at - at))
    if abs(nearest.at - at) <= NEAR:
        return nearest.kwh, Flag.MEASURED
    earlier = [one for one in given if one.at < at]
    later = [one for one in given if one.at > at]
    if not earlier or not later:
        return None
    one, other = earlier[-1], later[0]
    if other.at - one.at > APART or other.kwh < one.kwh:
        return None
    share = Decimal((at - one.at).total_seconds()) / Decimal((other.at - one.at).total_seconds())
    return one.kwh + (other.kwh - one.kwh) * share, Flag.ESTIMATED


def _path(folder: Path, month: datetime) -> Path:
    return folder / FOLDER / f"{month:%Y-%m}.csv"


def _rows(path: Path) -> list[schema.Row]:
    return schema.read(text_of(path), TABLE, f"{FOLDER}/{path.name}") if path.is_file() else []

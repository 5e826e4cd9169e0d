"""What was read, planned and ordered at a site, month by month: ``operations/2026-05.csv``."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from kotsukotsu import schema
from kotsukotsu.energy.exact import Values
from kotsukotsu.energy.slots import HOURS, MINUTES, PER_DAY
from kotsukotsu.periods import JST
from kotsukotsu.schema import Row
from kotsukotsu.store.folder import text_of, write_file

TABLE, FOLDER = "energy/operations", "operations"
SLOT = timedelta(minutes=MINUTES)
APART = timedelta(minutes=10)  # between readings further apart the mean of a half-hour is not known
MEMORY = 12  # months, the present one with them, whose maximum counts
KINDS = ("bought_kw", "sun_kw", "load_kw")


def rows(folder: Path, now: datetime) -> list[Row]:
    """What was kept of this month and of those before it whose maximum still counts, in order of time."""
    first = now.year * 12 + now.month - 1
    months = (divmod(first - back, 12) for back in range(MEMORY))
    paths = [folder / FOLDER / f"{year}-{month + 1:02d}.csv" for year, month in months]
    found = [row for path in paths if path.is_file()
             for row in schema.read(text_of(path), TABLE, f"{FOLDER}/{path.name}")]  # fmt: skip
    return sorted(found, key=lambda row: row["at"])


def keep(folder: Path, new: Sequence[Row]) -> None:
    """Put these rows in place of those of the same moment; the month's file changes at once."""
    at = new[0]["at"]
    path = folder / FOLDER / f"{at:%Y-%m}.csv"
    old = schema.read(text_of(path), TABLE, f"{FOLDER}/{path.name}") if path.is_file() else []
    write_file(path, schema.write([row for row in old if row["at"] != at] + list(new), TABLE))


def begins(at: datetime) -> datetime:
    """The start of the half-hour of a moment, Japan time."""
    here = at.astimezone(JST)
    return here.replace(minute=here.minute // MINUTES * MINUTES, second=0, microsecond=0)


def so_far(kept: Sequence[Row], now: datetime, bought: float) -> float:
    """What was bought since the half-hour began: each reading stands for the time since the one before. [kWh]"""
    start = begins(now)
    said = [(row["at"], float(row["bought_kw"])) for row in kept
            if start <= row["at"] < now and row["bought_kw"] is not None]  # fmt: skip
    total, last = 0.0, start
    for at, kw in [*said, (now, bought)]:
        total += kw * (at - last).total_seconds() / 3600
        last = at
    return total


def today(kept: Sequence[Row], now: datetime) -> dict[str, Values]:
    """The mean of each half-hour of the day that is over; no number where it was not read. [kW]"""
    midnight = begins(now).replace(hour=0, minute=0)
    found = {kind: np.full(PER_DAY, np.nan) for kind in KINDS}
    for kind, series in found.items():
        for slot in range(PER_DAY):
            start = midnight + slot * SLOT
            values = [float(row[kind]) for row in kept
                      if start <= row["at"] < start + SLOT and row[kind] is not None]  # fmt: skip
            if values and start + SLOT <= now:
                series[slot] = np.mean(values)
    return found


def incurred(kept: Sequence[Row], now: datetime) -> float:
    """The largest mean of a half-hour that was read through; 0 if there is none. [kW]"""
    by_slot: dict[datetime, list[tuple[datetime, float]]] = {}
    for row in kept:
        if row["bought_kw"] is not None and begins(row["at"]) < begins(now):
            by_slot.setdefault(begins(row["at"]), []).append((row["at"], float(row["bought_kw"])))
    return max((mean for start, said in by_slot.items() if (mean := _mean(start, said)) is not None), default=0.0)


def _mean(start: datetime, said: list[tuple[datetime, float]]) -> float | None:
    """The mean of a half-hour; None if it was not read often enough. [kW]"""
    ends = [at for at, _ in said] + [start + SLOT]
    if any(end - begin > APART for begin, end in zip([start, *ends], ends, strict=False)):
        return None
    total, last = 0.0, start
    for (_, kw), until in zip(said, [*(at for at, _ in said[1:]), start + SLOT], strict=True):
        total += kw * (until - last).total_seconds() / 3600
        last = until
    return total / HOURS


def line(at: datetime, **values: Any) -> Row:
    """A row with what is known."""
    return {column.column: values.get(column.column) for column in schema.columns(TABLE)} | {"at": at}

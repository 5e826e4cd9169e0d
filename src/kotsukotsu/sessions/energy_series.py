"""Between the columns of a file of half-hours and readings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kotsukotsu.energy.readings import Flag, Readings
from kotsukotsu.energy.slots import PER_DAY

JST_SECONDS = np.timedelta64(9 * 3600, "s")
DAY, SLOT = np.timedelta64(86_400, "s"), np.timedelta64(1800, "s")
Columns = Mapping[str, NDArray[Any]]


def from_columns(columns: Columns) -> dict[str, list[Readings]]:
    """The versions of every point, in the order of the file: one for each source and moment of knowledge."""
    found: dict[str, list[Readings]] = {}
    keys = list(zip(columns["point"], columns["source"], columns["known_at"].astype("int64"), strict=True))
    order: dict[tuple[str, str, int], list[int]] = {}
    for place, key in enumerate(keys):
        order.setdefault(key, []).append(place)
    for (point, source, _), places in order.items():
        part = {name: values[places] for name, values in columns.items()}
        found.setdefault(point, []).append(_readings(point, source, part))
    return found


def to_columns(given: Readings) -> Columns:
    """Rows of every half-hour that has a value."""
    here = np.flatnonzero(~given.missing)
    start = np.datetime64(given.start, "s") - JST_SECONDS
    return {
        "point": np.full(len(here), given.point, object),
        "ts_start": start + here * SLOT,
        "kwh": given.kwh[here],
        "flag": given.flags[here],
        "source": np.asarray(given.sources, object)[given.source[here]],
        "known_at": given.known_at[here],
    }


def by_year(given: Readings) -> Iterator[tuple[int, Readings]]:
    """The parts of a series by fiscal year."""
    for fy in range(given.calendar.months[0].fiscal_year.number, given.calendar.months[-1].fiscal_year.number + 1):
        first, stop = max(given.start, date(fy, 4, 1)), min(given.end, date(fy + 1, 4, 1))
        yield fy, given.between(first, stop)


def _readings(point: str, source: str, part: Columns) -> Readings:
    local = part["ts_start"].astype("datetime64[s]") + JST_SECONDS
    first = local.min().astype("datetime64[D]")
    last = local.max().astype("datetime64[D]")
    count = (int((last - first).astype(int)) + 1) * PER_DAY
    places = ((local - first.astype("datetime64[s]")) // SLOT).astype(np.int64)
    made = Readings(
        point, date(1970, 1, 1) + timedelta(days=int(first.astype(int))), np.full(count, np.nan),
        np.full(count, Flag.MISSING, np.uint8), (source,), np.full(count, -1, np.int16),
        np.full(count, np.datetime64("NaT", "s"), "datetime64[s]"),
    )  # fmt: skip
    made.kwh[places], made.flags[places], made.source[places] = part["kwh"], part["flag"], 0
    made.known_at[places] = part["known_at"].astype("datetime64[s]")
    return made

"""Demand of a network area as the network companies publish it: three header lines, a row for each hour in 万kW.

A mean power over an hour is the best guess for each of its halves; both are marked as estimates, and it is said.
"""

from __future__ import annotations

from decimal import Decimal

from kotsukotsu.errors import ImportFileError
from kotsukotsu.findings import Finding
from kotsukotsu.importers.halfhours.model import (
    ESTIMATED,
    HALF,
    KWH,
    MISSING,
    Collected,
    HalfHours,
    Lines,
    day,
    minutes,
    number,
    on_half_hour,
    start_of,
)

HEAD = ("DATE", "TIME")
TEN_THOUSAND_KW = "万kW"
PER_UNIT = Decimal(10_000)
POINT = "area"


def detect(lines: Lines) -> bool:
    """Whether the moment of update stands first and DATE, TIME below it."""
    return len(lines.rows) > 3 and any("UPDATE" in cell for cell in lines.rows[0]) and _head(lines) is not None


def read(lines: Lines) -> HalfHours:
    """Two half-hours for each hour. [kWh]"""
    at = _head(lines) or 0
    if TEN_THOUSAND_KW not in lines.rows[at][2]:
        raise ImportFileError("HI-07", file=lines.name)
    found = Collected(lines.name)
    for line, row in enumerate(lines.rows[at + 1 :], start=at + 2):
        if not any(row):
            continue
        first, hour = day(row[0]), minutes(row[1]) if len(row) > 1 else None
        if first is None or hour is None or hour % 60:
            raise ImportFileError("HI-02", file=lines.name, line=line, value=" ".join(row[:2]))
        value = number(lines, line, 2, row[2]) if len(row) > 2 else None
        cell = (None, MISSING) if value is None else (value * PER_UNIT * HALF, ESTIMATED)
        for half in (0, 30):
            slot = on_half_hour(lines, line, row[1], hour + half)
            found.add(POINT, start_of(first, slot, ends=False), cell, line)
    return HalfHours("area", KWH, found.series, (Finding("HI-09", lines.name),))


def _head(lines: Lines) -> int | None:
    return next((at for at, row in enumerate(lines.rows[:4]) if row[:2] == HEAD and len(row) > 2), None)

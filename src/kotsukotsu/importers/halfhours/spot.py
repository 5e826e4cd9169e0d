"""Prices of the spot market as JEPX publishes them: a row for each half-hour, prices of areas side by side."""

from __future__ import annotations

import re

from kotsukotsu.errors import ImportFileError
from kotsukotsu.importers.halfhours.model import (
    MEASURED,
    MISSING,
    PRICE,
    Collected,
    HalfHours,
    Lines,
    day,
    number,
    start_of,
)

DAY, SLOT_CODE = "受渡日", "時刻コード"
AREA = re.compile(r"(?:エリアプライス(.+?)|(システム)プライス)\(円/kWh\)")
PER_DAY = 48


def detect(lines: Lines) -> bool:
    """Whether the first row is that of the published file."""
    return bool(lines.rows) and lines.rows[0][:2] == (DAY, SLOT_CODE)


def read(lines: Lines) -> HalfHours:
    """Prices by area. [yen/kWh]"""
    columns = {
        place: found[1] or found[2] for place, head in enumerate(lines.rows[0]) if (found := AREA.fullmatch(head))
    }
    found_ = Collected(lines.name)
    for line, row in enumerate(lines.rows[1:], start=2):
        if not any(row):
            continue
        first = day(row[0])
        code = int(row[1]) if len(row) > 1 and row[1].isdecimal() else 0
        if first is None or not 1 <= code <= PER_DAY:
            raise ImportFileError("HI-02", file=lines.name, line=line, value=" ".join(row[:2]))
        for place, area in columns.items():
            value = number(lines, line, place, row[place]) if place < len(row) else None
            flag = MISSING if value is None else MEASURED
            found_.add(area, start_of(first, (code - 1) * 30, ends=False), (value, flag), line)
    return HalfHours("spot", PRICE, found_.series)

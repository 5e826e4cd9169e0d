"""A row for each day with its 48 half-hours side by side, as retailers hand them out; one meter or several."""

from __future__ import annotations

import re

from kotsukotsu.errors import ImportFileError
from kotsukotsu.importers.halfhours.model import (
    KWH,
    MEASURED,
    MISSING,
    Collected,
    HalfHours,
    Lines,
    by_end,
    day,
    factor,
    minutes,
    number,
    start_of,
)

PER_DAY = 48
LEAST = 40  # headings that are times: fewer, and it is a file of another kind
METER = re.compile(r"供給地点|計器|地点番号|お客さま番号|施設")
DAY = re.compile(r"年月日|日付|対象日|使用日")
KOMA = re.compile(r"(?:コマ|第)?(\d{1,2})(?:コマ)?")


def detect(lines: Lines) -> bool:
    """Whether one of the first rows has times for headings."""
    return _head(lines) is not None


def read(lines: Lines) -> HalfHours:
    """The half-hours of every meter. [kWh]

    Raises
    ------
    ImportFileError
        HI-03 if the day has not 48 columns, HI-13 a row with fewer or more values than headings.
    """
    at = _head(lines) or 0
    heads = lines.rows[at]
    slots = {place: slot for place, head in enumerate(heads) if (slot := _slot(head)) is not None}
    ends = by_end(list(slots.values()))
    if len(slots) != PER_DAY or len(set(slots.values())) != PER_DAY:
        raise ImportFileError("HI-03", file=lines.name, line=at + 1, count=len(slots))
    ratio = factor(lines, *heads, *(cell for row in lines.rows[:at] for cell in row))
    days = next((place for place, head in enumerate(heads) if DAY.search(head)), 0)
    meter = next((place for place, head in enumerate(heads) if METER.search(head)), None)
    found = Collected(lines.name)
    for line, row in enumerate(lines.rows[at + 1 :], start=at + 2):
        first = day(row[days]) if len(row) > days else None
        if not any(row):
            continue
        if first is None:
            raise ImportFileError("HI-02", file=lines.name, line=line, value=row[days] if len(row) > days else "")
        _whole(lines, line, row, len(heads), max(slots))
        point = row[meter] if meter is not None and meter < len(row) else ""
        for place, slot in slots.items():
            value = number(lines, line, place, row[place])
            cell = (None, MISSING) if value is None else (value * ratio, MEASURED)
            found.add(point, start_of(first, slot, ends=ends), cell, line)
    return HalfHours("wide", KWH, found.series)


def _whole(lines: Lines, line: int, row: tuple[str, ...], heads: int, last: int) -> None:
    """Refuse a row of which nobody can say which value belongs to which heading."""
    if len(row) <= last or any(row[heads:]):
        raise ImportFileError("HI-13", file=lines.name, line=line, count=len(row), heads=heads)


def _head(lines: Lines) -> int | None:
    for at, row in enumerate(lines.rows[:12]):
        if sum(_slot(head) is not None for head in row) >= LEAST:
            return at
    return None


def _slot(head: str) -> int | None:
    """Minutes from midnight of a heading: a time, a span of times (its start) or a number of a half-hour."""
    text = re.split(r"[～〜~\-－]", head)[0].strip()
    if (found := minutes(text)) is not None:
        return found
    koma = KOMA.fullmatch(text)
    return (int(koma[1]) - 1) * 30 if koma and 1 <= int(koma[1]) <= PER_DAY else None

"""A row for each half-hour with one or more values side by side, as EMS and BEMS write them."""

from __future__ import annotations

import re
from datetime import datetime
from decimal import Decimal

from kotsukotsu import texts
from kotsukotsu.errors import ImportFileError
from kotsukotsu.importers.halfhours.model import (
    FLAG_WORDS,
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
    on_half_hour,
    start_of,
)

MOMENT = re.compile(r"日時|計測日時|タイムスタンプ|timestamp|datetime", re.IGNORECASE)
DAY = re.compile(r"年月日|日付|date", re.IGNORECASE)
TIME = re.compile(r"時刻|時間|time", re.IGNORECASE)
FLAG = re.compile(r"品質|区分|フラグ|状態")
IGNORED = re.compile(r"備考|No\.?|番号|単位", re.IGNORECASE)


def detect(lines: Lines) -> bool:
    """Whether a row of headings names a moment, or a day and a time."""
    return _head(lines) is not None


def read(lines: Lines) -> HalfHours:
    """Every column of values as a series of its own. [kWh]"""
    at = _head(lines) or 0
    heads = lines.rows[at]
    moment = next((place for place, head in enumerate(heads) if MOMENT.search(head)), None)
    when = (moment,) if moment is not None else _day_and_time(heads)
    flag = next((place for place, head in enumerate(heads) if FLAG.search(head)), None)
    columns = [
        place for place, head in enumerate(heads)
        if head and place not in (*when, flag) and not IGNORED.fullmatch(head)
    ]  # fmt: skip
    above = [cell for row in lines.rows[:at] for cell in row]
    ratios = {place: factor(lines, heads[place], *above) for place in columns}
    rows = [(line, row) for line, row in enumerate(lines.rows[at + 1 :], start=at + 2) if any(row)]
    times = [_when(lines, line, row, when) for line, row in rows]
    ends = by_end([time for _, time in times])
    found = Collected(lines.name)
    for (line, row), (first, time) in zip(rows, times, strict=True):
        slot = start_of(first.date(), on_half_hour(lines, line, f"{time // 60}:{time % 60:02d}", time), ends=ends)
        for place in columns:
            found.add(heads[place], slot, _cell(lines, line, row, place, flag, ratios[place]), line)
    return HalfHours("long", KWH, found.series)


def _cell(
    lines: Lines, line: int, row: tuple[str, ...], place: int, flag: int | None, ratio: Decimal
) -> tuple[Decimal | None, int]:
    value = number(lines, line, place, row[place]) if place < len(row) else None
    if value is None:
        return None, MISSING
    word = row[flag] if flag is not None and flag < len(row) else ""
    if word and word not in FLAG_WORDS:
        raise ImportFileError("HI-08", file=lines.name, line=line, value=word, known=texts.listed(FLAG_WORDS))
    mark = FLAG_WORDS.get(word, MEASURED)
    return (None, MISSING) if mark == MISSING else (value * ratio, mark)


def _when(lines: Lines, line: int, row: tuple[str, ...], when: tuple[int, ...]) -> tuple[datetime, int]:
    """The day, and minutes from its midnight."""
    text = " ".join(row[place] for place in when if place < len(row)).replace("T", " ")
    first, _, rest = text.strip().partition(" ")
    found, time = day(first), minutes(re.split(r"[～〜~+]", rest)[0].strip()) if rest else None
    if found is None or time is None:
        raise ImportFileError("HI-02", file=lines.name, line=line, value=text)
    return datetime.combine(found, datetime.min.time()), time


def _head(lines: Lines) -> int | None:
    for at, row in enumerate(lines.rows[:12]):
        if any(MOMENT.search(head) for head in row) or len(_day_and_time(row)) == 2:
            return at
    return None


def _day_and_time(heads: tuple[str, ...]) -> tuple[int, ...]:
    first = next((place for place, head in enumerate(heads) if DAY.search(head)), None)
    time = next((place for place, head in enumerate(heads) if TIME.search(head) and place != first), None)
    return () if first is None or time is None else (first, time)

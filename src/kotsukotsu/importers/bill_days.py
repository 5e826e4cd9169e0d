"""The days of bills as half-open periods, by the period rule of the profile."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from kotsukotsu.importers.dates import following
from kotsukotsu.importers.model import RawRow

Key = tuple[str, str, str, int]
# A reading further back than this is not the one before: a bill between them is missing (the ledger's limit).
_LONGEST_BILL = 70


def _key(raw: RawRow) -> Key:
    return raw.meter, raw.facility_id or raw.facility, raw.item, raw.column


def _groups(raws: Iterable[RawRow]) -> Iterable[list[RawRow]]:
    groups: dict[Key, list[RawRow]] = {}
    for raw in raws:
        groups.setdefault(_key(raw), []).append(raw)
    return groups.values()


def rule(raws: Sequence[RawRow]) -> tuple[str, bool]:
    """The period rule that the bills themselves show, and whether they show one.

    Notes
    -----
    Where a bill starts on the day after the last day of the one before, the last day counts (inclusive); where it
    starts on that day, it does not (exclusive). A single bill shows nothing: 使用期間 on Japanese bills names its last
    day, so inclusive is proposed, and said to be uncertain.
    """
    written = [raw for raw in raws if raw.as_written and raw.start and raw.end]
    if not written:
        return ("reading_date" if any(raw.reading_date for raw in raws) else "calendar"), True
    votes = {"inclusive": 0, "exclusive": 0}
    for group in _groups(written):
        spans = sorted({(raw.start, raw.end) for raw in group if raw.start and raw.end})
        for (_, end), (start, _) in pairwise(spans):
            votes["exclusive"] += start == end
            votes["inclusive"] += start == following(end)
    if votes["exclusive"] > votes["inclusive"]:
        return "exclusive", True
    return "inclusive", votes["inclusive"] > 0


def resolve(raws: Sequence[RawRow], period: str, existing: Iterable[Mapping[str, Any]]) -> list[RawRow]:
    """Rows with half-open periods; a start that nobody knows stays None."""
    previous = _previous_readings(raws)
    ends = _ends(existing)
    return [_resolved(raw, period, previous, ends) for raw in raws]


def _resolved(
    raw: RawRow, period: str, previous: Mapping[tuple[Key, date], date], ends: Mapping[str, list[date]]
) -> RawRow:
    if raw.as_written and raw.end:
        return raw if period == "exclusive" else replace(raw, end=following(raw.end))
    if (raw.start and raw.end) or raw.reading_date is None:
        return raw
    start = raw.start or _days_before(raw) or previous.get((_key(raw), raw.reading_date)) or _last_end(raw, ends)
    return replace(raw, start=start, end=raw.reading_date)


def _previous_readings(raws: Iterable[RawRow]) -> dict[tuple[Key, date], date]:
    found = {}
    for group in _groups(raws):
        days = sorted({raw.reading_date for raw in group if raw.reading_date})
        for one, two in pairwise(days):
            if (two - one).days <= _LONGEST_BILL:
                found[_key(group[0]), two] = one
    return found


def _days_before(raw: RawRow) -> date | None:
    if raw.days is None or raw.reading_date is None or (raw.reading_date - date.min).days < raw.days:
        return None
    return raw.reading_date - timedelta(days=raw.days)


def _ends(existing: Iterable[Mapping[str, Any]]) -> dict[str, list[date]]:
    ends: dict[str, list[date]] = {}
    for row in existing:
        if row.get("meter_id"):
            ends.setdefault(row["meter_id"], []).extend((row["start"], row["end"]))
    return ends


def _last_end(raw: RawRow, ends: Mapping[str, list[date]]) -> date | None:
    """The last reading that the city already has for the meter."""
    if raw.reading_date is None:
        return None
    last = max((end for end in ends.get(raw.meter, ()) if end < raw.reading_date), default=None)
    return last if last and (raw.reading_date - last).days <= _LONGEST_BILL else None

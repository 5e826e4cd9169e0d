"""Waste that was burnt without a composition in force, or with two."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from kotsukotsu.findings import Finding
from kotsukotsu.ledger.checks.outcome import Outcome, of_rows
from kotsukotsu.ledger.checks.place import where
from kotsukotsu.ledger.checks.shares import runs, segments
from kotsukotsu.ledger.checks.view import View
from kotsukotsu.ledger.traits import having
from kotsukotsu.periods import last_day
from kotsukotsu.schema import Row


def check(view: View) -> Outcome:
    """C-32 no composition in wastes.csv on days on which waste was burnt, C-33 more than one."""
    return of_rows("compositions", view, _found)


def _found(view: View) -> Iterator[Finding]:
    known: dict[str, list[Row]] = {}
    for row in view.city.table("wastes"):
        known.setdefault(row["facility_id"], []).append(row)
    burnt: dict[tuple[str, str, int], list[tuple[date, date]]] = {}
    for entry in view.looked_at:
        if entry.item in having("composition") and entry.row["quantity"]:
            burnt.setdefault((entry.facility, entry.item, entry.fy), []).append((entry.start, entry.end))
    for (facility, item, fy), periods in burnt.items():
        yield from _of_year(view, facility, item, fy, known.get(facility, []), periods)


def _of_year(
    view: View, facility: str, item: str, fy: int, rows: Sequence[Row], periods: Sequence[tuple[date, date]]
) -> Iterator[Finding]:
    start, end = min(first for first, _ in periods), max(stop for _, stop in periods)
    for fault in runs(list(segments(rows, start, end)), lambda piece: len(piece.rows) != 1):
        if any(first < fault.end and fault.start < stop for first, stop in periods):
            key = {"facility_id": facility, "item": item, "fy": fy, "count": len(fault.rows)}
            data = {**key, "start": fault.start, "last": last_day(fault.end)}
            yield Finding("C-33" if fault.rows else "C-32", where(view, facility, item), data)

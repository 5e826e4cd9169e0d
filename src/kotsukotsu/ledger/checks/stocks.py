"""Numbers of vehicles or persons: one per fiscal year, not one per month."""

from __future__ import annotations

from collections.abc import Iterator

from kotsukotsu.findings import Finding
from kotsukotsu.ledger.checks.entry import Entry
from kotsukotsu.ledger.checks.outcome import Outcome, of_rows
from kotsukotsu.ledger.checks.place import key_data, where
from kotsukotsu.ledger.checks.view import View
from kotsukotsu.periods import FiscalYear


def check(view: View) -> Outcome:
    """C-25: a stock item given more than once in a fiscal year would be added up."""
    return of_rows("stocks", view, _found)


def _found(view: View) -> Iterator[Finding]:
    given: dict[tuple[object, ...], list[Entry]] = {}
    for entry in view.looked_at:
        if view.is_stock(entry.item) and entry.state != "not_occurring":
            given.setdefault((entry.bill, entry.fy), []).append(entry)
    for entries in given.values():
        if len(entries) > 1:
            first, ids = entries[0], [entry.id for entry in entries]
            place = where(view, first.facility, first.item, FiscalYear(first.fy).label(), ids)
            yield Finding("C-25", place, {**key_data(first), "activity_id": ", ".join(ids), "count": len(ids)})

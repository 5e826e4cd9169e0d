"""An item that a facility never had before."""

from __future__ import annotations

from collections.abc import Iterator

from kotsukotsu.findings import Finding
from kotsukotsu.ledger.checks.entry import Entry
from kotsukotsu.ledger.checks.outcome import Outcome, of_rows
from kotsukotsu.ledger.checks.place import key_data, where
from kotsukotsu.ledger.checks.view import View
from kotsukotsu.periods import FiscalYear


def check(view: View) -> Outcome:
    """C-23: the first use of an item at a facility that has rows in an earlier fiscal year."""
    return of_rows("new_items", view, _found)


def _found(view: View) -> Iterator[Finding]:
    since: dict[str, int] = {}
    first: dict[tuple[str, str], Entry] = {}
    for entry in view.entries:
        since.setdefault(entry.facility, entry.fy)
        if entry.row["quantity"] and entry.state != "not_occurring":
            first.setdefault((entry.facility, entry.item), entry)
    for entry in first.values():
        if entry.fy in view.years and since[entry.facility] < entry.fy:
            year = FiscalYear(entry.fy).label()
            yield Finding("C-23", where(view, entry.facility, entry.item, year, [entry.id]), key_data(entry))

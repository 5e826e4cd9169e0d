"""Use at a facility that is closed or not yet open."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kotsukotsu.findings import Finding
from kotsukotsu.ledger.checks.entry import Entry
from kotsukotsu.ledger.checks.outcome import Outcome, of_rows
from kotsukotsu.ledger.checks.place import key_data, of_entry
from kotsukotsu.ledger.checks.view import View


def check(view: View) -> Outcome:
    """C-11 a quantity in a period wholly after the facility closed, C-12 in one wholly before it opened."""
    return of_rows("closed_facilities", view, _found)


def _found(view: View) -> Iterator[Finding]:
    for entry in view.looked_at:
        facility = view.facilities.get(entry.facility)
        if facility is None or not entry.row["quantity"]:
            continue
        opened, closed = facility.get("opened_on"), facility.get("closed_on")
        if closed and entry.start >= closed:
            yield _finding(view, "C-11", entry, {"closed_on": closed})
        elif opened and entry.end <= opened:
            yield _finding(view, "C-12", entry, {"opened_on": opened})


def _finding(view: View, code: str, entry: Entry, day: dict[str, date]) -> Finding:
    return Finding(code, of_entry(view, entry), {**key_data(entry), "value": entry.row["quantity"], **day})

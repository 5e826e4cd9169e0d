"""Bills of one meter whose periods overlap."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from kotsukotsu.findings import Finding
from kotsukotsu.ledger.checks.entry import Entry
from kotsukotsu.ledger.checks.outcome import Outcome, of_rows
from kotsukotsu.ledger.checks.place import key_data, of_entry
from kotsukotsu.ledger.checks.view import View
from kotsukotsu.periods import days


def check(view: View) -> Outcome:
    """C-04: a period that begins before an earlier one of the same meter and use has ended."""
    return of_rows("overlaps", view, _found)


def _found(view: View) -> Iterator[Finding]:
    for entries in view.by_bill.values():
        using = [entry for entry in entries if entry.state != "not_occurring"]
        using.sort(key=_longest_first)
        for earlier, later in _pairs(using):
            if later[0].fy in view.years or earlier.fy in view.years:
                yield _finding(view, earlier, later)


def _longest_first(entry: Entry) -> tuple[date, int]:
    return entry.start, -days(entry.start, entry.end)


def _pairs(entries: Sequence[Entry]) -> Iterator[tuple[Entry, list[Entry]]]:
    """Each row with the later ones that begin before it ends and before no other row reaches further."""
    open_until: Entry | None = None
    under: list[Entry] = []
    for entry in entries:
        same = open_until and (entry.start, entry.end) == (open_until.start, open_until.end)
        if open_until and entry.start < open_until.end and not same:
            under.append(entry)
        if open_until is None or entry.end > open_until.end:
            if open_until and under:
                yield open_until, under
            open_until, under = entry, []
    if open_until and under:
        yield open_until, under


def _finding(view: View, earlier: Entry, later: Sequence[Entry]) -> Finding:
    ids = ", ".join(entry.id for entry in later)
    shared = sum(days(entry.start, min(entry.end, earlier.end)) for entry in later)
    data = {**key_data(earlier), "ids": ids, "days": shared, "first": later[0].start}
    return Finding("C-04", of_entry(view, earlier), data)

"""Days between two bills of a meter that no bill covers."""

from __future__ import annotations

from collections.abc import Iterator

from kotsukotsu.findings import Finding
from kotsukotsu.ledger.checks.entry import Entry
from kotsukotsu.ledger.checks.outcome import Outcome, of_rows
from kotsukotsu.ledger.checks.place import key_data, period_label, where
from kotsukotsu.ledger.checks.view import View
from kotsukotsu.ledger.limits import limit
from kotsukotsu.ledger.traits import having
from kotsukotsu.periods import days


def check(view: View) -> Outcome:
    """C-05: bills read from a meter follow each other; a gap of a month or more is a missing month."""
    return of_rows("gaps", view, _found)


def _found(view: View) -> Iterator[Finding]:
    metered, longest = having("metered"), int(limit("gap_days"))
    for key, entries in view.by_series.items():
        if key[1] not in metered:
            continue
        reach = entries[0]
        for entry in entries:
            if reach.end < entry.start and entry.fy in view.years and days(reach.end, entry.start) < longest:
                yield _finding(view, reach, entry)
            if reach.end < entry.end:
                reach = entry


def _finding(view: View, before: Entry, after: Entry) -> Finding:
    gap = period_label(before.end, after.start)
    data = {**key_data(after), "before": before.id, "gap": gap, "days": days(before.end, after.start)}
    return Finding("C-05", where(view, after.facility, after.item, gap, [before.id, after.id], after.meter), data)

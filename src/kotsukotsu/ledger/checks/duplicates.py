"""The same bill entered twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import attrgetter

from kotsukotsu import texts
from kotsukotsu.findings import Finding
from kotsukotsu.ledger.checks.entry import Entry
from kotsukotsu.ledger.checks.outcome import Outcome, of_rows
from kotsukotsu.ledger.checks.place import key_data, period_label, where
from kotsukotsu.ledger.checks.view import View
from kotsukotsu.schema import cell


def check(view: View) -> Outcome:
    """C-03: rows of the same facility, item, meter, use, first day and end."""
    return of_rows("duplicates", view, _found)


def _found(view: View) -> Iterator[Finding]:
    for entries in view.by_bill.values():
        using = (entry for entry in entries if entry.fy in view.years and entry.state != "not_occurring")
        # Entries come by their first day and end: the same period stands together.
        for _, same in groupby(using, key=attrgetter("start", "end")):
            first, *others = same
            if others:
                yield _finding(view, [first, *others])


def _finding(view: View, entries: Sequence[Entry]) -> Finding:
    first, ids = entries[0], [entry.id for entry in entries]
    values = "・".join(cell(entry.row["quantity"]) or texts.none() for entry in entries)
    data = {**key_data(first), "activity_id": ", ".join(ids), "count": len(ids), "values": values}
    place = where(view, first.facility, first.item, period_label(first.start, first.end), ids)
    return Finding("C-03", place, {**data, "start": first.start, "end": first.end})

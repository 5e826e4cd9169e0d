"""Bills that are too long to be one bill."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kotsukotsu.findings import Finding
from kotsukotsu.ledger.checks.entry import Entry
from kotsukotsu.ledger.checks.outcome import Outcome, of_rows
from kotsukotsu.ledger.checks.place import key_data, of_entry
from kotsukotsu.ledger.checks.view import View
from kotsukotsu.ledger.limits import limit
from kotsukotsu.periods import FiscalYear, days


def check(view: View) -> Outcome:
    """C-06: a period of more than 70 days that is not a whole fiscal year of the facility."""
    return of_rows("long_bills", view, _found)


def _found(view: View) -> Iterator[Finding]:
    longest = int(limit("bill_days"))
    for entry in view.looked_at:
        length = days(entry.start, entry.end)
        if length <= longest or entry.state == "not_occurring" or view.is_stock(entry.item):
            continue
        if not _whole_year(view, entry):
            data = {**key_data(entry), "days": length, "limit": longest}
            yield Finding("C-06", of_entry(view, entry), data)


def _whole_year(view: View, entry: Entry) -> bool:
    facility, year = view.facilities.get(entry.facility, {}), FiscalYear(entry.fy)
    begins = {year.start, max(year.start, facility.get("opened_on") or date.min)}
    ends = {year.end, min(year.end, facility.get("closed_on") or date.max)}
    return entry.start in begins and entry.end in ends

"""Values far from the facility's own history for the same calendar month."""

from __future__ import annotations

from collections.abc import Iterator

from kotsukotsu.findings import Finding
from kotsukotsu.ledger.checks.history import Departure
from kotsukotsu.ledger.checks.outcome import Outcome, outcome
from kotsukotsu.ledger.checks.place import key_data, months_label, where
from kotsukotsu.ledger.checks.view import View
from kotsukotsu.ledger.limits import limit


def check(view: View) -> Outcome:
    """C-07 a value at least five robust deviations from the median of other years; C-08 one explained.

    Values with fewer than three other years are not judged, and the outcome says how many (C-93).
    """
    if view.unready:
        return outcome("outliers", (), view.unready)
    return outcome("outliers", _found(view), unjudged(view))


def unjudged(view: View) -> Finding | None:
    """C-93: how many values have too few other years to be compared with."""
    past = view.history
    if not past.unjudged:
        return None
    data = {
        "count": past.unjudged,
        "total": past.judged + past.unjudged,
        "years": int(limit("outlier_years")),
    }
    return Finding("C-93", "activities.csv", data)


def _found(view: View) -> Iterator[Finding]:
    for far in view.history.departures:
        first = far.entries[0]
        explained = view.explained(first.facility, first.item, first.fy)
        if far.deviations is not None and abs(far.deviations) >= float(limit("outlier_deviations")):
            if explained:
                yield Finding("C-08", place_of(view, far), data_of(far))
            elif far.power is None:
                yield Finding("C-07", place_of(view, far), data_of(far))


def place_of(view: View, far: Departure) -> str:
    """The place of a value that may be the sum of several rows."""
    first, last = far.entries[0], far.entries[-1]
    months = months_label(first.first, last.last)
    return where(view, first.facility, first.item, months, [entry.id for entry in far.entries])


def data_of(far: Departure) -> dict[str, object]:
    """What finds the value again and says how far off it is."""
    ids = ", ".join(entry.id for entry in far.entries)
    deviations = "" if far.deviations is None else f"{far.deviations:+.1f}"
    numbers = {"value": f"{far.value:,.6g}", "expected": f"{far.expected:,.6g}", "deviations": deviations}
    return {**key_data(far.entries[0]), "activity_id": ids, **numbers, "years": far.years}

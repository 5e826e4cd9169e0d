"""Values that a slip of unit would explain: kWh for 千kWh, L for kL, a digit too many."""

from __future__ import annotations

from collections.abc import Iterator

from kotsukotsu.findings import Finding
from kotsukotsu.ledger.checks.outcome import Outcome, outcome
from kotsukotsu.ledger.checks.outliers import data_of, place_of, unjudged
from kotsukotsu.ledger.checks.view import View


def check(view: View) -> Outcome:
    """C-09: about 1000, 1/1000, 10 or 1/10 times the median of the facility's own history.

    The same calendar month of other years where there are enough of them, else (for 1000 and 1/1000) the
    other values of the series.
    """
    if view.unready:
        return outcome("unit_slips", (), view.unready)
    return outcome("unit_slips", _found(view), unjudged(view))


def _found(view: View) -> Iterator[Finding]:
    for far in view.history.departures:
        first = far.entries[0]
        if far.power is None or view.explained(first.facility, first.item, first.fy):
            continue
        times = f"{10**far.power:,}" if far.power > 0 else f"1/{10**-far.power:,}"
        yield Finding("C-09", place_of(view, far), {**data_of(far), "times": times, "unit": first.row["unit"]})

"""Estimates that do not say how they were made."""

from __future__ import annotations

from collections.abc import Iterator

from kotsukotsu.findings import Finding
from kotsukotsu.ledger.checks.outcome import Outcome, of_rows
from kotsukotsu.ledger.checks.place import key_data, of_entry
from kotsukotsu.ledger.checks.view import View


def check(view: View) -> Outcome:
    """C-30: an estimated row without a note."""
    return of_rows("estimates", view, _found)


def _found(view: View) -> Iterator[Finding]:
    for entry in view.looked_at:
        if entry.state == "estimated" and not (entry.row.get("note") or "").strip():
            yield Finding("C-30", of_entry(view, entry), key_data(entry))

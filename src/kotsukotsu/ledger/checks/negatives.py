"""Quantities below zero."""

from __future__ import annotations

from collections.abc import Iterator

from kotsukotsu.findings import Finding
from kotsukotsu.ledger.checks.outcome import Outcome, of_rows
from kotsukotsu.ledger.checks.place import key_data, of_entry
from kotsukotsu.ledger.checks.view import View
from kotsukotsu.rounding import plain


def check(view: View) -> Outcome:
    """C-10: a use is never negative; a credit belongs into the bill that it corrects."""
    return of_rows("negatives", view, _found)


def _found(view: View) -> Iterator[Finding]:
    for entry in view.looked_at:
        quantity = entry.row["quantity"]
        if quantity is not None and quantity < 0:
            yield Finding("C-10", of_entry(view, entry), {**key_data(entry), "value": plain(quantity)})

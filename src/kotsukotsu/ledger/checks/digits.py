"""Quantities with more digits than are kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kotsukotsu.findings import Finding
from kotsukotsu.ledger import rules
from kotsukotsu.ledger.checks.outcome import Outcome, of_rows
from kotsukotsu.ledger.checks.place import key_data, of_entry
from kotsukotsu.ledger.checks.view import View


def check(view: View) -> Outcome:
    """C-29: more than six decimals, or too large."""
    return of_rows("digits", view, _found)


def _found(view: View) -> Iterator[Finding]:
    for entry in view.looked_at:
        fault = rules.digits_fault(entry.row, entry.id)
        if fault:
            yield replace(fault, where=of_entry(view, entry), data={**key_data(entry), **fault.data})

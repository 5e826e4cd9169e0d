"""Rows that say "no use" and are contradicted, by themselves or by others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kotsukotsu.findings import Finding
from kotsukotsu.ledger import rules
from kotsukotsu.ledger.checks.entry import Entry
from kotsukotsu.ledger.checks.outcome import Outcome, of_rows
from kotsukotsu.ledger.checks.place import key_data, of_entry
from kotsukotsu.ledger.checks.view import View


def check(view: View) -> Outcome:
    """C-31 a quantity on such a row; C-37 another row of the same bill with a quantity in its period."""
    return of_rows("not_occurring", view, lambda view: [*_own(view), *_others(view)])


def _own(view: View) -> Iterator[Finding]:
    for entry in view.looked_at:
        fault = rules.quantity_fault(entry.row, entry.id)
        if fault:
            yield replace(fault, where=of_entry(view, entry), data={**key_data(entry), **fault.data})


def _others(view: View) -> Iterator[Finding]:
    # A row that takes another back stands beside the right one on purpose.
    for entry in view.looked_at:
        if entry.state == "not_occurring" and not entry.withdrawn:
            ids = [other.id for other in view.by_bill[entry.bill] if _contradicts(entry, other)]
            if ids:
                yield Finding("C-37", of_entry(view, entry), {**key_data(entry), "ids": ", ".join(ids)})


def _contradicts(entry: Entry, other: Entry) -> bool:
    used = other.state in ("measured", "estimated") and bool(other.row["quantity"])
    return used and other.start < entry.end and entry.start < other.end

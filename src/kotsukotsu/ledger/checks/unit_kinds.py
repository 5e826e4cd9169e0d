"""Units that do not measure the item."""

from __future__ import annotations

from collections.abc import Iterator

from kotsukotsu import units
from kotsukotsu.findings import Finding
from kotsukotsu.ledger.checks.entry import Entry
from kotsukotsu.ledger.checks.outcome import Outcome, of_rows
from kotsukotsu.ledger.checks.place import key_data, where
from kotsukotsu.ledger.checks.view import View


def check(view: View) -> Outcome:
    """U-01 an unknown unit; C-26 one of another dimension that no dated conversion accepts."""
    return of_rows("unit_kinds", view, _found)


def _found(view: View) -> Iterator[Finding]:
    used: dict[tuple[str, str, str], list[Entry]] = {}
    for entry in view.looked_at:
        used.setdefault((entry.facility, entry.item, entry.row["unit"]), []).append(entry)
    for (facility, item, unit), entries in used.items():
        if item in view.items and not _measures(view, item, unit):
            code = "C-26" if units.is_known(unit) else "U-01"
            data = {
                **key_data(entries[0]),
                "unit": unit,
                "expected": view.items[item].unit,
                "count": len(entries),
            }
            yield Finding(code, where(view, facility, item, "", [entries[0].id]), data)


def _measures(view: View, item: str, unit: str) -> bool:
    facts = view.items[item]
    return any(units.same_dimension(unit, other) for other in (facts.unit, *facts.other_units))

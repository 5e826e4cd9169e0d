"""Distance and fuel of single vehicles beside a total of all vehicles."""

from __future__ import annotations

from collections.abc import Iterator

from kotsukotsu.findings import Finding
from kotsukotsu.ledger.checks.entry import Entry
from kotsukotsu.ledger.checks.outcome import Outcome, of_rows
from kotsukotsu.ledger.checks.place import key_data, of_entry
from kotsukotsu.ledger.checks.view import View


def check(view: View) -> Outcome:
    """C-38: a row of no vehicle beside rows of vehicles, of the same item and days: they would be added up.

    A row that names anything else as its meter (other vehicles, a generator), or a use, stands for itself.
    """
    return of_rows("fleets", view, _found)


def _found(view: View) -> Iterator[Finding]:
    items = {(vehicle["facility_id"], vehicle[column]) for vehicle in view.vehicles.values() for column in _ITEMS}
    totals: list[Entry] = []
    single: dict[tuple[str, str], list[Entry]] = {}
    for entry in view.looked_at:
        if (entry.facility, entry.item) not in items or not entry.row["quantity"] or entry.use:
            continue
        if entry.meter in view.vehicles:
            single.setdefault((entry.facility, entry.item), []).append(entry)
        elif not entry.meter:
            totals.append(entry)
    for total in totals:
        own = single.get((total.facility, total.item), ())
        beside = [entry.id for entry in own if entry.start < total.end and total.start < entry.end]
        if beside:
            data = {"count": len(beside), "ids": beside[0], "beside": ", ".join(beside)}
            yield Finding("C-38", of_entry(view, total), {**key_data(total), **data})


_ITEMS = ("class", "fuel")

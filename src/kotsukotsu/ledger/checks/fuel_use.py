"""Fuels whose use is not told: only their CO2 can be computed."""

from __future__ import annotations

from collections.abc import Iterator

from kotsukotsu import units
from kotsukotsu.findings import Finding
from kotsukotsu.ledger.checks.entry import Entry
from kotsukotsu.ledger.checks.outcome import Outcome, of_rows
from kotsukotsu.ledger.checks.place import key_data, where
from kotsukotsu.ledger.checks.view import View
from kotsukotsu.ledger.traits import having


def check(view: View) -> Outcome:
    """C-24: one finding for each facility and item.

    Diesel of vehicles is left out: their CH4 and N2O are counted by the distance they run.
    """
    return of_rows("fuel_use", view, _found)


def _found(view: View) -> Iterator[Finding]:
    asked, driven = having("use"), having("vehicle_fuel")
    told_nothing = [e for e in view.looked_at if e.item in asked and not e.use and e.row["quantity"]]
    fleets = _fleets(view) if any(entry.item in driven for entry in told_nothing) else set()
    found: dict[tuple[str, str], list[Entry]] = {}
    for entry in told_nothing:
        if not (entry.item in driven and entry.facility in fleets):
            found.setdefault((entry.facility, entry.item), []).append(entry)
    for (facility, item), entries in found.items():
        data = {**key_data(entries[0]), "count": len(entries)}
        yield Finding("C-24", where(view, facility, item), data)


def _fleets(view: View) -> set[str]:
    fleets = {row["facility_id"] for row in view.city.table("vehicles")}
    distances = {
        code
        for code, facts in view.items.items()
        if units.is_known(facts.unit) and units.find(facts.unit).dimension == "distance"
    }
    return fleets | {entry.facility for entry in view.entries if entry.item in distances}

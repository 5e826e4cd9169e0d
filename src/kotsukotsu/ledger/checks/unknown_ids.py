"""Ids that name nothing: a facility, an item, a department or a meter that no table knows."""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from pathlib import Path

from kotsukotsu.findings import Finding
from kotsukotsu.ledger.checks.outcome import Outcome, outcome
from kotsukotsu.ledger.checks.view import View

CODES = {"facility": "C-19", "item": "C-20", "department": "C-21", "meter": "C-22"}


@cache
def references() -> tuple[tuple[str, str, str, str], ...]:
    """Which column of which table names what, from ``references.csv``."""
    with (Path(__file__).parent / "references.csv").open(encoding="utf-8", newline="") as file:
        return tuple((r["table"], r["column"], r["names"], r["meaning"]) for r in csv.DictReader(file))


def check(view: View) -> Outcome:
    """C-19 to C-22: one finding for each id and the column that names it.

    Without meters.csv nothing is known about meters (C-94).
    """
    known = {
        "facility": view.facilities.keys(),
        "item": view.items.keys(),
        "department": {row["department_id"] for row in view.city.table("departments")},
        "meter": _meters(view),
    }
    return outcome("unknown_ids", _found(view, known), _not_looked_at(view, known["meter"]))


def _meters(view: View) -> set[str]:
    """Meters, and vehicles, whose rows name them as their meter; without meters.csv nothing is known."""
    meters = {row["meter_id"] for row in view.city.table("meters")}
    return meters | view.vehicles.keys() if meters else set()


def _found(view: View, known: Mapping[str, Collection[str]]) -> Iterator[Finding]:
    for table, column, names, meaning in references():
        if names == "meter" and not known["meter"]:
            continue
        for value, rows in _unknown(view, table, column, known[names]).items():
            data = {"table": table, "column": column, "meaning": meaning, "value": value, "count": len(rows)}
            first = {"row": rows[0][0], "activity_id": rows[0][1]}
            yield Finding(CODES[names], f"{table}.csv", {**data, **first})


def _unknown(view: View, table: str, column: str, known: Collection[str]) -> dict[str, list[tuple[int, str]]]:
    rows = view.table(table)
    unknown = {row.get(column) for row in rows}.difference(known, (None, ""))
    found: dict[str, list[tuple[int, str]]] = {}
    for number, row in enumerate(rows, start=1) if unknown else ():
        if row.get(column) in unknown:
            found.setdefault(row[column], []).append((number, row.get("activity_id") or ""))
    return found


def _not_looked_at(view: View, meters: Collection[str]) -> Finding | None:
    if view.broken:
        return view.unready
    if meters:
        return None
    columns = [(table, column) for table, column, names, _ in references() if names == "meter"]
    named = any(row.get(column) for table, column in columns for row in view.table(table))
    return Finding("C-94", "meters.csv") if named else None

"""Reporting bodies that claim more than the whole of a facility or department."""

from __future__ import annotations

from collections.abc import Iterator

from kotsukotsu.findings import Finding
from kotsukotsu.ledger.checks.outcome import Outcome, outcome
from kotsukotsu.ledger.checks.shares import runs, segments
from kotsukotsu.ledger.checks.view import View
from kotsukotsu.periods import last_day
from kotsukotsu.schema import Row


def check(view: View) -> Outcome:
    """C-28: shares of the bodies in one facility, or in one department, add up to more than 1 on a day."""
    return outcome("bodies", _found(view))


def _found(view: View) -> Iterator[Finding]:
    claimed: dict[tuple[str, str], list[Row]] = {}
    for row in view.city.table("bodies"):
        column = "facility_id" if row.get("facility_id") else "department_id"
        if row.get(column):
            claimed.setdefault((column, row[column]), []).append(row)
    for (column, value), rows in claimed.items():
        for year in view.fiscal_years:
            for fault in runs(list(segments(rows, year.start, year.end)), lambda piece: piece.total > 1):
                bodies = "・".join(str(row["name"]) for row in fault.rows)
                days = {"start": fault.start, "last": last_day(fault.end), "share": f"{fault.total:f}"}
                yield Finding("C-28", _name(view, column, value), {column: value, "bodies": bodies, **days})


def _name(view: View, column: str, value: str) -> str:
    if column == "facility_id":
        return view.facility_name(value)
    names = {row["department_id"]: str(row["name"]) for row in view.city.table("departments")}
    return names.get(value, value)

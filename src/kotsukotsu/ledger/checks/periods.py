"""Periods that hold no day."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from kotsukotsu import schema
from kotsukotsu.findings import Finding
from kotsukotsu.ledger import rules
from kotsukotsu.ledger.checks.outcome import Outcome, outcome
from kotsukotsu.ledger.checks.place import where
from kotsukotsu.ledger.checks.view import View

DATED = (("valid_from", "valid_to"), ("opened_on", "closed_on"), ("acquired_on", "disposed_on"))


def check(view: View) -> Outcome:
    """C-34 a row of the ledger, C-35 a dated row of another table that ends before it begins."""
    return outcome("periods", [*_ledger(view), *_tables(view)], view.unready if view.broken else None)


def _ledger(view: View) -> Iterator[Finding]:
    for row in view.rows:
        if row["end"] <= row["start"]:
            place = where(view, row["facility_id"], row["item"], "", [row["activity_id"]])
            fault = rules.period_fault(row, place)
            if fault:
                yield fault


def _tables(view: View) -> Iterator[Finding]:
    for table in (*view.city.tables, "factors"):
        for begins, ends in _dated(table):
            for number, row in enumerate(view.table(table), start=1):
                if row.get(begins) and row.get(ends) and row[ends] <= row[begins]:
                    data = {"table": table, "row": number, "start": row[begins], "end": row[ends]}
                    yield Finding("C-35", f"{table}.csv", data)


@cache
def _dated(table: str) -> tuple[tuple[str, str], ...]:
    """Columns of a table that hold the first day of something and the day after its last."""
    names = {column.column for column in schema.columns(table)}
    return tuple(pair for pair in DATED if pair[0] in names)

"""What one row must fulfil by itself; asked when it is posted and again by the checks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from functools import cache

from kotsukotsu import schema, units
from kotsukotsu.findings import Finding
from kotsukotsu.ledger.limits import limit
from kotsukotsu.schema import Row

BASES = next(column.choices for column in schema.columns("activities") if column.column == "basis")
ASSIGNED = ("activity_id", "replaces", "posted_at", "posted_by")


def faults(row: Row, where: str) -> list[Finding]:
    """Everything that forbids posting a row.

    Parameters
    ----------
    row : Row
        A row of ``activities``; `activity_id` and `posted_at` may still be missing.
    where : str
        Its place, for people.

    Returns
    -------
    list of Finding
        LG-21 a required column is empty, LG-23 a value of another type, LG-22 an unknown basis, U-01 an
        unknown unit, C-34 a period that ends before it begins, C-29 digits that cannot be kept, C-31 not
        occurring with a quantity.
    """
    shape = [*_empty(row, where), *_types(row, where)]
    if shape:
        return shape
    own = (period_fault(row, where), digits_fault(row, where), quantity_fault(row, where))
    found = [fault for fault in own if fault]
    if row["basis"] not in BASES:
        found.append(Finding("LG-22", where, {"basis": row["basis"], "choices": "・".join(BASES)}))
    if not units.is_known(row["unit"]):
        found.append(Finding("U-01", where, {"unit": row["unit"]}))
    return found


def _empty(row: Row, where: str) -> Iterator[Finding]:
    for column in schema.columns("activities"):
        if column.required and column.column not in ASSIGNED and row.get(column.column) in (None, ""):
            yield Finding("LG-21", where, {"column": column.column, "meaning": column.meaning})


def _types(row: Row, where: str) -> Iterator[Finding]:
    for name in ("start", "end"):
        value = row.get(name)
        if value is not None and (not isinstance(value, date) or isinstance(value, datetime)):
            yield Finding("LG-23", where, {"column": name, "value": value, "type": schema.named("date")})
    for name in ("quantity", "cost_yen"):
        value = row.get(name)
        if value is not None and not (isinstance(value, Decimal) and value.is_finite()):
            yield Finding("LG-23", where, {"column": name, "value": value, "type": schema.named("decimal")})


def period_fault(row: Row, where: str) -> Finding | None:
    """C-34 if the period holds no day."""
    if row["end"] > row["start"]:
        return None
    return Finding("C-34", where, {"activity_id": row.get("activity_id"), "start": row["start"], "end": row["end"]})


def digits_fault(row: Row, where: str) -> Finding | None:
    """C-29 if the quantity has more decimals or more digits than are kept."""
    quantity = row.get("quantity")
    if quantity is None:
        return None
    decimals, bound = _digits()
    if -int(quantity.as_tuple().exponent) <= decimals and abs(quantity) < bound:
        return None
    data = {
        "activity_id": row.get("activity_id"),
        "value": quantity,
        "decimals": decimals,
        "bound": f"{bound:,}",
    }
    return Finding("C-29", where, data)


@cache
def _digits() -> tuple[int, Decimal]:
    return int(limit("quantity_decimals")), limit("quantity_bound")


def quantity_fault(row: Row, where: str) -> Finding | None:
    """C-31 if the row says that nothing was used and gives a quantity."""
    if row["basis"] != "not_occurring" or row.get("quantity") is None:
        return None
    return Finding("C-31", where, {"activity_id": row.get("activity_id"), "value": row["quantity"]})

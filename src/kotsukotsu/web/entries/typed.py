"""What a person typed into a cell, as the ledger keeps it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from kotsukotsu import units
from kotsukotsu.accounting import exact
from kotsukotsu.importers.model import Cell
from kotsukotsu.importers.values import reading
from kotsukotsu.ledger.rules import digits_fault
from kotsukotsu.web.errors import WebError


@dataclass(frozen=True, slots=True)
class Typed:
    """A quantity and what it rests on; no quantity is missing, unless nothing was used."""

    quantity: Decimal | None
    basis: str


def typed(text: str, unit: str, *, estimated: bool = False) -> Typed:
    """What a text says: full-width digits, commas, units and 推計 as the importers read them; － is 使用なし.

    Raises
    ------
    WebError
        W-20 the text is no quantity, C-29 it has more digits than are kept.
    """
    found = reading(Cell(text, "text"))
    if found.kind in ("blank", "missing"):
        return Typed(None, "measured")
    if found.kind == "not_occurring":
        return Typed(None, "not_occurring")
    if found.kind != "number" or found.value is None:
        raise WebError("W-20", text=text)
    value = _in_unit(found.value, found.unit, unit, text)
    if fault := digits_fault({"quantity": value}, ""):
        raise WebError(fault.code, **fault.data)
    return Typed(value, "estimated" if estimated or found.estimated else "measured")


def _in_unit(value: Decimal, given: str, wanted: str, text: str) -> Decimal:
    if not given:
        return value
    if not units.same_dimension(given, wanted):
        raise WebError("W-20", text=text)
    return exact.product(value, units.ratio(given, wanted))

"""How the total was computed: every factor in use with its quantity, source and status; the lines add up to it."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from kotsukotsu import texts
from kotsukotsu.accounting import exact
from kotsukotsu.accounting.inventory import Inventory
from kotsukotsu.accounting.model import Line
from kotsukotsu.catalogue.in_force import Law
from kotsukotsu.documents.model import Names, Overview
from kotsukotsu.documents.parts import status_name
from kotsukotsu.documents.printing import Figure, Printer, decimals, unit_name
from kotsukotsu.documents.table import Row, Table
from kotsukotsu.rounding import plain

Used = dict[tuple[str, str, str, Decimal, Decimal], list[Line]]  # item, gas, factor, its thirds, GWP


def factors(found: Overview, result: Inventory, names: Names) -> Table:
    """One line for each item, gas and factor: quantity x factor x GWP = emission."""
    printer = Printer(found.rounding)
    used = _used(result.lines)
    items = result.law.catalogue.items
    keys = sorted(used, key=lambda key: (items[key[0]].order, key[1], -_thirds(used[key]), key[2]))
    rows = tuple(_row(used[key], result, names, printer) for key in keys)
    heads = tuple(
        texts.label(f"used.head.{name}", unit=printer.unit)
        for name in ("item", "gas", "amount", "factor", "gwp", "tonnes", "source", "status")
    )
    total: Row = (texts.label("total"), "", _blank(), _blank(), _blank(), found.totals.total, "", "")
    title = texts.label("used.table", year=found.year.label)
    return Table(title, "", heads, rows, (total,), texts.label("used.note"))


def _used(lines: Iterable[Line]) -> Used:
    found: Used = {}
    for line in lines:
        key = (line.item, line.gas, line.factor.factor_id, line.factor.thirds, line.gwp)
        found.setdefault(key, []).append(line)
    return found


def _thirds(lines: Iterable[Line]) -> Decimal:
    return exact.total(line.thirds_co2e for line in lines)


def _row(lines: list[Line], result: Inventory, names: Names, printer: Printer) -> Row:
    first = lines[0]
    factor, unit = first.factor, result.law.catalogue.items[first.item].unit
    amount = exact.total(line.amount for line in lines)
    shown = printer.quantity(amount, unit)
    item = names["item"](first.item)
    if factor.supplier:
        item = texts.label("used.supplier", item=item, supplier=names["supplier"](factor.supplier), menu=factor.menu)
    return (
        item.strip(), first.gas, _text(f"{shown.text} {shown.unit}", amount),
        _text(f"{plain(factor.value)} {factor.mass}/{unit_name(factor.per)}", factor.value), decimals(first.gwp, 0),
        decimals(exact.product(exact.whole(_thirds(lines)), printer.scale), printer.rounding.digits + 1, printer.unit),
        source_of(first, result.law), status_name(result, result.status(lines)),
    )  # fmt: skip


def source_of(line: Line, law: Law) -> str:
    """The document that the factor stands in."""
    source = law.catalogue.sources.get(line.factor.source)
    return source.title if source else line.factor.source


def _text(text: str, value: Decimal) -> Figure:
    return Figure(value, None, text, "")


def _blank() -> Figure:
    return Figure(None, None, "", "")

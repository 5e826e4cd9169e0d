"""Tables of a year's bills."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from kotsukotsu import texts
from kotsukotsu.documents.energy.meters import Meter
from kotsukotsu.documents.energy.study import figure
from kotsukotsu.documents.printing import Figure
from kotsukotsu.documents.table import Cell, Table
from kotsukotsu.energy import bill as kinds
from kotsukotsu.energy.bill import Line
from kotsukotsu.energy.tariff.contract import Contract
from kotsukotsu.periods import Month

GROUPS: dict[str, tuple[str, ...]] = {
    "demand": (kinds.DEMAND, kinds.EXCESS, kinds.FIXED),
    "energy": (kinds.ENERGY, kinds.SPOT),
    "adjustment": (kinds.FUEL, kinds.MARKET),
    "network": (kinds.NETWORK_DEMAND, kinds.NETWORK_ENERGY, kinds.LOSS, kinds.GENERATION),
    "levy": (kinds.LEVY,),
    "tax": (kinds.TAX,),
}
ZERO = Decimal(0)


def shown(found: Sequence[Meter]) -> list[str]:
    """The groups of lines that any bill has."""
    there = {kind for one in found for kind in one.bill.by_kind()}
    return [name for name, members in GROUPS.items() if there & set(members)]


def amount(lines: Sequence[Line], group: str) -> Decimal:
    """The lines of a group together. [yen]"""
    return sum((line.amount for line in lines if line.kind in GROUPS[group]), ZERO)


def composition(found: Sequence[Meter]) -> Table:
    """Months by groups of lines; what rounding takes away stands in no group."""
    groups = shown(found)
    rows: list[tuple[Cell, ...]] = []
    for number, month in enumerate(found[0].bill.months):
        same = [one.bill.months[number] for one in found]
        parts = [sum((amount(one.lines, group) for one in same), ZERO) for group in groups]
        total = sum((one.total for one in same), ZERO)
        kwh = sum((one.kwh for one in same), ZERO)
        rows.append((str(month.month), figure(kwh), *(figure(part) for part in parts), figure(total)))
    headings = (label("month"), label("kwh"), *(label(f"group.{group}") for group in groups), label("total"))
    sums = [_sum([row[place] for row in rows]) for place in range(1, len(headings))]
    return Table(label("composition"), label("yen"), headings, tuple(rows), ((texts.label("total"), *sums),),
                 label("rounding"))  # fmt: skip


def by_meter(found: Sequence[Meter]) -> Table:
    """Meters side by side."""
    rows = tuple(
        (one.name, _tariffs(one), figure(one.bill.kwh), figure(_contract(one)),
         figure(one.bill.total), figure(one.bill.total / one.bill.kwh if one.bill.kwh else None, 1))
        for one in found
    )  # fmt: skip
    headings = tuple(label(name) for name in ("meter", "tariff", "kwh", "contract", "total", "per_kwh"))
    return Table(label("meters"), "", headings, rows, _together(found) if len(found) > 1 else ())


def _tariffs(one: Meter) -> str:
    return label("then").join(tariff.name for tariff in one.bill.tariffs)


def _together(found: Sequence[Meter]) -> tuple[tuple[Cell, ...]]:
    """All meters: their maxima are not of one moment, so no power stands in the sum."""
    kwh = sum((one.bill.kwh for one in found), ZERO)
    yen = sum((one.bill.total for one in found), ZERO)
    return ((texts.label("total"), "", figure(kwh), figure(None), figure(yen), figure(yen / kwh if kwh else None, 1)),)


def maxima(one: Meter) -> Table:
    """Maximum and contract of every month, and which month set it."""
    rows: list[tuple[Cell, ...]] = []
    months = one.bill.months
    for month in months:
        at = f"{one.bill.calendar.moment(month.maximum.slot):%m-%d %H:%M}"
        rows.append((str(month.month), figure(month.maximum.kw), at, figure(_kw(month.contract)),
                     _set_by(months[0].month, month.contract)))  # fmt: skip
    headings = tuple(label(name) for name in ("month", "maximum", "at", "contract", "set_by"))
    return Table(label("maxima", meter=one.name), "kW", headings, tuple(rows))


def _set_by(first: Month, contract: Contract | None) -> str:
    """The month that set a contract, or that it is agreed."""
    if contract is None:
        return ""
    return label("by_agreement") if contract.set_by is None else str(Month.at(first.index + contract.set_by))


def rooms(found: Sequence[Meter]) -> Table:
    """The room left in the last month."""
    rows = tuple(
        (one.name, figure(left.maximum_kw), figure(left.contract_kw), figure(left.left_kw),
         figure(None if left.agreed else left.yen_per_kw), str(left.last_month or label("by_agreement")))
        for one in found if (left := one.room)
    )  # fmt: skip
    headings = tuple(label(name) for name in ("meter", "maximum", "contract", "left", "yen_per_kw", "last_month"))
    return Table(label("rooms"), "", headings, rows)


def lines(found: Sequence[Meter]) -> Table:
    """Every line of every bill: quantity x price x share = amount, with source and status."""
    rows = tuple(
        (one.name, str(month.month), _named(line), figure(line.quantity, _digits(line.quantity)),
         texts.label(f"energy.unit.{line.unit}"), figure(line.price, _digits(line.price)),
         figure(line.share, _digits(line.share)), figure(line.amount, _digits(line.amount)), line.source,
         texts.label(f"energy.status.{line.status}"))
        for one in found for month in one.bill.months for line in month.lines
    )  # fmt: skip
    names = ("meter", "month", "line", "quantity", "unit", "price", "share", "amount", "source", "status")
    return Table(label("lines"), "", tuple(label(name) for name in names), rows)


def label(name: str, /, **data: str) -> str:
    """A heading of these tables."""
    return texts.label(f"energy.bill.{name}", **data)


def _named(line: Line) -> str:
    return " ".join(part for part in (texts.label(f"energy.line.{line.kind}"), line.season, line.period) if part)


def _digits(value: Decimal) -> int:
    return max(-int(value.normalize().as_tuple().exponent), 0)


def _contract(one: Meter) -> Decimal | None:
    return _kw(one.bill.months[-1].contract)


def _kw(contract: Contract | None) -> Decimal | None:
    return contract.kw if contract else None


def _sum(cells: Sequence[Cell]) -> Figure:
    parts = [cell.exact for cell in cells if isinstance(cell, Figure) and cell.exact is not None]
    return figure(sum(parts, ZERO))

"""Tables of an agreement and its fund."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from kotsukotsu import texts
from kotsukotsu.documents.energy.study import figure
from kotsukotsu.documents.table import Cell, Table
from kotsukotsu.energy.fund import Line, Ppa, Served, Spent
from kotsukotsu.rounding import plain

COLUMNS = ("used_kwh", "avoided_price", "price", "saving_yen", "to_fund_yen", "kept_yen", "spent_yen", "balance_yen")
SUMS = ("used_kwh", "saving_yen", "to_fund_yen", "kept_yen", "spent_yen")
ZERO = Decimal(0)
SETTLED = "*"


def lines(found: Sequence[Line], ppa: Ppa) -> Table:
    """Every year: used x (avoided price - price) = saving; the fund's share of it, the rest, payments, balance."""
    rows: list[tuple[Cell, ...]] = []
    for line in found:
        cells = [figure(getattr(line, name), 2 if name.endswith("price") else 0) for name in COLUMNS]
        rows.append((f"{line.fiscal_year}{SETTLED if line.settled else ''}", *cells))
    total: tuple[Cell, ...] = (texts.label("total"), *(_sum(found, name) for name in COLUMNS))
    heads = (label("fiscal_year"), *(label(name) for name in COLUMNS))
    return Table(label("lines"), "", heads, tuple(rows), (total,), label("lines.note", share=plain(ppa.fund_share)))


def first_year(ppa: Ppa) -> Table:
    """What the agreement rests on."""
    names = ("used_kwh", "surplus_kwh", "avoided_price", "price", "escalator_pct", "avoided_pct", "degradation_pct",
             "fund_share")  # fmt: skip
    digits = {"used_kwh": 0, "surplus_kwh": 0}
    rows = tuple((label(name), figure(getattr(ppa, name), digits.get(name, 2))) for name in names)
    return Table(label("first_year"), "", (label("what"), label("value")), rows, (), label("avoided.note"))


def spent(found: Sequence[Spent]) -> Table:
    """What the fund paid for."""
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (str(one.fiscal_year), one.what, figure(one.yen), one.source) for one in found
    )
    heads = tuple(label(name) for name in ("fiscal_year", "what", "yen", "source"))
    return Table(label("spent"), "", heads, rows)


def served(found: Sequence[Served]) -> Table:
    """What is over, by menu, and what each household saves in the first year."""
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (one.menu.name, figure(Decimal(one.menu.households)), figure(one.kwh), figure(one.menu.usual_price, 2),
         figure(one.menu.price, 2), figure(one.each_yen), figure(one.all_yen), figure(one.paid_yen),
         figure(one.to_generator_yen), figure(one.rest_yen))
        for one in found
    )  # fmt: skip
    names = ("menu", "households", "kwh", "usual_price", "menu_price", "each_yen", "all_yen", "menu_paid",
             "to_generator", "menu_rest")  # fmt: skip
    return Table(label("served"), "", tuple(label(name) for name in names), rows, (), label("served.note"))


def label(name: str, /, **data: str) -> str:
    """A text of these documents."""
    return texts.label(f"energy.fund.{name}", **data)


def _sum(found: Sequence[Line], name: str) -> Cell:
    return figure(sum((getattr(line, name) for line in found), ZERO)) if name in SUMS else figure(None)

"""The study of an agreement and its fund: who saved, who paid, what it bought."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from kotsukotsu.documents.charts.model import Chart
from kotsukotsu.documents.energy import fund_tables as tables
from kotsukotsu.documents.energy.bill_data import head
from kotsukotsu.documents.energy.bill_study import banners
from kotsukotsu.documents.energy.charts.stacked import Series, stacked
from kotsukotsu.documents.energy.fund_tables import label
from kotsukotsu.documents.energy.study import Part, Study, footer
from kotsukotsu.energy.bill import Bill
from kotsukotsu.energy.fund import Line, Ppa, Served, Spent
from kotsukotsu.energy.site import Site
from kotsukotsu.findings import Finding
from kotsukotsu.rounding import plain, printed

KEPT, FUND, SPENT, BALANCE = "#0072B2", "#009E73", "#D55E00", "#1a1a1a"
ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Told:
    """An agreement as it is told."""

    ppa: Ppa
    without: Bill
    with_: Bill
    lines: tuple[Line, ...]
    spent: tuple[Spent, ...]
    served: tuple[Served, ...]


def study(site: Site, found: Sequence[Told], findings: Sequence[Finding], made: date) -> Study:
    """Sentences, cash flow, every year, what the fund paid for, households."""
    year = site.fiscal_year.name
    bills = [one for told in found for one in (told.without, told.with_)]
    parts = [part for number, told in enumerate(found) for part in _parts(told, number)]
    losses = [_loss(told) for told in found if any(line.saving_yen < 0 for line in told.lines)]
    data = {**head(site), "agreements": [_data(told) for told in found]}
    return Study(
        label("title", site=site.name), banners(site, bills), tuple(_sentence(told) for told in found), tuple(parts),
        data, (*losses, *_unpaid(found), *findings), footer(site.name, year, made), made,
    )  # fmt: skip


def _parts(told: Told, number: int) -> list[Part]:
    flow = _flow(told, number)
    more = tuple(table for table in (tables.spent(told.spent), tables.served(told.served)) if table.rows)
    return [
        Part(f"flow-{number}", label("part.flow", name=told.ppa.name), (flow,)),
        Part(f"more-{number}", label("part.more", name=told.ppa.name), (), (tables.first_year(told.ppa), *more)),
    ]


def _flow(told: Told, number: int) -> Chart:
    """What the city keeps, what the fund gets and pays, and what is in it."""
    lines = told.lines
    last = lines[-1]
    title = label("chart.flow", year=str(last.fiscal_year), yen=printed(last.balance_yen))
    parts = [
        Series(label("kept_yen"), KEPT, [float(line.kept_yen) for line in lines]),
        Series(label("to_fund_yen"), FUND, [float(line.to_fund_yen) for line in lines]),
        Series(label("spent_yen"), SPENT, [-float(line.spent_yen) for line in lines]),
    ]
    balance = Series(label("balance_yen"), BALANCE, [float(line.balance_yen) for line in lines])
    years = [str(line.fiscal_year) for line in lines]
    drawn = stacked(years, parts, [balance], ident=f"flow-{number}", title=title, description=label("chart.flow.unit"),
                    every=2)  # fmt: skip
    return Chart(f"flow-{number}", title, label("chart.flow.unit"), drawn, tables.lines(told.lines, told.ppa))


def _sentence(told: Told) -> str:
    lines = told.lines
    saving, fund, spent = (
        sum((getattr(line, name) for line in lines), ZERO) for name in ("saving_yen", "to_fund_yen", "spent_yen")
    )
    return label(
        "sentence", name=told.ppa.name, years=str(told.ppa.years), saving=printed(saving), fund=printed(fund),
        spent=printed(spent), balance=printed(lines[-1].balance_yen), avoided=printed(told.ppa.avoided_price, 2),
        price=printed(told.ppa.price, 2),
    )  # fmt: skip


def _loss(told: Told) -> Finding:
    years = [str(line.fiscal_year) for line in told.lines if line.saving_yen < 0]
    loss = sum((line.saving_yen for line in told.lines if line.saving_yen < 0), ZERO)
    data = {"ppa": told.ppa.name, "first": years[0], "count": len(years), "yen": printed(-loss)}
    return Finding("FD-08", told.ppa.ppa_id, data)


def _unpaid(found: Sequence[Told]) -> list[Finding]:
    """FD-10: menus of which nothing is left for network, levy and retailer."""
    return [
        Finding("FD-10", one.menu.menu_id, {"menu": one.menu.name, "price": plain(one.menu.price),
                                            "surplus": plain(told.ppa.surplus_price)})
        for told in found for one in told.served if one.rest_yen < 0
    ]  # fmt: skip


def _data(told: Told) -> dict[str, Any]:
    ppa = told.ppa
    return {
        "ppa": ppa.ppa_id, "name": ppa.name, "price": plain(ppa.price), "avoided_price": plain(ppa.avoided_price),
        "used_kwh": plain(ppa.used_kwh), "surplus_kwh": plain(ppa.surplus_kwh), "fund_share": plain(ppa.fund_share),
        "bill_without_yen": plain(told.without.total), "bill_with_yen": plain(told.with_.total),
        "years": [_line(line) for line in told.lines],
        "spent": [{"fiscal_year": one.fiscal_year, "what": one.what, "yen": plain(one.yen), "source": one.source}
                  for one in told.spent],
        "households": [
            {"menu": one.menu.menu_id, "name": one.menu.name, "households": one.menu.households,
             "kwh": plain(one.kwh), "each_yen": plain(one.each_yen), "all_yen": plain(one.all_yen),
             "paid_yen": plain(one.paid_yen), "to_generator_yen": plain(one.to_generator_yen)}
            for one in told.served
        ],
    }  # fmt: skip


def _line(line: Line) -> dict[str, Any]:
    names = ("used_kwh", "avoided_price", "price", "avoided_yen", "paid_yen", "saving_yen", "to_fund_yen", "kept_yen",
             "spent_yen", "balance_yen", "surplus_kwh")  # fmt: skip
    numbers = {name: plain(getattr(line, name)) for name in names}
    return {"fiscal_year": line.fiscal_year, **numbers, "settled": line.settled, "source": line.source}

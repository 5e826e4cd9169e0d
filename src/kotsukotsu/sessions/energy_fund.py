"""The agreements of a site: what the first year saves by the bill engine, then every year of the term."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from kotsukotsu.accounting import exact as decimals
from kotsukotsu.energy import exact
from kotsukotsu.energy.bill import Bill
from kotsukotsu.energy.contracts import billed
from kotsukotsu.energy.errors import EnergyError
from kotsukotsu.energy.fund import Line, Menu, Ppa, Served, Settlement, Spent, ledger, served
from kotsukotsu.rounding import Rounding
from kotsukotsu.schema import Row
from kotsukotsu.sessions.energy_site import EnergySite

PRICE = Rounding(digits=4)
PLANNED = "planned"


@dataclass(frozen=True, slots=True)
class Agreement:
    """An agreement with its years.

    Attributes
    ----------
    without, with_ : Bill
        The year's bill of the meter without and with the generation behind it.
    """

    ppa: Ppa
    without: Bill
    with_: Bill
    lines: tuple[Line, ...]
    spent: tuple[Spent, ...]
    served: tuple[Served, ...]


def agreements(opened: EnergySite) -> tuple[Agreement, ...]:
    """Every agreement of the site.

    Raises
    ------
    EnergyError
        FD-06 a site without agreements, FD-07 a meter without generation behind it, FD-09 one whose generation is
        there already; FD-… as the calculation.
    """
    rows = opened.site.tables["ppas"]
    if not rows:
        raise EnergyError("FD-06")
    return tuple(_agreement(opened, row) for row in rows)


def _agreement(opened: EnergySite, row: Row) -> Agreement:
    site, meter = opened.site, row["meter_id"]
    without = opened.bill(meter)
    behind = [one for one in site.tables["generators"] if one["meter_id"] == meter]
    if not behind:
        raise EnergyError("FD-07", ppa=row["name"], meter=meter)
    for one in behind:
        if one["state"] != PLANNED:  # the half-hours that are bought are without what it gave
            raise EnergyError("FD-09", ppa=row["name"], generator=one["name"])
    own = [one["generator_id"] for one in behind]
    made = np.sum([opened.generation(generator).complete() for generator in own], axis=0)
    bought = np.maximum(without.load - made, 0.0)
    with_ = billed(site.book, opened.contracts(meter), bought, site.calendar)
    used = exact.total(np.minimum(without.load, made))
    ppa = _ppa(row, used, exact.total(np.maximum(made - without.load, 0.0)), without, with_)
    spent = tuple(
        Spent(one["fiscal_year"], one["what"], one["yen"], one["source"])
        for one in site.tables["spending"] if one["ppa_id"] == ppa.ppa_id
    )  # fmt: skip
    menus = [_menu(one) for one in site.tables["menus"] if one["ppa_id"] == ppa.ppa_id]
    lines = ledger(ppa, _settled(site.tables["settlements"], ppa.ppa_id), spent)
    return Agreement(ppa, without, with_, lines, spent, served(lines[0].surplus_kwh, menus, ppa.surplus_price))


def _ppa(row: Row, used: Decimal, surplus: Decimal, without: Bill, with_: Bill) -> Ppa:
    """The avoided price is what the bill falls by for each kilowatt-hour used."""
    saved = decimals.difference(without.total, with_.total)
    avoided = PRICE.figure(saved / used) if used else Decimal(0)
    return Ppa(
        row["ppa_id"], row["name"], row["start_fy"], row["years"], row["price"], avoided, row["surplus_price"], used,
        surplus, row["escalator_pct"], row["avoided_pct"], row["degradation_pct"], row["fund_share"],
    )  # fmt: skip


def _settled(rows: tuple[Row, ...], ppa_id: str) -> dict[int, Settlement]:
    return {
        row["fiscal_year"]: Settlement(row["used_kwh"], row["avoided_price"], row["surplus_kwh"], row["source"])
        for row in rows
        if row["ppa_id"] == ppa_id
    }


def _menu(row: Row) -> Menu:
    return Menu(row["menu_id"], row["name"], row["households"], row["kwh"], row["usual_price"], row["price"])

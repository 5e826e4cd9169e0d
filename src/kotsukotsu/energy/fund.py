"""Sharing the gain: a power purchase agreement over its years, and the regional fund that a share of the savings fills.

For every year: saving = used x (price of the power that is not bought - price of the agreement); the fund gets its
share of a saving and nothing of a loss, in whole yen; a year's settlement replaces the projection of that year alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kotsukotsu.accounting import exact
from kotsukotsu.energy.errors import EnergyError
from kotsukotsu.rounding import Rounding

YEN = Rounding(digits=0, method="truncate")
PRICE = Rounding(digits=4)
ENERGY = Rounding(digits=0)
ZERO, ONE, HUNDRED = Decimal(0), Decimal(1), Decimal(100)


@dataclass(frozen=True, slots=True)
class Ppa:
    """An agreement.

    Attributes
    ----------
    price, avoided_price, surplus_price : Decimal
        Of the first year: what the city pays, what it does not buy, what the generator gets for what is over. [yen/kWh]
    used_kwh, surplus_kwh : Decimal
        Of the first year. [kWh]
    escalator_pct, avoided_pct, degradation_pct : Decimal
        Change of the price, of the avoided price and of the generation from year to year. [%]
    fund_share : Decimal
        [1]
    """

    ppa_id: str
    name: str
    start_fy: int
    years: int
    price: Decimal
    avoided_price: Decimal
    surplus_price: Decimal
    used_kwh: Decimal
    surplus_kwh: Decimal
    escalator_pct: Decimal
    avoided_pct: Decimal
    degradation_pct: Decimal
    fund_share: Decimal


@dataclass(frozen=True, slots=True)
class Settlement:
    """What the meters and bills of a year said. [kWh, yen/kWh]"""

    used_kwh: Decimal
    avoided_price: Decimal
    surplus_kwh: Decimal
    source: str


@dataclass(frozen=True, slots=True)
class Spent:
    """What the fund paid for. [yen]"""

    fiscal_year: int
    what: str
    yen: Decimal
    source: str


@dataclass(frozen=True, slots=True)
class Line:
    """A year; every figure can be worked out from those before it.

    Attributes
    ----------
    avoided_yen, paid_yen, saving_yen : Decimal
        used x avoided price, used x price, and the difference. [yen]
    to_fund_yen, kept_yen : Decimal
        The fund's share and what the city keeps, which is negative in a year of loss. [yen]
    spent_yen, balance_yen : Decimal
        Paid by the fund in the year, and what is in it at the end. [yen]
    settled : bool
        Whether meters and bills stand behind the year, not a projection.
    """

    fiscal_year: int
    used_kwh: Decimal
    avoided_price: Decimal
    price: Decimal
    avoided_yen: Decimal
    paid_yen: Decimal
    saving_yen: Decimal
    to_fund_yen: Decimal
    kept_yen: Decimal
    spent_yen: Decimal
    balance_yen: Decimal
    surplus_kwh: Decimal
    settled: bool
    source: str


@dataclass(frozen=True, slots=True)
class Menu:
    """A menu for households of the district. [kWh a household, yen/kWh]"""

    menu_id: str
    name: str
    households: int
    kwh: Decimal
    usual_price: Decimal
    price: Decimal


@dataclass(frozen=True, slots=True)
class Served:
    """What a menu does in the first year.

    Attributes
    ----------
    kwh : Decimal
        Supplied to all its households. [kWh]
    each_yen, all_yen : Decimal
        What a household and what all of them save. [yen]
    paid_yen, to_generator_yen : Decimal
        What all of them pay by the menu, and what of it goes to whoever generates; the rest is for network, levy and
        retailer, and is lacking where it is negative. [yen]
    """

    menu: Menu
    kwh: Decimal
    each_yen: Decimal
    all_yen: Decimal
    paid_yen: Decimal
    to_generator_yen: Decimal

    @property
    def rest_yen(self) -> Decimal:
        """For network, levy and retailer. [yen]"""
        return exact.difference(self.paid_yen, self.to_generator_yen)


def ledger(ppa: Ppa, settled: Mapping[int, Settlement], spent: Sequence[Spent]) -> tuple[Line, ...]:
    """The years of an agreement.

    Raises
    ------
    EnergyError
        FD-01 a term outside its range, FD-02 the fund would pay more than is in it, FD-03 a settlement or a payment
        outside the term.
    """
    _check(ppa, settled, spent)
    found: list[Line] = []
    balance = ZERO
    for number in range(ppa.years):
        line = _line(ppa, number, settled.get(ppa.start_fy + number), spent, balance)
        if line.balance_yen < 0:
            raise EnergyError("FD-02", ppa=ppa.name, fiscal_year=line.fiscal_year, spent=line.spent_yen,
                              held=balance + line.to_fund_yen)  # fmt: skip
        balance = line.balance_yen
        found.append(line)
    return tuple(found)


def _line(ppa: Ppa, number: int, settled: Settlement | None, spent: Sequence[Spent], balance: Decimal) -> Line:
    year = ppa.start_fy + number
    price = PRICE.figure(_grown(ppa.price, ppa.escalator_pct, number))
    used, avoided, surplus = _of_year(ppa, number, settled)
    avoided_yen, paid_yen = exact.product(used, avoided), exact.product(used, price)
    saving = exact.difference(avoided_yen, paid_yen)
    to_fund = YEN.figure(max(ZERO, exact.product(saving, ppa.fund_share)))
    out = exact.total(one.yen for one in spent if one.fiscal_year == year)
    return Line(
        year, used, avoided, price, avoided_yen, paid_yen, saving, to_fund, exact.difference(saving, to_fund), out,
        exact.total((balance, to_fund, -out)), surplus, settled is not None, settled.source if settled else "",
    )  # fmt: skip


def _of_year(ppa: Ppa, number: int, settled: Settlement | None) -> tuple[Decimal, Decimal, Decimal]:
    """Used, avoided price and surplus: settled, else projected from the first year."""
    if settled:
        return settled.used_kwh, settled.avoided_price, settled.surplus_kwh
    used, surplus = (
        ENERGY.figure(_grown(value, -ppa.degradation_pct, number)) for value in (ppa.used_kwh, ppa.surplus_kwh)
    )
    return used, PRICE.figure(_grown(ppa.avoided_price, ppa.avoided_pct, number)), surplus


def served(surplus_kwh: Decimal, menus: Sequence[Menu], surplus_price: Decimal) -> tuple[Served, ...]:
    """What is over, shared among menus by what their households can use; nobody gets more than that. [kWh, yen/kWh]

    Raises
    ------
    EnergyError
        FD-04 a menu without households or with a price above the usual one.
    """
    for menu in menus:
        if menu.households <= 0 or menu.kwh < 0 or menu.price > menu.usual_price:
            raise EnergyError("FD-04", menu=menu.name)
    wanted = exact.total(menu.kwh * menu.households for menu in menus)
    share = min(ONE, surplus_kwh / wanted) if wanted else ZERO
    found = []
    for menu in menus:
        each = ENERGY.figure(menu.kwh * share - Decimal("0.5")) if share < ONE else menu.kwh
        each = max(each, ZERO)
        saves = YEN.figure(exact.product(each, menu.usual_price - menu.price))
        kwh = each * menu.households
        paid, given = (YEN.figure(exact.product(kwh, price)) for price in (menu.price, surplus_price))
        found.append(Served(menu, kwh, saves, saves * menu.households, paid, given))
    return tuple(found)


def _grown(value: Decimal, per_cent: Decimal, years: int) -> Decimal:
    factor: Decimal = (ONE + per_cent / HUNDRED) ** years
    return value * factor


def _check(ppa: Ppa, settled: Mapping[int, Settlement], spent: Sequence[Spent]) -> None:
    ranges = (
        ("years", Decimal(ppa.years), ONE, Decimal(40)),
        ("price", ppa.price, ZERO, Decimal(200)),
        ("fund_share", ppa.fund_share, ZERO, ONE),
        ("escalator_pct", ppa.escalator_pct, Decimal(-20), Decimal(20)),
        ("avoided_pct", ppa.avoided_pct, Decimal(-20), Decimal(20)),
        ("degradation_pct", ppa.degradation_pct, ZERO, Decimal(20)),
    )
    for name, value, low, high in ranges:
        if not low <= value <= high:
            raise EnergyError("FD-01", ppa=ppa.name, column=name, value=value, low=low, high=high)
    term = range(ppa.start_fy, ppa.start_fy + ppa.years)
    for year in (*settled, *(one.fiscal_year for one in spent)):
        if year not in term:
            raise EnergyError("FD-03", ppa=ppa.name, fiscal_year=year, first=term[0], last=term[-1])
    if any(one.yen <= 0 for one in spent):
        raise EnergyError("FD-05", ppa=ppa.name)

"""The one bill engine: what a year of half-hours costs, line by line, as a retailer writes it.

Written apart from the prices of an optimiser (`tariff.prices`): quantities are decimal sums, each line keeps its price
with source and status, and yen are rounded by the tariff's own rules.
A month of billing is a calendar month, as for high voltage with meter reading on its first day (毎月1日検針).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

import numpy as np

from kotsukotsu.accounting import exact as decimals
from kotsukotsu.energy import exact
from kotsukotsu.energy.errors import EnergyError
from kotsukotsu.energy.exact import Values
from kotsukotsu.energy.slots import Calendar
from kotsukotsu.energy.tariff import contract, loss, model
from kotsukotsu.energy.tariff.contract import Contract, Maximum
from kotsukotsu.energy.tariff.model import Book, Dated, Tariff, in_force
from kotsukotsu.energy.tariff.periods import Classes, classes
from kotsukotsu.energy.tariff.prices import share_of
from kotsukotsu.periods import Month
from kotsukotsu.rounding import Rounding

DEMAND, EXCESS, ENERGY, FUEL, MARKET, SPOT = "demand", "excess", "energy", "fuel", "market", "spot"
NETWORK_DEMAND, NETWORK_ENERGY, FIXED, LEVY, TAX = "network_demand", "network_energy", "fixed", "levy", "tax"
LOSS, GENERATION = "loss", "generation"
KINDS = (
    DEMAND, EXCESS, ENERGY, LOSS, FUEL, MARKET, SPOT, NETWORK_DEMAND, NETWORK_ENERGY, GENERATION, FIXED, LEVY, TAX,
)  # fmt: skip
KW, KWH, ONCE, YEN = "kW", "kWh", "month", "yen"
ZERO, ONE, HUNDRED = Decimal(0), Decimal(1), Decimal(100)


@dataclass(frozen=True, slots=True)
class Terms:
    """What a customer's contract adds to the tariff.

    Attributes
    ----------
    power_factor : Decimal or None
        Of every month. [%]
    agreed_kw : Decimal or None
        Contract power of 協議制. [kW]
    earlier : tuple of Decimal
        Maxima of the months before the period, oldest first; empty for a contract that begins with it. [kW]
    spot : array of float or None
        What the contract adds in each half-hour. [yen/kWh]
    """

    power_factor: Decimal | None = None
    agreed_kw: Decimal | None = None
    earlier: tuple[Decimal, ...] = ()
    spot: Values | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a bill: quantity x price x share = amount.

    Attributes
    ----------
    quantity, unit
        kW, kWh, month or yen.
    share : Decimal
        Power factor, month without use, surcharge or loss; 1 otherwise. [1]
    amount : Decimal
        After the line's rounding. [yen]
    """

    kind: str
    season: str
    period: str
    quantity: Decimal
    unit: str
    price: Decimal
    share: Decimal
    amount: Decimal
    source: str
    status: str

    @property
    def unrounded(self) -> Decimal:
        """The product with every digit. [yen]"""
        return decimals.product(self.quantity, self.price, self.share)


@dataclass(frozen=True, slots=True)
class MonthBill:
    """A month.

    Attributes
    ----------
    tariff : Tariff
        The one in force.
    maximum : Maximum
        Highest half-hour of the month. [kW]
    contract : Contract or None
        The power billed, and which month set it.
    total : Decimal
        After the tariff's rounding. [yen]
    """

    tariff: Tariff
    month: Month
    kwh: Decimal
    maximum: Maximum
    contract: Contract | None
    lines: tuple[Line, ...]
    total: Decimal

    @property
    def excess_kw(self) -> Decimal:
        """By how much the month passed an agreed power. [kW]"""
        if self.contract is None or self.contract.set_by is not None:
            return ZERO
        return max(ZERO, self.maximum.kw - self.contract.kw)


@dataclass(frozen=True)
class Bill:
    """The months of a period.

    Attributes
    ----------
    load : array of float
        The half-hours that it was made from. [kWh]
    """

    calendar: Calendar
    load: Values
    months: tuple[MonthBill, ...]

    @property
    def tariffs(self) -> tuple[Tariff, ...]:
        """The tariffs of its months, in order; the last is in force at the end."""
        found = {month.tariff.tariff_id: month.tariff for month in reversed(self.months)}
        return tuple(reversed(found.values()))

    @cached_property
    def total(self) -> Decimal:
        """All months together. [yen]"""
        return decimals.total(month.total for month in self.months)

    @cached_property
    def unrounded(self) -> Decimal:
        """All lines before any rounding of yen: what an optimiser's objective must equal. [yen]"""
        return decimals.total(line.unrounded for month in self.months for line in month.lines)

    @cached_property
    def kwh(self) -> Decimal:
        """Energy as billed. [kWh]"""
        return decimals.total(month.kwh for month in self.months)

    def by_kind(self) -> dict[str, Decimal]:
        """Amounts by kind of line; what rounding of the totals takes away is not in them. [yen]"""
        found: dict[str, Decimal] = {}
        for month in self.months:
            for line in month.lines:
                found[line.kind] = decimals.total((found.get(line.kind, ZERO), line.amount))
        return {kind: found[kind] for kind in KINDS if kind in found}

    @property
    def statuses(self) -> tuple[str, ...]:
        """Every status that the bill rests on."""
        return tuple(sorted({line.status for month in self.months for line in month.lines}))


@dataclass(frozen=True, slots=True)
class _Work:
    """What the lines of one month are made from."""

    book: Book
    tariff: Tariff
    terms: Terms
    month: Month
    kwh: Decimal
    classes: tuple[tuple[str, str, Decimal], ...]
    contract: tuple[Contract, Decimal] | None
    spot: Decimal = field(default=ZERO)

    def price(self, component: str, season: str = "", period: str = "") -> Dated:
        """The price in force this month."""
        what = {"tariff": self.tariff.tariff_id, "component": f"{component} {season} {period}".strip()}
        return in_force(self.book.prices(self.tariff.tariff_id, component, season, period), self.month.start, **what)

    def has(self, component: str) -> bool:
        """Whether the tariff has such a price at all."""
        return bool(self.book.prices(self.tariff.tariff_id, component))


def bill(book: Book, tariff_id: str, kwh: Values, calendar: Calendar, terms: Terms | None = None) -> Bill:
    """The bill of a period of whole months.

    Parameters
    ----------
    kwh : array of float
        Energy taken from the network in each half-hour. [kWh]
    terms : Terms, optional
        Nothing beside the tariff where left out.

    Raises
    ------
    EnergyError
        BL-01 another number of half-hours than the calendar, BL-02 a value that is no number or negative, BL-03 not
        whole months; TF-… a gap, an overlap or a missing term of the tariff, TF-11 a tariff that follows
        the market without its prices.
    """
    _check(kwh, calendar)
    given, tariff = terms or Terms(), book.tariff(tariff_id)
    if tariff.spot_area and given.spot is None:
        raise EnergyError("TF-11", tariff=tariff_id, area=tariff.spot_area)
    highest = contract.maxima(kwh, calendar, tariff.kw_digits)
    powers = _contracts(tariff, given, [one.kw for one in highest])
    found = classes(book, tariff_id, calendar)
    months = []
    for number, month in enumerate(calendar.months):
        sums = _sums(kwh, calendar, number, found, tariff)
        spot = _spot(kwh, given.spot, calendar, number)
        whole = decimals.total(part for _, _, part in sums)
        work = _Work(book, tariff, given, month, whole, sums, powers[number] if powers else None, spot)
        lines = tuple(_lines(work))
        power = work.contract[0] if work.contract else None
        months.append(MonthBill(tariff, month, whole, highest[number], power, lines, _total(tariff, lines)))
    return Bill(calendar, kwh, tuple(months))


def _check(kwh: Values, calendar: Calendar) -> None:
    if len(kwh) != len(calendar):
        raise EnergyError("BL-01", count=len(kwh), expected=len(calendar))
    wrong = np.flatnonzero(~np.isfinite(kwh) | (kwh < 0))
    if len(wrong):
        at = calendar.moment(int(wrong[0]))
        raise EnergyError("BL-02", at=f"{at:%Y-%m-%d %H:%M}", value=kwh[wrong[0]], count=len(wrong))
    if calendar.start.day != 1 or calendar.end.day != 1:
        raise EnergyError("BL-03", start=calendar.start, end=calendar.end)


def _contracts(tariff: Tariff, terms: Terms, maxima: Sequence[Decimal]) -> list[tuple[Contract, Decimal]]:
    """For each month the power billed and what is above an agreed one. [kW]"""
    if tariff.contract_rule == model.NONE:
        return []
    if tariff.contract_rule == model.AGREED:
        return contract.agreed(maxima, terms.agreed_kw, tariff.tariff_id)
    return [(one, ZERO) for one in contract.actual(maxima, tariff.memory_months, terms.earlier)]


def _sums(
    kwh: Values, calendar: Calendar, number: int, found: Classes, tariff: Tariff
) -> tuple[tuple[str, str, Decimal], ...]:
    """Energy of a month by season and period, as the meter's display is read. [kWh]"""
    here = calendar.month_index == number
    sums = []
    for place in np.unique(found.index[here]):
        season, period = found.names[place]
        part = exact.total(kwh[here & (found.index == place)])
        sums.append((season, period, _rounded(part, tariff.kwh_digits, "half-up")))
    return tuple(sums)


def _spot(kwh: Values, spot: Values | None, calendar: Calendar, number: int) -> Decimal:
    if spot is None:
        return ZERO
    here = calendar.month_index == number
    return exact.total(kwh[here] * spot[here])


def _lines(work: _Work) -> Iterator[Line]:
    """Demand, energy, adjustments, network, levy, and tax on all but the levy."""
    taxed = [*_demand(work), *_energy(work), *_adjustments(work)]
    yield from taxed
    if work.tariff.levy:
        rate = in_force(work.book.rates(LEVY), work.month.start, tariff=work.tariff.tariff_id, component=LEVY)
        yield _line(work, LEVY, work.kwh, KWH, rate, digits=work.tariff.levy_digits)
    if not work.tariff.tax_included:
        rate = in_force(work.book.rates(TAX), work.month.start, tariff=work.tariff.tariff_id, component=TAX)
        base = decimals.total(line.amount for line in taxed)
        yield _line(work, TAX, base, YEN, rate, share=ONE / HUNDRED, digits=work.tariff.total_digits)


def _demand(work: _Work) -> Iterator[Line]:
    if work.contract:
        power, above = work.contract
        share = share_of(work.tariff, work.terms.power_factor)
        idle = ONE if work.kwh else work.tariff.no_use_share
        price = work.price(DEMAND)
        yield _line(work, DEMAND, power.kw, KW, price, share=decimals.product(share, idle))
        if above and work.tariff.penalty_ratio is not None:
            yield _line(work, EXCESS, above, KW, price, share=decimals.product(share, work.tariff.penalty_ratio))
        if work.has(NETWORK_DEMAND):
            yield _line(work, NETWORK_DEMAND, power.kw, KW, work.price(NETWORK_DEMAND))
    if work.has(FIXED):
        yield _line(work, FIXED, ONE, ONCE, work.price(FIXED))


def _energy(work: _Work) -> Iterator[Line]:
    for season, period, kwh in work.classes:
        yield _line(work, ENERGY, kwh, KWH, work.price(ENERGY, season, period), named=(season, period))
    yield from _generated(work)
    if work.has(NETWORK_ENERGY):
        yield _line(work, NETWORK_ENERGY, work.kwh, KWH, work.price(NETWORK_ENERGY))


def _generated(work: _Work) -> Iterator[Line]:
    """What is lost on the way, at the price of energy, and the charge on all that is generated (発電側課金の転嫁)."""
    rate = loss.of_tariff(work.book, work.tariff, work.month.start)
    sent = work.kwh
    if rate is not None:
        for season, period, kwh in work.classes:
            lost = decimals.difference(loss.generated(kwh, rate, work.tariff.kwh_digits), kwh)
            sent = decimals.total((sent, lost))
            price = loss.both(work.price(ENERGY, season, period), rate)
            yield _line(work, LOSS, lost, KWH, price, named=(season, period))
    if work.has(GENERATION):
        yield _line(work, GENERATION, sent, KWH, work.price(GENERATION))


def _adjustments(work: _Work) -> Iterator[Line]:
    for kind, series in ((FUEL, work.tariff.fuel_series), (MARKET, work.tariff.market_series)):
        if series and not (kind == MARKET and work.tariff.spot_area):
            price = in_force(work.book.series(series), work.month.start, tariff=series, component=kind)
            yield _line(work, kind, work.kwh, KWH, price)
    if work.terms.spot is not None:
        yield _line(work, SPOT, work.spot, YEN, Dated(ONE, work.month.start, None, "", work.tariff.status))


def _line(
    work: _Work, kind: str, quantity: Decimal, unit: str, price: Dated, *,
    share: Decimal = ONE, named: tuple[str, str] = ("", ""), digits: int | None = None,
) -> Line:  # fmt: skip
    """A line, rounded by the tariff's rule of lines unless another number of digits is given."""
    own = work.tariff.line_digits if kind not in (LEVY, TAX) else digits
    amount = _rounded(decimals.product(quantity, price.value, share), own, work.tariff.yen_method)
    return Line(kind, *named, quantity, unit, price.value, share, amount, price.source, price.status)


def _total(tariff: Tariff, lines: Sequence[Line]) -> Decimal:
    """What is charged before the levy, rounded, and the levy."""
    levy = decimals.total(line.amount for line in lines if line.kind == LEVY)
    rest = decimals.total(line.amount for line in lines if line.kind != LEVY)
    return decimals.total((_rounded(rest, tariff.total_digits, tariff.yen_method), levy))


def _rounded(value: Decimal, digits: int | None, method: str) -> Decimal:
    return value if digits is None else Rounding(digits=digits, method=method).figure(value)

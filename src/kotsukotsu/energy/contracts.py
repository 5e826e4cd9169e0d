"""The contracts of a meter in a year, one after another: each has its tariff and terms from a month on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from kotsukotsu.energy.bill import Bill, MonthBill, Terms, bill
from kotsukotsu.energy.exact import Values
from kotsukotsu.energy.slots import Calendar, calendar, slots_in
from kotsukotsu.energy.tariff.model import Book
from kotsukotsu.energy.tariff.prices import Prices, prices


@dataclass(frozen=True, slots=True)
class Contracted:
    """A contract from a day on, the first of a month.

    Attributes
    ----------
    terms : Terms
        Spot prices of the whole period; of `earlier` only that of the first contract counts.
    """

    start: date
    tariff_id: str
    terms: Terms


@dataclass(frozen=True, slots=True)
class _Part:
    """A contract with its months of the period and its half-hours among those of the period."""

    contract: Contracted
    calendar: Calendar
    slots: slice


def billed(book: Book, contracts: Sequence[Contracted], kwh: Values, whole: Calendar) -> Bill:
    """The bill of a period; each contract remembers the maxima of those before it, as the place of supply does.

    Parameters
    ----------
    contracts : sequence of Contracted
        In order; the first began before the period or with it.
    kwh : array of float
        Energy taken from the network in each half-hour. [kWh]

    Raises
    ------
    EnergyError
        As `bill`.
    """
    months: list[MonthBill] = []
    for part in _parts(contracts, whole):
        terms, before = part.contract.terms, tuple(month.maximum.kw for month in months)
        spot = None if terms.spot is None else terms.spot[part.slots]
        terms = replace(terms, earlier=(*contracts[0].terms.earlier, *before), spot=spot)
        made = bill(book, part.contract.tariff_id, kwh[part.slots], part.calendar, terms)
        months += [_later(month, len(before), part.slots.start) for month in made.months]
    return Bill(whole, kwh, tuple(months))


def priced(book: Book, contracts: Sequence[Contracted], whole: Calendar) -> Prices:
    """The prices that an optimiser sees in a period; EnergyError as `prices`."""
    each = [
        prices(book, one.tariff_id, part.calendar, one.terms.power_factor,
               None if one.terms.spot is None else one.terms.spot[part.slots])
        for part in _parts(contracts, whole) if (one := part.contract)
    ]  # fmt: skip
    energy, demand, fixed = (
        np.concatenate([getattr(one, name) for one in each]) for name in ("energy", "demand", "fixed")
    )
    return Prices(
        energy, demand, fixed, {key: np.concatenate([one.parts[key] for one in each]) for key in each[0].parts}
    )


def _parts(contracts: Sequence[Contracted], whole: Calendar) -> Iterator[_Part]:
    ends = [*(one.start for one in contracts[1:]), whole.end]
    for one, end in zip(contracts, ends, strict=True):
        start = max(one.start, whole.start)
        yield _Part(one, calendar(start, end), slice(slots_in(whole.start, start), slots_in(whole.start, end)))


def _later(month: MonthBill, months: int, slots: int) -> MonthBill:
    """A month of a contract, counted from the start of the whole period."""
    maximum, contract = month.maximum, month.contract
    if contract is not None and contract.set_by is not None:
        contract = replace(contract, set_by=contract.set_by + months)
    return replace(month, maximum=replace(maximum, slot=maximum.slot + slots), contract=contract)

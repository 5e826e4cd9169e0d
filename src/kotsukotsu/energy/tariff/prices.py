"""What one more kilowatt-hour and one more kilowatt cost: the prices that an optimiser sees.

A bill is computed elsewhere (`energy.bill`), from the same tables and by other code, and the two are reconciled.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import numpy as np

from kotsukotsu.energy.errors import EnergyError
from kotsukotsu.energy.exact import Values
from kotsukotsu.energy.slots import Calendar
from kotsukotsu.energy.tariff import loss, model, power_factor
from kotsukotsu.energy.tariff.model import Book, Tariff, in_force
from kotsukotsu.energy.tariff.periods import classes

ENERGY, FUEL, MARKET, SPOT, LEVY, NETWORK = "energy", "fuel", "market", "spot", "levy", "network_energy"
LOSS, GENERATION = "loss", "generation"


@dataclass(frozen=True, slots=True)
class Prices:
    """Prices with tax.

    Attributes
    ----------
    energy : array of float
        Of every half-hour, all parts together. [yen/kWh]
    demand : array of float
        Of every month, after the power factor, network charge included. [yen/kW]
    fixed : array of float
        Of every month, whatever is used. [yen]
    parts : mapping
        The parts of `energy`: energy, fuel, market, spot, levy, network_energy, loss, generation. [yen/kWh]
    """

    energy: Values
    demand: Values
    fixed: Values
    parts: Mapping[str, Values]


def prices(
    book: Book, tariff_id: str, calendar: Calendar, per_cent: Decimal | None = None, spot: Values | None = None
) -> Prices:
    """The prices of a period.

    Parameters
    ----------
    per_cent : Decimal, optional
        Power factor. [%]
    spot : array of float, optional
        What the contract adds in each half-hour, such as the market's price. [yen/kWh]

    Raises
    ------
    EnergyError
        TF-02, TF-03 a gap or an overlap of the tariff; TF-10 a tariff with power factor and none given.
    """
    tariff = book.tariff(tariff_id)
    days = [month.start for month in calendar.months]
    tax = np.asarray([float(tax_factor(book, tariff, day)) for day in days])
    monthly = {
        FUEL: _series(book, tariff.fuel_series, FUEL, days),
        MARKET: _series(book, "" if tariff.spot_area else tariff.market_series, MARKET, days),
        NETWORK: [float(_optional(book, tariff_id, model.NETWORK_ENERGY, day)) for day in days],
    }
    parts = {name: (np.asarray(values) * tax)[calendar.month_index] for name, values in monthly.items()}
    parts[ENERGY] = _energy(book, tariff_id, calendar) * tax[calendar.month_index]
    sent = np.asarray([_sent(book, tariff, day) for day in days])
    charge = np.asarray([float(_optional(book, tariff_id, model.GENERATION, day)) for day in days])
    parts[LOSS] = parts[ENERGY] * (sent - 1)[calendar.month_index]
    parts[GENERATION] = (charge * sent * tax)[calendar.month_index]
    parts[SPOT] = np.zeros(len(calendar)) if spot is None else spot * tax[calendar.month_index]
    parts[LEVY] = np.asarray([float(levy(book, tariff, day)) for day in days])[calendar.month_index]
    energy = np.sum(list(parts.values()), axis=0)
    demand = np.asarray([float(of_kw(book, tariff, day, per_cent)) for day in days]) * tax
    fixed = np.asarray([float(_optional(book, tariff_id, model.FIXED, day)) for day in days]) * tax
    return Prices(energy, demand, fixed, parts)


def of_kw(book: Book, tariff: Tariff, day: date, per_cent: Decimal | None) -> Decimal:
    """A kilowatt of a month after the power factor, without tax that the price does not include. [yen/kW]"""
    if tariff.contract_rule == model.NONE:
        return Decimal(0)
    what = {"tariff": tariff.tariff_id, "component": model.DEMAND}
    unit = in_force(book.prices(tariff.tariff_id, model.DEMAND), day, **what).value
    network = _optional(book, tariff.tariff_id, model.NETWORK_DEMAND, day)
    return unit * share_of(tariff, per_cent) + network


def share_of(tariff: Tariff, per_cent: Decimal | None) -> Decimal:
    """What the power factor makes of the demand charge; 1 where the tariff does not look at it. [1]"""
    if not tariff.power_factor:
        return Decimal(1)
    if per_cent is None:
        raise EnergyError("TF-10", tariff=tariff.tariff_id)
    return power_factor.factor(per_cent)


def levy(book: Book, tariff: Tariff, day: date) -> Decimal:
    """The renewable levy, which includes tax; nothing where the tariff is free of it. [yen/kWh]"""
    if not tariff.levy:
        return Decimal(0)
    return in_force(book.rates(model.LEVY), day, tariff=tariff.tariff_id, component=model.LEVY).value


def tax_factor(book: Book, tariff: Tariff, day: date) -> Decimal:
    """1 where prices include tax, else 1 and the rate. [1]"""
    if tariff.tax_included:
        return Decimal(1)
    rate = in_force(book.rates(model.TAX), day, tariff=tariff.tariff_id, component=model.TAX).value
    return 1 + rate / 100


def _sent(book: Book, tariff: Tariff, day: date) -> float:
    """What is generated for a kWh that is taken. [1]"""
    lost = loss.of_tariff(book, tariff, day)
    return 1.0 if lost is None else float(100 / (100 - lost.value))


def _energy(book: Book, tariff_id: str, calendar: Calendar) -> Values:
    found = classes(book, tariff_id, calendar)
    made = np.zeros(len(calendar))
    pairs = np.unique(np.stack([calendar.month_index, found.index]), axis=1).T
    for month, number in pairs:
        season, period = found.names[number]
        day = calendar.months[month].start
        what = {"tariff": tariff_id, "component": f"{model.ENERGY} {season} {period}".strip()}
        unit = in_force(book.prices(tariff_id, model.ENERGY, season, period), day, **what).value
        made[(calendar.month_index == month) & (found.index == number)] = float(unit)
    return made


def _series(book: Book, name: str, kind: str, days: list[date]) -> list[float]:
    if not name:
        return [0.0] * len(days)
    return [float(in_force(book.series(name), day, tariff=name, component=kind).value) for day in days]


def _optional(book: Book, tariff_id: str, component: str, day: date) -> Decimal:
    """A price that a tariff need not have."""
    found = book.prices(tariff_id, component)
    return in_force(found, day, tariff=tariff_id, component=component).value if found else Decimal(0)

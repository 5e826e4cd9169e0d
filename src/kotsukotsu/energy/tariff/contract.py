"""The power that a month is billed for: this month's maximum and the memory of those before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from kotsukotsu.energy import exact
from kotsukotsu.energy.errors import EnergyError
from kotsukotsu.energy.exact import Values
from kotsukotsu.energy.slots import KW_PER_KWH, Calendar
from kotsukotsu.rounding import Rounding

ONE = Decimal(1)


@dataclass(frozen=True, slots=True)
class Maximum:
    """The highest mean power over a half-hour of a month. [kW]

    Attributes
    ----------
    slot : int
        The half-hour, from 0; -1 for a month of which only the maximum is known.
    """

    kw: Decimal
    slot: int = -1


@dataclass(frozen=True, slots=True)
class Contract:
    """The power of a month [kW], and the month that set it, from 0; negative before the first, None if agreed."""

    kw: Decimal
    set_by: int | None


def maxima(kwh: Values, calendar: Calendar, digits: int | None) -> list[Maximum]:
    """The maximum of each month: energy of a half-hour x 2. [kWh in, kW out]"""
    found = []
    for number in range(int(calendar.month_index[-1]) + 1):
        places = np.flatnonzero(calendar.month_index == number)
        slot = int(places[np.argmax(kwh[places])])
        kw = exact.decimal(float(kwh[slot]) * KW_PER_KWH)
        found.append(Maximum(kw if digits is None else Rounding(digits=digits).figure(kw), slot))
    return found


def actual(this_and_before: Sequence[Decimal], memory: int = 11, earlier: Sequence[Decimal] = ()) -> list[Contract]:
    """実量制: the highest of the month and of `memory` months before it. [kW]

    Parameters
    ----------
    earlier : sequence of Decimal
        Maxima of the months before the first, oldest first. Where they are fewer than `memory`, the contract is
        younger than that and knows no others (since the start of supply).

    Examples
    --------
    >>> [int(one.kw) for one in actual([Decimal(9), Decimal(5), Decimal(6)], memory=1)]
    [9, 9, 6]
    """
    every = [*earlier, *this_and_before]
    found = []
    for month in range(len(this_and_before)):
        at = len(earlier) + month
        first = max(0, at - memory)
        window = every[first : at + 1]
        highest = max(window)
        last = max(place for place, kw in enumerate(window) if kw == highest)
        found.append(Contract(highest, first + last - len(earlier)))
    return found


def agreed(maxima_kw: Sequence[Decimal], kw: Decimal | None, tariff: str) -> list[tuple[Contract, Decimal]]:
    """協議制: the agreed power, and by how much the month was above it. [kW]

    Raises
    ------
    EnergyError
        TF-08 if no power was agreed.
    """
    if kw is None:
        raise EnergyError("TF-08", tariff=tariff)
    return [(Contract(kw, None), max(Decimal(0), highest - kw)) for highest in maxima_kw]

"""The ladder of coverage: the same generation and the same use, compared by year, month, day, hour and half-hour.

The finer the comparison, the less of the use is covered: what a windy night sends cannot light a calm noon.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from kotsukotsu.energy.match.model import Matching, kwh
from kotsukotsu.energy.slots import Calendar, Ints

YEAR, MONTH, DAY, HOUR, HALF_HOUR = "year", "month", "day", "hour", "half_hour"
LEVELS = (YEAR, MONTH, DAY, HOUR, HALF_HOUR)


@dataclass(frozen=True, slots=True)
class Rung:
    """A comparison over one kind of period. [kWh]"""

    level: str
    covered: Decimal
    load: Decimal

    @property
    def share(self) -> Decimal:
        """What is covered of what is used. [1]"""
        return self.covered / self.load if self.load else Decimal(0)


def ladder(found: Matching) -> tuple[Rung, ...]:
    """All generators against all buildings, from the year to the half-hour."""
    return tuple(rung(found.delivered, found.load, found.calendar, level) for level in LEVELS)


def rung(delivered: Ints, load: Ints, calendar: Calendar, level: str) -> Rung:
    """One comparison: the sum over periods of the smaller of the two. [Wh in]"""
    keys = periods(calendar, level)
    count = int(keys[-1]) + 1
    generated, used = (_sums(values, keys, count) for values in (delivered, load))
    return Rung(level, kwh(int(np.minimum(generated, used).sum())), kwh(int(load.sum())))


def periods(calendar: Calendar, level: str) -> Ints:
    """The number of the period that holds each half-hour."""
    return {
        YEAR: np.zeros(len(calendar), np.int64),
        MONTH: calendar.month_index,
        DAY: calendar.day,
        HOUR: np.arange(len(calendar)) // 2,
        HALF_HOUR: np.arange(len(calendar)),
    }[level]


def _sums(values: Ints, keys: Ints, count: int) -> Ints:
    made = np.zeros(count, np.int64)
    np.add.at(made, keys, values)
    return made

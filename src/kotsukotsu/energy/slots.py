"""The half-hours of a period: 48 on every day, Japan Standard Time, which has no summer time.

A half-hour is stamped at its start; the one from 0:00 is number 1 (コマ 1), the one from 23:30 number 48.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache

import jpholiday
import numpy as np
from numpy.typing import NDArray

from kotsukotsu.periods import JST, FiscalYear, Month, days

PER_DAY = 48
MINUTES = 30
HOURS = 0.5  # of a half-hour
KW_PER_KWH = 2  # mean power over a half-hour in which 1 kWh is used [kW/kWh]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Calendar:
    """What is known of every half-hour of `[start, end)`.

    Attributes
    ----------
    koma : array of int
        Number within the day, 1 to 48.
    day, month_index : array of int
        Day since `start`; month since the month of `start`.
    month, weekday : array of int
        1 to 12; 0 Monday to 6 Sunday.
    holiday : array of bool
        Sundays and national holidays (国民の祝日に関する法律).
    """

    start: date
    end: date
    koma: Ints
    day: Ints
    month_index: Ints
    month: Ints
    weekday: Ints
    holiday: Bools

    def __len__(self) -> int:
        return len(self.koma)

    @property
    def months(self) -> tuple[Month, ...]:
        """The months of the period, in order."""
        first = Month.of(self.start).index
        return tuple(Month.at(first + number) for number in range(int(self.month_index[-1]) + 1))

    def moment(self, slot: int) -> datetime:
        """The start of a half-hour, Japan time."""
        return moment(self.start, slot)


def moment(start: date, slot: int) -> datetime:
    """The start of the half-hour number `slot` (from 0) after `start`.

    >>> moment(date(2024, 4, 1), 49).isoformat()
    '2024-04-02T00:30:00+09:00'
    """
    return datetime.combine(start, time(0), JST) + timedelta(minutes=MINUTES * int(slot))


def slot_of(start: date, at: datetime) -> int:
    """The half-hour since `start` that begins at a moment.

    Raises
    ------
    ValueError
        If no half-hour begins there.
    """
    steps, rest = divmod(at - datetime.combine(start, time(0), JST), timedelta(minutes=MINUTES))
    if rest:
        raise ValueError(at.isoformat())
    return steps


def slots_in(start: date, end: date) -> int:
    """Half-hours of a half-open period of days."""
    return days(start, end) * PER_DAY


def year(fy: int) -> Calendar:
    """The half-hours of a fiscal year: 17,520, with a leap day 17,568.

    >>> len(year(2023)), len(year(2024))
    (17568, 17520)
    """
    return calendar(FiscalYear(fy).start, FiscalYear(fy).end)


@cache
def calendar(start: date, end: date) -> Calendar:
    """The half-hours of `[start, end)`."""
    dates = [start + timedelta(days=number) for number in range(days(start, end))]
    first = Month.of(start).index
    columns = [
        np.arange(len(dates)),
        [Month.of(day).index - first for day in dates],
        [day.month for day in dates],
        [day.weekday() for day in dates],
    ]
    number, month_index, month, weekday = (np.repeat(np.asarray(column, np.int64), PER_DAY) for column in columns)
    holiday = np.repeat([day.weekday() == 6 or jpholiday.is_holiday(day) for day in dates], PER_DAY)
    koma = np.tile(np.arange(1, PER_DAY + 1), len(dates))
    arrays = (koma, number, month_index, month, weekday, holiday)
    for array in arrays:
        array.flags.writeable = False
    return Calendar(start, end, *arrays)

"""Daily mean temperatures of one station, of which only those fit to be used count."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from itertools import pairwise
from typing import Protocol

import numpy as np
import numpy.typing as npt

from kotsukotsu.analysis.weather_limits import limit
from kotsukotsu.findings import Finding
from kotsukotsu.periods import FiscalYear, Month, days

Array = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]

# 品質情報: 8 normal, 5 nearly normal (up to 20 % of the observations missing).
FIT = (8, 5)
NO_STATION, LEFT_OUT, NEARLY, MOVED, TWO_VALUES, ABSENT = "WE-10", "WE-11", "WE-12", "WE-13", "WE-14", "WE-21"


class Observation(Protocol):
    """A day of a station, as a reader gives it (`importers.weather.DailyMean`)."""

    @property
    def station(self) -> str:
        """Its name."""

    @property
    def day(self) -> date:
        """The day."""

    @property
    def temperature(self) -> Decimal | None:
        """Daily mean, None if there is none. [°C]"""

    @property
    def quality(self) -> int | None:
        """品質情報, None if the file has none."""

    @property
    def homogeneity(self) -> int | None:
        """均質番号, None if the file has none."""


@dataclass(frozen=True)
class Temperatures:
    """Daily means of one station.

    Attributes
    ----------
    station : str
        Its name.
    by_day : mapping
        Day to daily mean [°C]; a day without a usable value is not in it.
    findings : tuple of Finding
        WE-10 no such station, WE-11 values left out, WE-12 nearly normal values, WE-13 conditions changed,
        WE-14 two values of one day, WE-21 days without a row between the first and the last.
    """

    station: str
    by_day: Mapping[date, Decimal]
    findings: tuple[Finding, ...] = ()

    def within(self, start: date, end: date) -> list[Decimal] | None:
        """Daily means of a half-open period; None if more days are missing than `limit("missing_days")`. [°C]"""
        if (start, end) not in self._asked:
            self._asked[start, end] = self._within(start, end)
        return self._asked[start, end]

    @cached_property
    def _asked(self) -> dict[tuple[date, date], list[Decimal] | None]:
        """Periods are asked for again and again: those of every facility are the same months."""
        return {}

    def _within(self, start: date, end: date) -> list[Decimal] | None:
        length = days(start, end)
        found = [self.by_day[day] for n in range(length) if (day := start + timedelta(days=n)) in self.by_day]
        enough = found and length - len(found) <= length * limit("missing_days")
        return found if enough else None

    def by_month(self, year: FiscalYear) -> tuple[Array, Places, Array] | None:
        """Daily means of a fiscal year, where each month begins in them, and its days; None if a month is missing."""
        if year not in self._years:
            self._years[year] = self._by_month(year)
        return self._years[year]

    @cached_property
    def _years(self) -> dict[FiscalYear, tuple[Array, Places, Array] | None]:
        """Every facility asks for the same years."""
        return {}

    def _by_month(self, year: FiscalYear) -> tuple[Array, Places, Array] | None:
        spans = [(month.start, month.end) for month in year.months()]
        known = [found for span in spans if (found := self.within(*span))]
        if len(known) < len(spans):
            return None
        starts = np.cumsum([0, *map(len, known[:-1])])
        lengths = np.array([days(*span) for span in spans], dtype=np.float64)
        return np.array([float(value) for found in known for value in found]), starts, lengths

    @cached_property
    def month_range(self) -> tuple[float, float] | None:
        """Lowest and highest mean of the complete calendar months; None if there is none. [°C]"""
        months = {Month.of(day) for day in self.by_day}
        found = [values for month in months if (values := self.within(month.start, month.end))]
        means = [float(sum(values)) / len(values) for values in found]
        return (min(means), max(means)) if means else None


def temperatures(observations: Iterable[Observation], station: str) -> Temperatures:
    """The usable daily means of one station.

    Values of 品質情報 8 and 5 are used, and those of a file without it; 4 (資料不足値), 2, 1 and 0 are not. Two
    different values of one day (two files that disagree) are both left out.

    Parameters
    ----------
    observations : iterable of Observation
        Of any stations, from one file or several.
    station : str
        Name as in the file.
    """
    own = sorted((one for one in observations if one.station == station), key=lambda one: one.day)
    if not own:
        return Temperatures(station, {}, (Finding(NO_STATION, data={"station": station}),))
    values: dict[date, set[Decimal]] = {}
    for one in own:
        if one.temperature is not None and (one.quality is None or one.quality in FIT):
            values.setdefault(one.day, set()).add(one.temperature)
    by_day = {day: found.copy().pop() for day, found in values.items() if len(found) == 1}
    doubled = sorted(day for day, found in values.items() if len(found) > 1)
    return Temperatures(station, by_day, tuple(_findings(own, by_day, doubled)))


def _findings(own: Sequence[Observation], used: Mapping[date, Decimal], doubled: Sequence[date]) -> Iterable[Finding]:
    station = own[0].station
    unused = sorted({one.day for one in own} - used.keys() - set(doubled))
    nearly = sorted({one.day for one in own if one.quality == min(FIT)} & used.keys())
    present = {one.day for one in own}
    span = (own[0].day + timedelta(days=n) for n in range(days(own[0].day, own[-1].day)))
    absent = [day for day in span if day not in present]
    for code, found in ((LEFT_OUT, unused), (ABSENT, absent), (NEARLY, nearly), (TWO_VALUES, doubled)):
        if found:
            yield Finding(code, station, {"station": station, "count": len(found), "first": found[0].isoformat()})
    numbered = [one for one in own if one.homogeneity is not None and one.day in used]
    for before, after in pairwise(numbered):
        if before.homogeneity != after.homogeneity:
            yield Finding(MOVED, station, {"station": station, "day": after.day.isoformat()})

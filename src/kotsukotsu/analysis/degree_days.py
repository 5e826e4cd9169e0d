"""Heating and cooling degree days of billing periods, from daily means."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kotsukotsu.analysis.weather import Temperatures
from kotsukotsu.findings import Finding
from kotsukotsu.periods import days, last_day

TOO_FEW_DAYS = "WE-20"
ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class DegreeDays:
    """Degree days of one half-open period.

    Attributes
    ----------
    heating, cooling : Decimal or None
        None where too many days have no temperature; that is not 0. [K d]
    observed : int
        Days with a temperature. [d]
    """

    start: date
    end: date
    heating: Decimal | None
    cooling: Decimal | None
    observed: int


def degree_days(
    weather: Temperatures, periods: Iterable[tuple[date, date]], *, heating_base: Decimal, cooling_base: Decimal
) -> tuple[list[DegreeDays], list[Finding]]:
    """Heating and cooling degree days of half-open periods.

    Sums over the days of ``max(0, heating_base - T)`` and ``max(0, T - cooling_base)``, T the daily mean. Where a
    few days are missing (`weather_limits.csv`, ``missing_days``) the mean of the others stands for them.

    Parameters
    ----------
    weather : Temperatures
        Daily means of one station.
    periods : iterable of (start, end)
        Billing periods, `end` not included.
    heating_base, cooling_base : Decimal
        Base temperatures; there is no default. [°C]

    Returns
    -------
    list of DegreeDays
        One for each period.
    list of Finding
        WE-20 for each period of which too many days are missing.
    """
    found = [_period(weather, start, end, heating_base, cooling_base) for start, end in periods]
    return found, [_too_few(weather, one) for one in found if one.heating is None]


def _period(weather: Temperatures, start: date, end: date, heating_base: Decimal, cooling_base: Decimal) -> DegreeDays:
    values = weather.within(start, end)
    if values is None:
        observed = sum(start <= day < end for day in weather.by_day)
        return DegreeDays(start, end, None, None, observed)
    heating = sum((max(ZERO, heating_base - value) for value in values), ZERO)
    cooling = sum((max(ZERO, value - cooling_base) for value in values), ZERO)
    length, observed = days(start, end), len(values)
    if length != observed:
        heating, cooling = heating * length / observed, cooling * length / observed
    return DegreeDays(start, end, heating, cooling, observed)


def _too_few(weather: Temperatures, one: DegreeDays) -> Finding:
    length = days(one.start, one.end)
    data = {
        "station": weather.station,
        "first": one.start.isoformat(),
        "last": last_day(one.end).isoformat(),
        "missing": length - one.observed,
        "days": length,
    }
    return Finding(TOO_FEW_DAYS, weather.station, data)

"""Counters of a smart meter into a site's half-hours."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import numpy as np

from kotsukotsu import texts
from kotsukotsu.devices.echonet.meter import CounterDay
from kotsukotsu.energy import quality
from kotsukotsu.energy.errors import EnergyError
from kotsukotsu.energy.readings import Flag, Readings, readings
from kotsukotsu.energy.slots import MINUTES, PER_DAY
from kotsukotsu.findings import Finding
from kotsukotsu.sessions.energy_receiving import Receipt, places
from kotsukotsu.sessions.energy_site import EnergySite

SLOT = timedelta(minutes=MINUTES)


def receipt(opened: EnergySite, point: str, given: Sequence[CounterDay]) -> Receipt:
    """What the days hold for a meter point of the site; `energy_receiving.take_in` adds it to the site's folder.

    Raises
    ------
    EnergyError
        HI-11 a place that the site does not have.
    """
    if point not in places(opened):
        raise EnergyError("HI-11", name=given[0].device, point=point, known=texts.listed(places(opened)))
    series, findings = half_hours(point, given)
    return Receipt(given[0].source, "echonet", (series,), False, (*findings, *quality.gaps(series)))


def half_hours(point: str, given: Sequence[CounterDay]) -> tuple[Readings, tuple[Finding, ...]]:
    """What was used in each half-hour: the counter at its end less that at its beginning. [kWh]

    The last half-hour of a day needs the first counter of the next. A counter that falls (a new meter, or one that
    began again at 0) gives no value, and DV-14.
    """
    start, end = min(one.day for one in given), max(one.day for one in given) + timedelta(days=1)
    counters = {at: value for one in given for at, value in _counters(one)}
    kwh, falls = [], []
    for at in _starts(start, end):
        used = _used(counters.get(at), counters.get(at + SLOT))
        kwh.append(None if used is None or used < 0 else used)
        if used is not None and used < 0:
            falls.append(Finding("DV-14", point, {"point": point, "time": f"{at:%Y-%m-%d %H:%M}"}))
    flags = [Flag.MISSING if value is None else Flag.MEASURED for value in kwh]
    values = np.array([np.nan if value is None else float(value) for value in kwh])
    known_at = max(one.known_at for one in given)
    return readings(point, start, values, flags, source=given[0].source, known_at=known_at), tuple(falls)


def _counters(one: CounterDay) -> list[tuple[datetime, Decimal | None]]:
    begin = datetime.combine(one.day, time(0))
    return [(begin + number * SLOT, value) for number, value in enumerate(one.counters)]


def _starts(start: date, end: date) -> list[datetime]:
    begin = datetime.combine(start, time(0))
    return [begin + number * SLOT for number in range((end - start).days * PER_DAY)]


def _used(first: Decimal | None, last: Decimal | None) -> Decimal | None:
    return None if first is None or last is None else last - first

"""All devices of a site read once; what they counted goes into its half-hours."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from kotsukotsu.devices.echonet.meter import CounterDay, SmartMeter
from kotsukotsu.devices.fleet import read_all
from kotsukotsu.devices.model import Clock, Observed, Reading
from kotsukotsu.devices.openadr.report import TO_BASE
from kotsukotsu.energy.readings import Flag, Readings, as_known
from kotsukotsu.findings import Finding
from kotsukotsu.sessions import energy_counters
from kotsukotsu.sessions.energy_counters import Count
from kotsukotsu.sessions.energy_devices import half_hours
from kotsukotsu.sessions.energy_fleet import Fleet
from kotsukotsu.sessions.energy_receiving import Receipt, take_in
from kotsukotsu.sessions.energy_series import by_year, from_columns
from kotsukotsu.sessions.energy_site import EnergySite
from kotsukotsu.store import halfhours

PV_COUNTER = "generated"
KILO = 1000
Half = tuple[Readings | None, tuple[Finding, ...]]  # half-hours, if there are any, and what is doubtful


@dataclass(frozen=True, slots=True)
class Read:
    """What one reading of all devices brought.

    Attributes
    ----------
    series : tuple of Readings
        Half-hours that were not known before, or were known otherwise.
    counts : tuple of Count
        Counters that become half-hours with the next reading.
    """

    values: tuple[Observed, ...]
    series: tuple[Readings, ...]
    counts: tuple[Count, ...]
    findings: tuple[Finding, ...]


def read_once(opened: EnergySite, fleet: Fleet, clock: Clock, days: int = 1) -> Read:
    """Read all devices, report to those that want reports; nothing is written.

    Parameters
    ----------
    days : int
        How many days back a smart meter is asked for its half-hours.
    """
    reading = read_all(fleet.devices.values(), clock)
    reported = [one for ven in fleet.vens.values() for one in ven.report(reading, clock)]
    metered = _meters(fleet, reading, clock, days)
    counted = _counts(fleet, reading)
    made = [_counted(opened, point, one, clock()) for point, one in counted]
    findings = [*reading.findings, *reported, *(doubt for _, doubts in (*metered, *made) for doubt in doubts)]
    new = tuple(one for each, _ in (*metered, *made) if each is not None and (one := _new(opened, each)) is not None)
    return Read(reading.values, new, tuple(one for _, one in counted), tuple(findings))


def keep(opened: EnergySite, read: Read) -> None:
    """Add to the site's half-hours, then remember the counters.

    In this order: what is interrupted in between is made again from the next reading.
    """
    if read.series:
        take_in(opened, Receipt("devices", "devices", read.series, prices=False, findings=()))
    energy_counters.keep(opened.path, read.counts)


def _meters(fleet: Fleet, reading: Reading, clock: Clock, days: int) -> list[Half]:
    """Half-hours of the smart meters that answered, with what is doubtful."""
    answering = {one.device for one in reading.values}
    found: list[Half] = []
    for number, device in fleet.devices.items():
        point = fleet.rows[number][0]["point"]
        if not point or not isinstance(device, SmartMeter) or device.name not in answering:
            continue
        given = [device.history(back, clock) for back in range(days, -1, -1)]
        good = [one for one in given if isinstance(one, CounterDay)]
        series, doubts = half_hours(point, good) if good else (None, ())
        bad = tuple(one for one in given if isinstance(one, Finding))
        found.append((series, (*bad, *doubts)))
    return found


def _counts(fleet: Fleet, reading: Reading) -> list[tuple[str, Count]]:
    """The counters among the values, with the place that they count for."""
    wanted = {
        (row["name"], PV_COUNTER if row["kind"] == "pv" else row["quantity"]): row
        for lines in fleet.rows.values() for row in lines if row["point"] and row["kind"] != "meter"
    }  # fmt: skip
    pairs = ((wanted.get((one.device, one.quantity)), one) for one in reading.values)
    return [(row["point"], _count(row["device_id"], one)) for row, one in pairs if row is not None]


def _count(device_id: str, one: Observed) -> Count:
    kwh = one.value * TO_BASE[one.unit][1] / KILO
    return Count(device_id, one.quantity, one.at, kwh, one.source)


def _counted(opened: EnergySite, point: str, last: Count, now: datetime) -> Half:
    """The half-hours that a reading completes; DD-07 where it is the first."""
    earlier = [
        one for one in energy_counters.counts(opened.path, last.device_id, last.quantity, now) if one.at < last.at
    ]
    if not earlier:
        return None, (Finding("DD-07", point, {"device": last.device_id}),)
    return energy_counters.half_hours(point, [*earlier, last], now)


def _new(opened: EnergySite, series: Readings) -> Readings | None:
    """A series without what the site knows already; None if nothing is left."""
    same = np.concatenate([_same(opened, fy, part) for fy, part in by_year(series)])
    flags = np.where(same, np.uint8(Flag.MISSING), series.flags)
    left = replace(series, flags=flags, kwh=np.where(same, np.nan, series.kwh))
    return None if left.missing.all() else left


def _same(opened: EnergySite, fy: int, part: Readings) -> NDArray[np.bool_]:
    """Where the site knows the same value of the same quality, or a measured one in place of an estimate."""
    columns = halfhours.read(opened.path, fy)
    versions = from_columns(columns).get(part.point) if columns is not None else None
    if not versions:
        return np.zeros(len(part), np.bool_)
    known = as_known(versions).between(part.start, part.end)
    same = (known.kwh == part.kwh) & (known.flags == part.flags)
    better = (known.flags == Flag.MEASURED) & (part.flags == Flag.ESTIMATED)
    found: NDArray[np.bool_] = ~known.missing & (same | better)
    return found

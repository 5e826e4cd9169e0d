"""A received file of half-hours into a site's folder; nothing is written until the whole file was read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from decimal import Decimal
from pathlib import Path

import numpy as np

from kotsukotsu import texts
from kotsukotsu.energy import quality
from kotsukotsu.energy.errors import EnergyError
from kotsukotsu.energy.readings import Flag, Readings, readings
from kotsukotsu.energy.slots import PER_DAY
from kotsukotsu.errors import ImportFileError
from kotsukotsu.findings import Finding
from kotsukotsu.importers.halfhours import read
from kotsukotsu.importers.halfhours.model import KWH, HalfHours
from kotsukotsu.sessions.energy_series import by_year, to_columns
from kotsukotsu.sessions.energy_site import EnergySite
from kotsukotsu.store import halfhours

Values = Mapping[datetime, tuple[Decimal | None, int]]


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a file holds, before it is taken in.

    Attributes
    ----------
    series : tuple of Readings
        By meter point, building or generator of the site.
    prices : bool
        Whether they are prices of the market [yen/kWh] and not energy.
    """

    file: str
    kind: str
    series: tuple[Readings, ...]
    prices: bool
    findings: tuple[Finding, ...]


def judge(opened: EnergySite, file: Path, points: Mapping[str, str], unit: str, known_at: datetime) -> Receipt:
    """Read a file for a site.

    Parameters
    ----------
    points : mapping
        Column or meter of the file to a meter, building or generator of the site. The only series of a file may go by
        the empty name.

    Raises
    ------
    ImportFileError
        IM-00 no such file, HI-… as the reader.
    EnergyError
        HI-10 a column that nobody gave a place, HI-11 a place that the site does not have.
    """
    if not file.is_file():
        raise ImportFileError("IM-00", file=str(file))
    found = read(file.read_bytes(), file.name, unit)
    prices = found.unit != KWH
    named = _named(opened, found, points, prices=prices)
    series = tuple(_readings(point, values, file.name, known_at) for point, values in named.items())
    doubts = [doubt for one in series for doubt in (*quality.gaps(one), *quality.in_place_of_measured(one))]
    return Receipt(file.name, found.kind, series, prices, (*found.findings, *doubts))


def take_in(opened: EnergySite, receipt: Receipt) -> None:
    """Add the series to the site's half-hours, each year's file at once."""
    years: dict[int, list[Readings]] = {}
    for one in receipt.series:
        for fy, part in by_year(one):
            years.setdefault(fy, []).append(part)
    for fy, parts in years.items():
        halfhours.append(opened.path, fy, [to_columns(part) for part in parts], _folder(receipt))


def _folder(receipt: Receipt) -> str:
    return halfhours.PRICES if receipt.prices else halfhours.FOLDER


def _named(opened: EnergySite, found: HalfHours, points: Mapping[str, str], *, prices: bool) -> dict[str, Values]:
    """Series by the name that the site knows; prices keep the name of their area."""
    if prices:
        return dict(found.series)
    known = places(opened)
    named: dict[str, Values] = {}
    for name, values in found.series.items():
        point = points.get(name) or (points.get("") if len(found.series) == 1 else None) or name
        if point not in known:
            code = "HI-11" if name in points or "" in points else "HI-10"
            raise EnergyError(code, name=name or texts.none(), point=point, known=texts.listed(known))
        named[point] = values
    return named


def places(opened: EnergySite) -> list[str]:
    """Meters, buildings and generators of a site, by which a series can go."""
    tables = opened.site.tables
    meters = dict.fromkeys(row["meter_id"] for row in tables["buildings"])
    return [
        *(row["building_id"] for row in tables["buildings"]),
        *meters,
        *(row["generator_id"] for row in tables["generators"]),
    ]


def _readings(point: str, values: Values, source: str, known_at: datetime) -> Readings:
    """Whole days from the first to the last; what the file does not give is missing."""
    first, last = min(values).date(), max(values).date()
    begin = datetime.combine(first, time(0))
    count = ((last - first).days + 1) * PER_DAY
    kwh, flags = np.full(count, np.nan), np.full(count, Flag.MISSING, np.uint8)
    for at, (value, flag) in values.items():
        place = (at - begin) // timedelta(minutes=30)
        kwh[place], flags[place] = (np.nan if value is None else float(value)), flag
    return readings(point, first, kwh, flags, source=source, known_at=known_at)

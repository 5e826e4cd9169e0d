"""Which station's weather stands for which facility: ``[weather]`` of ``municipality.toml``.

``station`` is the station of every facility; tables ``[[weather.exception]]`` (``station``, ``facilities``) name
facilities that lie elsewhere. A city whose file has one station only need not name it; with several, none is guessed.
``normal = [first, last]`` names the fiscal years whose weather is called normal.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from kotsukotsu.analysis.weather import Temperatures, temperatures
from kotsukotsu.findings import Finding
from kotsukotsu.periods import FiscalYear
from kotsukotsu.schema import Row
from kotsukotsu.schema.city import City

WHERE = "municipality.toml [weather]"
UNNAMED, NO_FACILITY, NO_NORMAL = "WE-15", "WE-16", "WE-17"


class Observed(NamedTuple):
    """A row of ``weather.csv`` as `weather.temperatures` takes it."""

    station: str
    day: date
    temperature: Decimal | None
    quality: int | None
    homogeneity: int | None


@dataclass(frozen=True)
class Stations:
    """The weather of a city's facilities.

    Attributes
    ----------
    by_station : mapping
        Station to its usable daily means.
    everywhere : str
        The station of all facilities that `elsewhere` does not name; empty if the city names none.
    elsewhere : mapping
        Facility to its own station.
    normal : tuple of FiscalYear
        The years whose weather is called normal; empty where the city names none.
    """

    by_station: Mapping[str, Temperatures]
    everywhere: str
    elsewhere: Mapping[str, str]
    normal: tuple[FiscalYear, ...]
    findings: tuple[Finding, ...]

    def of(self, facility: str) -> Temperatures | None:
        """The weather of a facility; None if no station stands for it."""
        return self.by_station.get(self.elsewhere.get(facility, self.everywhere))

    def groups(self, facilities: Iterable[str]) -> dict[str, list[str]]:
        """The facilities of each station."""
        found: dict[str, list[str]] = {}
        for facility in facilities:
            if weather := self.of(facility):
                found.setdefault(weather.station, []).append(facility)
        return found


def stations(city: City, rows: Sequence[Row]) -> Stations:
    """The weather of a city's facilities.

    Parameters
    ----------
    rows : sequence of row
        Of the table ``weather``; none if the city has no such file.

    Returns
    -------
    Stations
        With the findings of the stations in use (WE-10 to WE-14), WE-15 several stations and none named, WE-16 an
        exception for a facility that does not exist, WE-17 a wrong range of normal years.
    """
    settings = city.settings.get("weather", {})
    observed = [Observed(*(row[name] for name in Observed._fields)) for row in rows]
    known = list(dict.fromkeys(one.station for one in observed))
    everywhere = str(settings.get("station") or (known[0] if len(known) == 1 else ""))
    elsewhere = {
        str(facility): str(one.get("station", ""))
        for one in settings.get("exception", ())
        for facility in one.get("facilities", ())
    }
    named = [name for name in dict.fromkeys((everywhere, *elsewhere.values())) if name] if rows else []
    found = {name: temperatures(observed, name) for name in named}
    normal, wrong = _normal(settings)
    findings = [finding for one in found.values() for finding in one.findings]
    if len(known) > 1 and not everywhere:
        findings.append(Finding(UNNAMED, WHERE, {"stations": "・".join(known)}))
    facilities = {row["facility_id"] for row in city.table("facilities")}
    findings += [Finding(NO_FACILITY, WHERE, {"facility": one}) for one in elsewhere if one not in facilities]
    return Stations(found, everywhere, elsewhere, normal, (*findings, *wrong))


def _normal(settings: Mapping[str, Any]) -> tuple[tuple[FiscalYear, ...], list[Finding]]:
    given = settings.get("normal")
    if given is None:
        return (), []
    is_range = isinstance(given, list) and len(given) == 2 and all(type(year) is int for year in given)
    if not is_range or given[0] > given[1]:
        return (), [Finding(NO_NORMAL, WHERE, {"value": str(given)})]
    return tuple(FiscalYear(year) for year in range(given[0], given[1] + 1)), []

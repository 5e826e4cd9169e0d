"""A site opened for questions: its folder, its half-hours measured or made, and its bills."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

from kotsukotsu import schema, texts
from kotsukotsu.energy import quality
from kotsukotsu.energy.bill import Bill
from kotsukotsu.energy.contracts import Contracted, billed
from kotsukotsu.energy.errors import EnergyError
from kotsukotsu.energy.exact import Values
from kotsukotsu.energy.heat import POINT
from kotsukotsu.energy.profiles.fit import profile
from kotsukotsu.energy.readings import Readings, as_known
from kotsukotsu.energy.site import SETTINGS, Site, site
from kotsukotsu.energy.wind import wind
from kotsukotsu.errors import FolderError
from kotsukotsu.findings import Finding
from kotsukotsu.periods import Month
from kotsukotsu.schema import Row
from kotsukotsu.sessions.energy_series import from_columns
from kotsukotsu.store import halfhours
from kotsukotsu.store.folder import text_of

PV = "kotsukotsu.energy.pv"
PLACE = ("latitude", "longitude", "tilt_deg", "azimuth_deg")


class EnergySite:
    """One site folder, opened once.

    Parameters
    ----------
    path : Path
        The folder with ``site.toml``.
    moment : datetime, optional
        Half-hours as they were known then; as known now if left out.
    last : Month, optional
        The last month of the year that is looked at; the whole year if left out.
    """

    def __init__(self, path: Path, moment: datetime | None = None, last: Month | None = None) -> None:
        self.path = path
        self.moment = moment
        self.last = last

    @cached_property
    def site(self) -> Site:
        """Its tables."""
        found = site(self._settings(), {path.stem: text_of(path) for path in sorted(self.path.glob("*.csv"))})
        if self.last is None:
            return found
        if self.last.fiscal_year != found.fiscal_year:
            raise EnergyError("ST-18", month=self.last, year=found.fiscal_year.name)
        return replace(found, until=self.last.end)

    def _settings(self) -> Mapping[str, Any]:
        path = self.path / SETTINGS
        if not path.is_file():
            raise FolderError("F-01", folder=str(self.path), file=SETTINGS)
        try:
            return tomllib.loads(text_of(path))
        except tomllib.TOMLDecodeError as error:
            raise FolderError("F-07", file=SETTINGS, problem=schema.toml_place(error)) from None

    @cached_property
    def measured(self) -> Mapping[str, Readings]:
        """Measured series of the year by meter point, building or generator."""
        calendar = self.site.calendar
        columns = halfhours.read(self.path, self.site.fiscal_year.number)
        if columns is None:
            return {}
        return {
            point: as_known(versions, self.moment).between(calendar.start, calendar.end)
            for point, versions in from_columns(columns).items()
        }

    def load(self, building_id: str) -> Readings:
        """The half-hours bought by a building: measured, else made from its bills."""
        if building_id in self.measured:
            return self.measured[building_id]
        row = self.site.building(building_id)
        return profile(building_id, row["use"], self.site.calendar, self.site.billed(building_id))

    def bought(self, meter_id: str) -> Values:
        """What a meter took from the network: measured, else its buildings together. [kWh]"""
        if meter_id in self.measured:
            return self.measured[meter_id].complete()
        loads = [self.load(row["building_id"]).complete() for row in self.site.meters[meter_id]]
        together: Values = np.sum(loads, axis=0)
        return together

    def bill(self, meter_id: str) -> Bill:
        """The bill of a meter for the year."""
        if meter_id not in self.site.meters:
            raise EnergyError("ST-03", file="buildings.csv", value=meter_id, known=texts.listed(self.site.meters))
        return billed(self.site.book, self.contracts(meter_id), self.bought(meter_id), self.site.calendar)

    def contracts(self, meter_id: str) -> tuple[Contracted, ...]:
        """The contracts of a meter in the year, with the market's prices where they follow them."""
        return tuple(self._following(one) for one in self.site.contracts(meter_id))

    def _following(self, one: Contracted) -> Contracted:
        area = self.site.book.tariff(one.tariff_id).spot_area
        return replace(one, terms=replace(one.terms, spot=self.market(area))) if area else one

    def market(self, area: str) -> Values:
        """Half-hourly prices of an area. [yen/kWh]

        Raises
        ------
        EnergyError
            HI-12 if they were not taken in, HH-05 if some are missing.
        """
        calendar = self.site.calendar
        columns = halfhours.read(self.path, self.site.fiscal_year.number, halfhours.PRICES)
        found = from_columns(columns) if columns is not None else {}
        if area not in found:
            raise EnergyError("HI-12", area=area, known=texts.listed(found) or texts.none())
        return as_known(found[area], self.moment).between(calendar.start, calendar.end).complete()

    def generation(self, generator_id: str) -> Readings:
        """The half-hours that a generator sent out: measured, else made from weather and its yearly sum."""
        if generator_id in self.measured:
            return self.measured[generator_id]
        row, calendar = self.site.generator(generator_id), self.site.calendar
        if row["kind"] == "wind":
            if row["yearly_kwh"] is None:
                raise EnergyError("ST-09", file="generators.csv", value=generator_id)
            return wind(generator_id, row["climate"], row["kw"], row["yearly_kwh"], calendar)
        # pvlib and pandas take over a second to read: only a site with solar power that was not measured waits for it.
        solar = import_module(PV)
        plant = solar.Plant(row["kw"], *(_angle(row, name) for name in PLACE))
        made: Readings = solar.pv(generator_id, row["climate"], plant, calendar, row["yearly_kwh"])
        return made

    def roof(self, tilt_deg: float, azimuth_deg: float) -> Values:
        """What a kW of panels on a roof of the site would give in each half-hour. [kWh]"""
        north, east, climate = (self.place(key) for key in ("latitude", "longitude", "climate"))
        solar = import_module(PV)
        plant = solar.Plant(Decimal(1), float(north), float(east), tilt_deg, azimuth_deg)
        made: Values = solar.pv("roof", climate, plant, self.site.calendar).complete()
        return made

    def place(self, key: str) -> str:
        """What ``[site]`` says of where it is.

        Raises
        ------
        EnergyError
            ST-01 if it does not.
        """
        if key not in self.site.settings["site"]:
            raise EnergyError("ST-01", file=SETTINGS, key=f"site.{key}")
        return str(self.site.settings["site"][key])

    def findings(self) -> list[Finding]:
        """Doubts about the measured half-hours, and what was made instead of measured."""
        found: list[Finding] = []
        for point, series in self.measured.items():
            more = [*self._against_bills(point, series), *self._night(point, series)]
            found += quality.all_of(series, self._contract(point), more)
        made = [row["name"] for row in self.site.tables["buildings"] if row["building_id"] not in self.measured
                and row["meter_id"] not in self.measured]  # fmt: skip
        if made:
            found.append(Finding("ST-07", "buildings.csv", {"count": len(made), "names": shortened(made)}))
        return found

    def heat_findings(self) -> list[Finding]:
        """What heat was made instead of measured."""
        heated = [row["name"] for row in self.site.tables["buildings"]
                  if self.site.fuel(key := row["building_id"]) and key + POINT not in self.measured]  # fmt: skip
        return [Finding("ST-17", "heat.csv", {"count": len(heated), "names": shortened(heated)})] if heated else []

    def _contract(self, point: str) -> Decimal | None:
        """The power that a spike is measured by: agreed, else the highest that bills tell. [kW]"""
        rows = [row for row in self.site.tables["buildings"] if point in (row["building_id"], row["meter_id"])]
        agreed = next((row["contract_kw"] for row in rows if row["contract_kw"] is not None), None)
        billed = [one.max_kw for row in rows for one in self.site.billed(row["building_id"]).values() if one.max_kw]
        together = len(rows) * max(billed) if billed else None  # several buildings never peak higher than this
        return agreed if agreed is not None else together

    def _night(self, point: str, series: Readings) -> list[Finding]:
        """HQ-03 for a measured solar plant."""
        row = next((one for one in self.site.tables["generators"] if one["generator_id"] == point), None)
        if row is None or row["kind"] != "pv":
            return []
        solar = import_module(PV)
        plant = solar.Plant(row["kw"], *(float(row[name] or 0) for name in PLACE))
        return quality.night_sun(series, solar.is_night(plant, self.site.calendar))

    def _against_bills(self, point: str, series: Readings) -> list[Finding]:
        bills = {month: billed.kwh for month, billed in self.site.billed(point).items()}
        return quality.against_bills(series, bills)


def shortened(names: Sequence[str]) -> str:
    """The first name, and how many more there are."""
    return names[0] if len(names) == 1 else texts.label("energy.meter", first=names[0], more=len(names) - 1)


def _angle(row: Row, name: str) -> float:
    """A number of a solar plant that must be given.

    Raises
    ------
    EnergyError
        ST-10 if it is not.
    """
    if row[name] is None:
        raise EnergyError("ST-10", file="generators.csv", value=row["generator_id"], column=name)
    return float(row[name])

"""A site folder as the system that studies of size, dispatch, survival and control look at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from kotsukotsu.documents.energy.given import Given, kinds
from kotsukotsu.energy.bill import Bill, bill
from kotsukotsu.energy.dispatch.model import (
    Asset,
    Battery,
    Choice,
    Contract,
    Fleet,
    Grid,
    Hydrogen,
    Meter,
    Processing,
    Solar,
    System,
)
from kotsukotsu.energy.errors import EnergyError
from kotsukotsu.energy.ev.bookings import Car, synthetic
from kotsukotsu.energy.ev.fleet import Shared, shared, together
from kotsukotsu.energy.exact import Values
from kotsukotsu.energy.finance import annuity
from kotsukotsu.energy.refusals import StudyError
from kotsukotsu.energy.slots import KW_PER_KWH
from kotsukotsu.energy.survival import Critical, Supply
from kotsukotsu.energy.tariff import model
from kotsukotsu.energy.tariff.prices import Prices, prices
from kotsukotsu.sessions.energy_bookings import booked
from kotsukotsu.sessions.energy_site import EnergySite

PLACE = ("tilt_deg", "azimuth_deg")
OTHERS = "others"  # of a table of sources: all that it does not name
SUN, BATTERY, BATTERY_KW = "sun", "battery_kwh", "battery_kw"


@dataclass(frozen=True)
class Planned:
    """One meter of a site with the equipment that its ``site.toml`` names."""

    opened: EnergySite
    meter_id: str

    def number(self, section: str, key: str) -> float:
        """A setting that the study needs.

        Raises
        ------
        StudyError
            ED-10 if it is missing or no number, ED-14 if it is out of its range.
        """
        value = self._section(section).get(key)
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise StudyError("ED-10", section=section, key=key)
        kind = kinds(section).get(key)
        if kind is not None and not kind.holds(value):
            raise StudyError("ED-14", section=section, key=key, value=value, least=f"{kind.least:,.9g}",
                             most=f"{kind.most:,.9g}")  # fmt: skip
        return float(value)

    def optional(self, section: str, key: str) -> float | None:
        """A setting that a study can do without, and says so."""
        return self.number(section, key) if key in self._section(section) else None

    def given(self, *sections: str) -> tuple[Given, ...]:
        """The numbers of these sections, with what ``site.toml`` says of where they come from."""
        return tuple(
            Given(section, key, float(value), self._told(section, "source", key), self._told(section, "status", key))
            for section in sections for key in kinds(section)
            if isinstance(value := self._section(section).get(key), int | float)
        )  # fmt: skip

    def _told(self, section: str, what: str, key: str) -> str:
        """Of one setting, else of the others or of the whole section; empty where nothing is said."""
        found = self._section(section).get(what, "")
        return str(found.get(key, found.get(OTHERS, "")) if isinstance(found, dict) else found)

    def _section(self, name: str) -> Mapping[str, Any]:
        found: Mapping[str, Any] = self.opened.site.settings.get(name, {})
        return found

    @cached_property
    def load(self) -> Values:
        """Use of the buildings behind the meter. [kW]"""
        return self.opened.bought(self.meter_id) * KW_PER_KWH

    @cached_property
    def sun(self) -> tuple[Values, float]:
        """What a kW of the planned solar power gives [kW/kW], and how much is planned [kW].

        Where none is planned, what a kW would give on the roof of ``[sun]``.
        """
        rows = [row for row in self.opened.site.tables["generators"]
                if row["meter_id"] == self.meter_id and row["kind"] == "pv" and row["state"] == "planned"]  # fmt: skip
        kw = sum(float(row["kw"]) for row in rows)
        if not rows and self._section("sun"):
            return self.opened.roof(**{key: self.number("sun", key) for key in PLACE}) * KW_PER_KWH, 0.0
        given = sum((self.opened.generation(row["generator_id"]).complete() for row in rows), np.zeros(len(self.load)))
        return (given * KW_PER_KWH / kw if kw else given), kw

    @cached_property
    def prices(self) -> Prices:
        """Prices with tax of the meter's tariff."""
        site, terms = self.opened.site, self.opened.terms(self.meter_id)
        return prices(site.book, self.tariff_id, site.calendar, terms.power_factor, terms.spot)

    @property
    def tariff_id(self) -> str:
        """The meter's tariff."""
        return str(self.opened.site.meters[self.meter_id][0]["tariff_id"])

    @cached_property
    def contract(self) -> Contract | None:
        """The rule of the meter's contract, as if the year were repeated."""
        site = self.opened.site
        tariff, terms = site.book.tariff(self.tariff_id), site.terms(self.meter_id)
        if tariff.contract_rule == model.NONE:
            return None
        months, demand = site.calendar.month_index, self.prices.demand
        if tariff.contract_rule == model.AGREED and terms.agreed_kw is not None:
            return Contract(demand, months, agreed=float(terms.agreed_kw), excess=float(tariff.penalty_ratio or 0))
        return Contract(demand, months, memory=tariff.memory_months + 1)

    @cached_property
    def trips(self) -> Shared:
        """The bookings of the year by car; made up where ``bookings.csv`` has none."""
        calendar, rows = self.opened.site.calendar, self.opened.site.tables["bookings"]
        if rows:
            wanted = booked(rows, calendar.moment(0), len(calendar))
        else:
            staff, citizens = (self.number("equipment", key) for key in ("staff_trips", "citizen_trips"))
            wanted = synthetic(calendar, staff, citizens)
        return shared(wanted, int(self.number("equipment", "cars")), self.car)

    @cached_property
    def car(self) -> Car:
        """The kind of car that is shared."""
        names = ("car_kwh", "car_charge_kw", "car_discharge_kw", "car_kwh_per_km")
        return Car(*(self.number("equipment", name) for name in names))

    @cached_property
    def cars(self) -> Fleet:
        """All cars as one store."""
        return together(self.trips, self.car, len(self.load))

    def system(self, *, open_sizes: bool = False, yen_per_kg: float = 0.0, grid_kw: float = np.inf) -> System:
        """The meter with its equipment; `open_sizes` leaves sun and battery to the programme.

        Parameters
        ----------
        grid_kw : float
            The most that may be bought. [kW]
        """
        give, planned = self.sun
        equipment, fixed = self.equipment, (planned, self.equipment(BATTERY), self.equipment(BATTERY_KW))
        sun, kwh, kw = map(self.choice, (SUN, BATTERY, BATTERY_KW)) if open_sizes else fixed
        solar, battery = Solar("sun", give, sun), Battery("battery", kwh, kw, equipment("battery_efficiency"))
        unit = Processing("unit", equipment("unit_kw"), equipment("unit_yen_per_kwh"))
        hydrogen = Hydrogen("hydrogen", *map(equipment, ("electrolyser_kw", "tank_kwh", "fuel_cell_kw")))
        sell = np.full(len(self.load), equipment("sell_yen_per_kwh"))
        kg = np.full(len(self.load), equipment("grid_kg_per_kwh"))
        grid = Grid(self.prices.energy, sell, kg, self.contract, limit=grid_kw)
        assets: list[Asset] = [solar, battery]
        assets += [self.cars] if equipment("cars") else []
        assets += [unit] if unit.kw else []
        assets += [hydrogen] if hydrogen.fuel_cell_kw else []
        return System((Meter("m", self.load, grid, tuple(assets)),), yen_per_kg=yen_per_kg)

    def equipment(self, key: str) -> float:
        """A number of the equipment; ED-10 if it is missing."""
        return self.number("equipment", key)

    def choice(self, key: str) -> Choice:
        """A size that is open: up to its most, at its yearly cost after subsidy, inverters of the sun renewed."""
        rate, years = self.number("costs", "rate"), int(self.number("costs", f"{key}_years"))
        cost = self.number("costs", f"{key}_yen") * (1 - self.number("costs", "subsidy"))
        inverters = [yen / (1 + rate) ** year for year, yen in self.inverters(years)] if key == SUN else []
        yearly = (cost + sum(inverters)) * annuity(rate, years)
        upkeep = self.number("costs", f"{key}_upkeep_yen")
        return Choice(key, 0.0, self.number("costs", f"{key}_most"), yearly + upkeep)

    def renewals(self, key: str) -> list[tuple[int, float]]:
        """What is paid again for a kW or a kWh within the life of the sun, by year. [yen]"""
        last, life = (int(self.number("costs", f"{name}_years")) for name in (SUN, key))
        again = [(year, self.number("costs", f"{key}_yen")) for year in range(life, last, life)]
        return again + (self.inverters(last) if key == SUN else [])

    def inverters(self, last: int) -> list[tuple[int, float]]:
        """Inverters of a kW of sun that are renewed before this year, where ``site.toml`` tells their price. [yen]"""
        yen = self.optional("costs", "inverter_yen")
        if yen is None:
            return []
        life = int(self.number("costs", "inverter_years"))
        return [(year, yen) for year in range(life, last, life)]

    def bill(self, bought_kw: Values) -> Bill:
        """The bill of what a plan buys, by the bill engine, for a year that was like this one before. [kW]"""
        site = self.opened.site
        what = (site.book, self.tariff_id, bought_kw / KW_PER_KWH, site.calendar)
        terms = replace(self.opened.terms(self.meter_id), earlier=())
        first = bill(*what, terms)
        return bill(*what, replace(terms, earlier=tuple(month.maximum.kw for month in first.months)))

    def critical(self) -> list[Critical]:
        """The loads that shall live in an outage, in the order in which ``site.toml`` names them."""
        rows = self.opened.site.settings.get("critical", [])
        if not rows:
            raise StudyError("ED-10", section="critical", key="name")
        return [self._load(rank, row) for rank, row in enumerate(rows)]

    def _load(self, rank: int, row: Mapping[str, Any]) -> Critical:
        """A critical load; ED-15 where its power is missing, no number or negative."""
        name, kw = str(row.get("name", "")), row.get("kw")
        if not name or isinstance(kw, bool) or not isinstance(kw, int | float) or not 0 <= kw < np.inf:
            raise StudyError("ED-15", place=rank + 1, name=name, value="" if kw is None else kw)
        return Critical(name, rank, np.full(len(self.load), float(kw)))

    def island(self, content: Values) -> Supply:
        """What the meter has in an outage; `content` of the battery when it begins. [kWh]"""
        give, kw = self.sun
        need = self.number
        return Supply(give * kw, need("equipment", "battery_kwh"), need("equipment", "battery_kw"),
                      need("equipment", "battery_efficiency"), content, steady_kw=need("equipment", "fuel_cell_kw"),
                      fuel_kwh=need("equipment", "fuel_kwh"))  # fmt: skip


def planned(opened: EnergySite, meter: str | None) -> Planned:
    """The meter that is asked for, else the first.

    Raises
    ------
    EnergyError
        ST-03 if the site has no such meter.
    """
    meters = opened.site.meters
    if meter is not None and meter not in meters:
        raise EnergyError("ST-03", file="buildings.csv", value=meter, known="、".join(meters))
    return Planned(opened, meter or next(iter(meters)))

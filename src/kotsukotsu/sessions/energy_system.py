"""A site folder as the system that studies of size, dispatch, survival and control look at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property
from typing import Any

import numpy as np

from kotsukotsu import texts
from kotsukotsu.documents.energy.given import CRITICAL, Given
from kotsukotsu.documents.energy.size_words import OF
from kotsukotsu.energy.bill import Bill
from kotsukotsu.energy.contracts import Contracted, billed, priced
from kotsukotsu.energy.dispatch.model import (
    Asset,
    Battery,
    Contract,
    Fleet,
    Grid,
    Hydrogen,
    Meter,
    Processing,
    Size,
    Solar,
    System,
)
from kotsukotsu.energy.errors import EnergyError
from kotsukotsu.energy.ev.bookings import Car, synthetic
from kotsukotsu.energy.ev.fleet import Shared, shared, together
from kotsukotsu.energy.exact import Values
from kotsukotsu.energy.refusals import StudyError
from kotsukotsu.energy.site import SETTINGS
from kotsukotsu.energy.slots import KW_PER_KWH
from kotsukotsu.energy.survival import Critical, Supply
from kotsukotsu.energy.tariff import model
from kotsukotsu.energy.tariff.prices import Prices
from kotsukotsu.periods import Month
from kotsukotsu.sessions.energy_bookings import booked
from kotsukotsu.sessions.energy_chosen import Chosen, Results
from kotsukotsu.sessions.energy_costs import BATTERY, BATTERY_KW, CHARGER, COSTS, KEYS, SUN, Costs
from kotsukotsu.sessions.energy_heat import BUFFER, HEAT_PUMP, Heat
from kotsukotsu.sessions.energy_heat import SECTION as HEATED
from kotsukotsu.sessions.energy_settings import Settings
from kotsukotsu.sessions.energy_site import EnergySite, shortened

ALONE = "m"  # the name of a meter that is planned by itself
PLACE = ("tilt_deg", "azimuth_deg")


@dataclass(frozen=True)
class Planned(Settings):
    """One meter of a site with the equipment that its ``site.toml`` names."""

    meter_id: str
    chosen: Chosen = field(default_factory=Chosen)
    name: str = ALONE

    def section(self, name: str) -> Mapping[str, Any]:
        """A section of the site, with what ``[meters.NUMBER.…]`` says otherwise of this meter."""
        own = self.opened.site.settings.get("meters", {}).get(self.meter_id, {}).get(name, {})
        return {**super().section(name), **own}

    def key(self, size: str) -> str:
        """The name of a size among those of all meters that are planned together."""
        return size if self.name == ALONE else f"{self.name}{OF}{size}"

    @property
    def place(self) -> tuple[str, ...]:
        """That figures are of this meter alone, where the site has others."""
        meters = self.opened.site.meters
        names = shortened([row["name"] for row in meters[self.meter_id]])
        return (texts.label("energy.one_meter", name=names, meter=self.meter_id),) if len(meters) > 1 else ()

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
        if not rows and self.section("sun"):
            return self.opened.roof(**{key: self.number("sun", key) for key in PLACE}) * KW_PER_KWH, 0.0
        given = sum((self.opened.generation(row["generator_id"]).complete() for row in rows), np.zeros(len(self.load)))
        return (given * KW_PER_KWH / kw if kw else given), kw

    @cached_property
    def prices(self) -> Prices:
        """Prices with tax of the meter's tariff."""
        site = self.opened.site
        return priced(site.book, self.contracts, site.calendar)

    @cached_property
    def contracts(self) -> tuple[Contracted, ...]:
        """The contracts of the meter in the year, in order."""
        return self.opened.contracts(self.meter_id)

    @cached_property
    def contract(self) -> Contract | None:
        """The rule of the meter's contract, as if the year were repeated.

        Raises
        ------
        StudyError
            ED-19 if the rule, the agreed power or the memory changes within the year.
        """
        rule, kw, excess, memory = self._rule
        months, demand = self.opened.site.calendar.month_index, self.prices.demand
        if rule == model.NONE:
            return None
        if kw is not None:
            return Contract(demand, months, agreed=float(kw), excess=float(excess or 0))
        return Contract(demand, months, memory=memory + 1)

    @property
    def _rule(self) -> tuple[str, Decimal | None, Decimal | None, int]:
        """How the power that is billed follows, which must be one way in the whole year."""
        found = {}
        for one in self.contracts:
            tariff = self.opened.site.book.tariff(one.tariff_id)
            agreed = tariff.contract_rule == model.AGREED
            way = (one.terms.agreed_kw, tariff.penalty_ratio) if agreed else (None, None)
            found[tariff.contract_rule, *way, tariff.memory_months] = one
        first, *others = found
        if others:
            raise StudyError("ED-19", meter=self.meter_id, month=Month.of(found[others[0]].start))
        return first

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
        """The meter with its equipment; `open_sizes` leaves to the programme what ``[costs]`` prices.

        Parameters
        ----------
        grid_kw : float
            The most that may be bought. [kW]
        """
        give, _ = self.sun
        equipment, size = self.equipment, dict[str, Size](self.sizes)
        if open_sizes:
            size |= {key: replace(self.costs.choice(key), key=self.key(key)) for key in self.costs.open}
        solar = Solar("sun", give, size[SUN])
        battery = Battery("battery", size[BATTERY], size[BATTERY_KW], equipment("battery_efficiency"))
        unit = Processing("unit", size["unit_kw"], equipment("unit_yen_per_kwh"))
        hydrogen = Hydrogen("hydrogen", size["electrolyser_kw"], size["tank_kwh"], size["fuel_cell_kw"])
        sell = np.full(len(self.load), equipment("sell_yen_per_kwh"))
        kg = np.full(len(self.load), equipment("grid_kg_per_kwh"))
        grid = Grid(self.prices.energy, sell, kg, self.contract, limit=grid_kw)
        assets: list[Asset] = [solar, battery]
        assets += [replace(self.cars, charge_kw=size[CHARGER])] if equipment("cars") else []
        assets += [unit] if unit.kw else []
        assets += [hydrogen] if hydrogen.fuel_cell_kw else []
        pump = self.heat.pump(size.get(HEAT_PUMP, 0.0), size.get(BUFFER, 0.0))
        assets += [pump] if pump else []
        return System((Meter(self.name, self.load, grid, tuple(assets)),), yen_per_kg=yen_per_kg)

    def equipment(self, key: str) -> float:
        """A number of the equipment; ED-10 if it is missing."""
        return self.number("equipment", key)

    @cached_property
    def costs(self) -> Costs:
        """What sizes cost that are open."""
        return Costs(self, self.sizes, self.equipment("cars"))

    @cached_property
    def sizes(self) -> Mapping[str, float]:
        """What was chosen, else what is planned. [kW, kWh]

        The sun of ``generators.csv``, the rest of ``[equipment]`` and ``[heat_pump]``.
        """
        missing = set() if self.equipment("cars") else {CHARGER}
        missing |= set() if self.heat.kw is not None else {HEAT_PUMP, BUFFER}
        return {**{key: self._size(key) for key in KEYS if key not in missing}, **self.chosen.sizes}

    def _size(self, key: str) -> float:
        if key == SUN:
            return self.sun[1]
        return self.number(HEATED, key) if key in (HEAT_PUMP, BUFFER) else self.equipment(key)

    @property
    def all_given(self) -> tuple[Given, ...]:
        """Every number that a plan and its money rest on, with what the catalogue says of the boiler's fuel."""
        return (*self.given(COSTS), *self.of_plan, *self.critical_given)

    @property
    def of_plan(self) -> tuple[Given, ...]:
        """Every number that a plan rests on."""
        heat = () if self.heat.kw is None else (*self.given(HEATED), *self.heat.given)
        return (*self.equipped, *(self.chosen.told(one) for one in heat))

    @property
    def equipped(self) -> tuple[Given, ...]:
        """Every number of the equipment."""
        return tuple(self.chosen.told(one) for one in self.given("equipment"))

    @cached_property
    def heat(self) -> Heat:
        """The heat of the buildings behind the meter."""
        return Heat(self, self.meter_id)

    def bill(self, bought_kw: Values) -> Bill:
        """The bill of what a plan buys, by the bill engine, for a year that was like this one before. [kW]"""
        first = self._billed(bought_kw, ())
        return self._billed(bought_kw, tuple(month.maximum.kw for month in first.months))

    def _billed(self, bought_kw: Values, earlier: tuple[Decimal, ...]) -> Bill:
        site, (begun, *later) = self.opened.site, self.contracts
        begun = replace(begun, terms=replace(begun.terms, earlier=earlier))
        return billed(site.book, (begun, *later), bought_kw / KW_PER_KWH, site.calendar)

    def critical(self) -> list[Critical]:
        """The loads that shall live in an outage, in the order in which ``site.toml`` names them."""
        rows = self.opened.site.settings.get(CRITICAL, [])
        if not rows:
            raise self.missing(CRITICAL, "name")
        return [self._load(rank, row) for rank, row in enumerate(rows)]

    @property
    def critical_given(self) -> tuple[Given, ...]:
        """The critical loads, with what ``site.toml`` says of where they come from."""
        return tuple(
            Given(CRITICAL, load.name, float(load.kw[0]), str(row.get("source", "")), str(row.get("status", "")))
            for load, row in zip(self.critical(), self.opened.site.settings[CRITICAL], strict=True)
        )

    def _load(self, rank: int, row: Mapping[str, Any]) -> Critical:
        """A critical load; ED-15 where its power is missing, no number or negative."""
        name, kw = str(row.get("name", "")), row.get("kw")
        if not name or isinstance(kw, bool) or not isinstance(kw, int | float) or not 0 <= kw < np.inf:
            raise StudyError("ED-15", place=rank + 1, name=name, value="" if kw is None else kw)
        return Critical(name, rank, np.full(len(self.load), float(kw)))

    def island(self, content: Values) -> Supply:
        """What the meter has in an outage; `content` of the battery when it begins. [kWh]"""
        (give, _), size = self.sun, self.sizes
        return Supply(give * size[SUN], size[BATTERY], size[BATTERY_KW], self.equipment("battery_efficiency"), content,
                      steady_kw=size["fuel_cell_kw"], fuel_kwh=self.equipment("fuel_kwh"))  # fmt: skip


def planned(opened: EnergySite, meter: str | None, chosen: Results | None = None) -> Planned:
    """The meter that is asked for, else the first.

    Parameters
    ----------
    chosen : Results, optional
        What ``energy size --format json`` wrote: its sizes take the place of those that are planned.

    Raises
    ------
    EnergyError
        ST-03 if the site has no such meter.
    StudyError
        ED-17 if the file holds no sizes of this meter.
    """
    meters = opened.site.meters
    for file, named in (
        ("buildings.csv", [meter] if meter is not None else []),
        (SETTINGS, opened.site.settings.get("meters", {})),
    ):
        for one in named:
            if one not in meters:
                raise EnergyError("ST-03", file=file, value=one, known=texts.listed(meters))
    number = meter or next(iter(meters))
    return Planned(opened, number, chosen.of(opened.site, number) if chosen else Chosen())

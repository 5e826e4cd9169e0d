"""The heat of a meter's buildings, from half-hours or from fuel, and the heat pump that ``[heat_pump]`` speaks of."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

import numpy as np

from kotsukotsu import texts
from kotsukotsu.catalogue.in_force import Demand, Law
from kotsukotsu.catalogue.model import Catalogue, Factor, HeatValue
from kotsukotsu.catalogue.policy import Policy
from kotsukotsu.documents.energy.given import CONFIRMED, Given
from kotsukotsu.energy.dispatch.model import HeatPump, Size
from kotsukotsu.energy.exact import Values
from kotsukotsu.energy.heat import POINT, Boiler, cop, from_fuel
from kotsukotsu.energy.refusals import StudyError
from kotsukotsu.energy.slots import KW_PER_KWH
from kotsukotsu.energy.weather.year import weather
from kotsukotsu.periods import day_name
from kotsukotsu.sessions.catalogues import catalogue
from kotsukotsu.sessions.energy_settings import Settings
from kotsukotsu.units import ratio, same_dimension

SECTION, FUEL, SUPPLIER = "heat_pump", "boiler_fuel", "boiler_supplier"
HEAT_PUMP, BUFFER = "heat_pump_kw", "buffer_kwh"
OWN_HEAT_VALUE = "boiler_kwh_per_unit"
MJ_PER_KWH = Decimal("3.6")
KG_PER_TONNE = 1000
UNCONFIRMED = "unconfirmed"


@dataclass(frozen=True)
class Heat:
    """The heat of the buildings behind a meter."""

    settings: Settings
    meter_id: str

    @cached_property
    def kw(self) -> Values | None:
        """Heat that is needed, measured or made from fuel; None where nobody tells of any. [kW]"""
        opened = self.settings.opened
        made = [
            opened.measured[row["building_id"] + POINT].complete()
            if row["building_id"] + POINT in opened.measured
            else from_fuel(row["building_id"], row["use"], opened.site.calendar, fuel, self.boiler).complete()
            for row in opened.site.meters[self.meter_id]
            if (fuel := opened.site.fuel(row["building_id"])) or row["building_id"] + POINT in opened.measured
        ]
        if not made or not self.settings.section(SECTION):
            return None
        total: Values = np.sum(made, axis=0) * KW_PER_KWH
        return total

    def pump(self, kw: Size, buffer_kwh: Size) -> HeatPump | None:
        """The heat pump beside the boiler; None where no heat is needed."""
        if self.kw is None:
            return None
        boiler = self.boiler
        return HeatPump(
            SECTION, self.kw, self._cop(), kw, buffer_kwh, self.settings.number(SECTION, "buffer_loss"),
            boiler.per_heat(boiler.yen), boiler.per_heat(float(boiler.kg)),
        )  # fmt: skip

    def _cop(self) -> Values:
        """By the temperature of the synthetic year of the site's climate. [1]"""
        number, site = self.settings.number, self.settings.opened.site
        temperature = weather(self.settings.opened.place("climate"), "heat", site.calendar).temperature
        return cop(number(SECTION, "cop"), number(SECTION, "cop_per_degree"), temperature)

    @cached_property
    def boiler(self) -> Boiler:
        """The boiler and its fuel: heat value and emission of the law for the year.

        Raises
        ------
        StudyError
            ED-10 for what ``site.toml`` does not say, ED-16 where the catalogue has not one value for it.
        """
        number, factor = self.settings.number, self._factor
        item = self._catalogue.items[self._fuel]
        kg = factor.thirds / 3 * KG_PER_TONNE
        return Boiler(self._fuel, item.unit, self._kwh, kg, number(SECTION, "boiler_yen"),
                      number(SECTION, "boiler_efficiency"))  # fmt: skip

    @cached_property
    def given(self) -> tuple[Given, ...]:
        """What the catalogue says of the fuel, with its source and since when it is so."""
        if self.kw is None:
            return ()
        own = self.settings.optional(SECTION, OWN_HEAT_VALUE) is not None
        found: list[tuple[str, Decimal, Factor | HeatValue]] = [("boiler_kg_per_unit", self.boiler.kg, self._factor)]
        found += [] if own else [(OWN_HEAT_VALUE, self.boiler.kwh, self._heat_value)]
        return tuple(
            Given(SECTION, key, float(value), self._source(row), row.status if row.status == CONFIRMED else UNCONFIRMED)
            for key, value, row in found
        )

    @property
    def fuel_name(self) -> str:
        """The fuel in words."""
        return self._catalogue.items[self._fuel].name

    @property
    def _catalogue(self) -> Catalogue:
        return catalogue()

    @cached_property
    def _fuel(self) -> str:
        """The item of the catalogue."""
        found = self.settings.section(SECTION).get(FUEL)
        if found is None:
            raise self.settings.missing(SECTION, FUEL)
        if found not in self._catalogue.items:
            raise self._refused("item", 0)
        return str(found)

    @cached_property
    def _factor(self) -> Factor:
        """The factor of the decree, of the supplier that the site names."""
        year, policy = self.settings.opened.site.fiscal_year.number, Policy()
        supplier = str(self.settings.section(SECTION).get(SUPPLIER, ""))
        found = Law(self._catalogue).in_force(Demand(self._fuel, "", supplier, "", year, None), "CO2", policy)
        if len(found) != 1:
            raise self._refused("factor", len(found))
        return found[0]

    @cached_property
    def _heat_value(self) -> HeatValue:
        """The heat value of the decree."""
        year, item = self.settings.opened.site.fiscal_year, self._catalogue.items[self._fuel]
        found = [
            row for row in self._catalogue.heat_values
            if row.item == item.item and row.regime == Policy().regime and same_dimension(row.per, item.unit)
            and row.valid_from <= year.start and (row.valid_to is None or year.end <= row.valid_to)
            and year.number <= self._catalogue.editions[row.edition].covers_to
        ]  # fmt: skip
        if len(found) != 1:
            raise self._refused("heat_value", len(found))
        return found[0]

    @cached_property
    def _kwh(self) -> Decimal:
        """Heat value of the site, else of the decree. [kWh/unit]"""
        own = self.settings.optional(SECTION, OWN_HEAT_VALUE)
        if own is not None:
            return Decimal(str(own))
        row, unit = self._heat_value, self._catalogue.items[self._fuel].unit
        return row.value * ratio(row.energy, "MJ") * ratio(unit, row.per) / MJ_PER_KWH

    def _refused(self, what: str, count: int) -> StudyError:
        return StudyError("ED-16", fuel=self.settings.section(SECTION)[FUEL], what=texts.label(f"energy.heat.{what}"),
                          year=self.settings.opened.site.fiscal_year.name, count=count)  # fmt: skip

    def _source(self, row: Factor | HeatValue) -> str:
        """The edition of the law, since when, and the document."""
        edition, source = self._catalogue.editions[row.edition].title, self._catalogue.sources[row.source].title
        return texts.label("energy.heat.source", edition=edition, start=day_name(row.valid_from), source=source)

"""Sizes that a site leaves open: between which limits, and what a unit of each costs.

Sun and battery always are; another size is where ``[costs]`` of ``site.toml`` speaks of it, and then all must be said.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property

from kotsukotsu.energy.dispatch.model import Choice
from kotsukotsu.energy.finance import annuity
from kotsukotsu.sessions.energy_settings import Settings

COSTS = "costs"
SUN, BATTERY, BATTERY_KW = "sun", "battery_kwh", "battery_kw"
CHARGER = "car_charge_kw"  # of each car
ALWAYS = (SUN, BATTERY, BATTERY_KW)
KEYS = (*ALWAYS, "electrolyser_kw", "tank_kwh", "fuel_cell_kw", "unit_kw", CHARGER, "heat_pump_kw", "buffer_kwh")
TOLD = ("yen", "years", "upkeep_yen", "least", "most")


@dataclass(frozen=True)
class Costs:
    """What ``[costs]`` says of each size that there `can_be`; `cars` have a charger each."""

    settings: Settings
    can_be: Collection[str]
    cars: float

    @cached_property
    def open(self) -> tuple[str, ...]:
        """Sizes that are open."""
        said = self.settings.section(COSTS)
        return tuple(key for key in self.can_be if key in ALWAYS or any(f"{key}_{one}" in said for one in TOLD))

    def choice(self, key: str) -> Choice:
        """A size between its limits at its yearly cost: all that is paid within the life of the sun, and upkeep."""
        least, most = self.limits(key)
        rate, last = self._number("rate"), self._life(SUN)
        paid = self.price(key) * (1 - self._number("subsidy"))
        paid += sum(yen / (1 + rate) ** year for year, yen in self.renewals(key))
        return Choice(key, least, most, paid * annuity(rate, last) + self.upkeep(key))

    def limits(self, key: str) -> tuple[float, float]:
        """The least and the most of a size; ED-14 if they are the wrong way round. [kW, kWh]"""
        least, most = self.settings.optional(COSTS, f"{key}_least") or 0.0, self._number(f"{key}_most")
        if least > most:
            raise self.settings.outside(COSTS, f"{key}_least", 0.0, most)
        return least, most

    def price(self, key: str) -> float:
        """At once, before subsidy. [yen/kW, yen/kWh]"""
        return self._number(f"{key}_yen") * self._each(key)

    def upkeep(self, key: str) -> float:
        """Every year. [yen/kW, yen/kWh]"""
        return self._number(f"{key}_upkeep_yen") * self._each(key)

    def renewals(self, key: str) -> list[tuple[int, float]]:
        """What is paid again within the life of the sun, without subsidy, by year. [yen/kW, yen/kWh]

        A battery costs ``battery_renewal_share`` of its price then, everything else its price of today.
        """
        again = [(year, self._again(key)) for year in range(self._life(key), self._life(SUN), self._life(key))]
        return again + (self._inverters() if key == SUN else [])

    def _again(self, key: str) -> float:
        share = self._number("battery_renewal_share") if key in (BATTERY, BATTERY_KW) else 1.0
        return self.price(key) * share

    def _inverters(self) -> list[tuple[int, float]]:
        """Where ``site.toml`` tells their price."""
        yen = self.settings.optional(COSTS, "inverter_yen")
        if yen is None:
            return []
        life = int(self._number("inverter_years"))
        return [(year, yen) for year in range(life, self._life(SUN), life)]

    def _each(self, key: str) -> float:
        return self.cars if key == CHARGER else 1.0

    def _life(self, key: str) -> int:
        return int(self._number(f"{key}_years"))

    def _number(self, key: str) -> float:
        return self.settings.number(COSTS, key)

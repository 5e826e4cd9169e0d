"""An option with its year, its money, its CO2 and its hours; and all options in the order of a stated rule."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from kotsukotsu.energy.finance import annuity, internal_rate, payback, present_value
from kotsukotsu.energy.options.assumptions import Assumptions
from kotsukotsu.energy.options.cash import BOUGHT, EQUIPMENT, Cash, cash, sun_cost, sun_given
from kotsukotsu.energy.options.model import PPA, Option
from kotsukotsu.energy.options.years import Year, Years
from kotsukotsu.energy.refusals import StudyError

KG_PER_TONNE = 1000.0
NPV, CO2, HOURS, PAYBACK = "npv", "co2", "hours", "payback"


@dataclass(frozen=True)
class Judged:
    """All that is known of an option.

    Attributes
    ----------
    before : Year
        Of nothing new.
    """

    option: Option
    year: Year
    before: Year
    cash: Cash
    assumed: Assumptions

    @property
    def rate(self) -> float:
        """Discount. [1/year]"""
        return self.assumed["rate"]

    @property
    def running_yen(self) -> float:
        """Bill and fuel of the first year less income; what another's plant sells is another's. [yen/year]"""
        sold = 0.0 if self.option.form == PPA else self.year.sold_yen
        return self.year.bill_yen + self.year.fuel_yen - sold - self.year.work_yen

    @cached_property
    def npv(self) -> float:
        """Net present value against nothing new. [yen]"""
        return present_value(self.cash.flows, self.rate)

    @cached_property
    def irr(self) -> float | None:
        """Internal rate; None where nothing is paid first or less comes back than was paid. [1]"""
        return internal_rate(self.cash.flows) if self.cash.flows[0] < 0 < sum(self.cash.flows) else None

    @cached_property
    def payback(self) -> float | None:
        """Years until what was paid has come back; None where nothing was paid at first or it never does. [year]"""
        return payback(self.cash.flows) if self.cash.flows[0] < 0 else None

    @cached_property
    def lcoe(self) -> float | None:
        """A kWh from the sun: own, present cost over present kWh; another's, the mean price. [yen/kWh]"""
        given = present_value(sun_given(self.option, self.year, self.assumed), self.rate)
        if not self.option.sizes.sun_kw or given <= 0:
            return None
        if self.option.form == PPA:
            return -self._sun_payments / given
        return present_value(sun_cost(self.option, self.assumed), self.rate) / given

    @property
    def _sun_payments(self) -> float:
        """Of another's plant, without the fee for its battery. [yen]"""
        years = round(self.assumed["years"])
        size = self.option.sizes.battery_kwh
        fee = self.assumed["ppa_battery_yen_per_kwh"] * size if size else 0.0
        return self.cash.worth(self.rate, BOUGHT) + present_value((0.0, *[fee] * years), self.rate)

    @cached_property
    def equipment_worth(self) -> float:
        """Present cost of equipment, or of another's. [yen]"""
        return -self.cash.worth(self.rate, *EQUIPMENT)

    @cached_property
    def electricity_worth(self) -> float:
        """Present cost of electricity and fuel less income: that of nothing new less what is saved. [yen]"""
        years, rise = range(1, round(self.assumed["years"]) + 1), 1 + self.assumed["power_rise"]
        level = self.assumed["power_level"]
        bills = [0.0, *(self.before.bill_yen * level * rise ** (age - 1) + self.before.fuel_yen for age in years)]
        income = [0.0, *(self.before.sold_yen + self.before.work_yen for _ in years)]
        saved = self.npv + self.equipment_worth
        return present_value(bills, self.rate) - present_value(income, self.rate) - saved

    @property
    def whole_worth(self) -> float:
        """Present cost of everything. [yen]"""
        return self.electricity_worth + self.equipment_worth

    @property
    def tonnes(self) -> float:
        """Emission of what is bought and burnt in the first year; what is sold takes nothing away. [t-CO2]"""
        return self._emitted(self.year)

    @property
    def yen_per_tonne(self) -> float | None:
        """Yearly cost of a tonne less; negative where it earns money as well; None where CO2 does not fall. [yen/t]"""
        saved = self._emitted(self.before) - self._emitted(self.year)
        if saved <= 0:
            return None
        return -self.npv * annuity(self.rate, round(self.assumed["years"])) / saved

    def _emitted(self, year: Year) -> float:
        return (year.bought_kwh * self.assumed["co2_kg_per_kwh"] + year.fuel_kg) / KG_PER_TONNE

    @property
    def hours(self) -> tuple[float, float]:
        """P10 and P50 in an outage. [h]"""
        return self.year.outage.p10, self.year.outage.p50


RULES: dict[str, Callable[[Judged], tuple[float, ...]]] = {
    NPV: lambda one: (-one.npv,),
    CO2: lambda one: (one.tonnes, -one.npv),
    HOURS: lambda one: (-one.hours[0], -one.hours[1], -one.npv),
    PAYBACK: lambda one: (float("inf") if one.payback is None else one.payback, -one.npv),
}


def judged(option: Option, years: Years, base: Option, assumed: Assumptions) -> Judged:
    """An option by its year.

    Raises
    ------
    StudyError
        OP-02 what is not known, OP-11 a PPA that ends before the years that are looked at.
    """
    assumed.need(assumed.missing(option.needs))
    if option.form == PPA and assumed["ppa_years"] < assumed["years"]:
        raise StudyError("OP-11", option=option.name, term=round(assumed["ppa_years"]), years=round(assumed["years"]))
    year, before = years.year(option.sizes, assumed), years.year(base.sizes, assumed)
    return Judged(option, year, before, cash(option, year, before, assumed), assumed)


def ranked(found: Sequence[Judged], rule: str) -> list[Judged]:
    """Best first; equal ones as they stand in the table."""
    return sorted(found, key=RULES[rule])


def dominated(found: Sequence[Judged]) -> dict[str, str]:
    """Options that another one beats in nothing worse and something better of cost, CO2 and hours; by which."""
    return {
        one.option.option_id: other.option.option_id
        for one in found
        if (other := next((other for other in found if _beats(other, one)), None)) is not None
    }


def _beats(one: Judged, other: Judged) -> bool:
    mine, its = (one.whole_worth, one.tonnes), (other.whole_worth, other.tonnes)
    no_worse = all(a <= b for a, b in zip(mine, its, strict=True)) and one.hours >= other.hours
    return no_worse and (mine, one.hours) != (its, other.hours)

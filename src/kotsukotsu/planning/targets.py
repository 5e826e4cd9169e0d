"""Targets: milestones, and reductions by sector in three ways.

All three keep every digit; only a document rounds. The total of the base year may be given beside its sectors: in a
printed plan the sectors, each rounded, need not add up to the printed total, and then the total counts.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path
from typing import Any

from kotsukotsu import texts
from kotsukotsu.accounting import exact
from kotsukotsu.catalogue.model import Catalogue, NationalValue
from kotsukotsu.errors import KotsukotsuError
from kotsukotsu.rounding import printed

GOVERNMENT, WHOLE, OWN = "gov_plan", "total", "own"
HUNDRED, ZERO = Decimal(100), Decimal(0)


class PlanError(KotsukotsuError):
    """A target, path or projection was asked for that the data cannot give."""


@dataclass(frozen=True, slots=True)
class Milestone:
    """By a fiscal year, a reduction against the base year. [%]"""

    fiscal_year: int
    reduction_pct: Decimal
    plan: str
    status: str

    def level(self, base: Decimal) -> Decimal:
        """What may still be emitted. [t-CO2e]"""
        return exact.difference(base, share_of(base, self.reduction_pct))


@dataclass(frozen=True, slots=True)
class NationalRate:
    """Reduction of a national sector, from its unrounded values. [Mt-CO2e]"""

    base: Decimal
    goal: Decimal
    plan: str
    status: str

    @property
    def pct(self) -> Decimal:
        """The rate, to 50 digits. [%]"""
        return exact.quotient(exact.product(exact.difference(self.base, self.goal), HUNDRED), self.base)

    def of(self, tonnes: Decimal) -> Decimal:
        """The same share of a city's emission. [t-CO2e]"""
        return exact.quotient(exact.product(tonnes, exact.difference(self.base, self.goal)), self.base)


@dataclass(frozen=True, slots=True)
class SectorTarget:
    """What a sector emitted in the base year, and what it is to save. [t-CO2e]"""

    sector: str
    base: Decimal
    reduction: Decimal

    @property
    def level(self) -> Decimal:
        """What it may still emit. [t-CO2e]"""
        return exact.difference(self.base, self.reduction)

    @property
    def pct(self) -> Decimal | None:
        """The rate; None for a sector without emission. [%]"""
        return exact.quotient(exact.product(self.reduction, HUNDRED), self.base) if self.base else None


@dataclass(frozen=True, slots=True)
class Targets:
    """Targets of all sectors, and the base year's total as stated. [t-CO2e]"""

    sectors: tuple[SectorTarget, ...]
    base_total: Decimal

    @property
    def total(self) -> SectorTarget:
        """The city's target: the sectors' reductions against the stated total."""
        return SectorTarget(WHOLE, self.base_total, exact.total(part.reduction for part in self.sectors))

    def gap(self, goal_pct: Decimal) -> Decimal:
        """What is missing to a reduction of the whole; negative if it is more than met. [t-CO2e]"""
        return exact.difference(share_of(self.base_total, goal_pct), self.total.reduction)


def share_of(tonnes: Decimal, pct: Decimal) -> Decimal:
    """A percentage of an emission. [t-CO2e]"""
    return exact.product(tonnes, pct, Decimal("0.01"))


def milestones(catalogue: Catalogue) -> tuple[Milestone, ...]:
    """The milestones of 政府実行計画 and the year of net zero, as the catalogue has them.

    A municipality follows 政府実行計画 in spirit (温対法第21条第1項, マニュアル 4-3); it may choose others.
    """
    found = [
        Milestone(row.fiscal_year, row.value, row.plan, row.status)
        for row in catalogue.national_plan
        if row.sector == GOVERNMENT and row.measure == "reduction" and row.unit == "%"
    ]
    net_zero = [
        Milestone(row.fiscal_year, HUNDRED, row.plan, row.status)
        for row in catalogue.national_plan
        if row.sector == WHOLE and row.measure == "target" and row.value == 0
    ]
    return tuple(sorted(found + net_zero, key=lambda milestone: milestone.fiscal_year))


def milestones_of(settings: Mapping[str, Any], catalogue: Catalogue) -> tuple[Milestone, ...]:
    """The city's own milestones, ``[[milestone]]`` in municipality.toml, or those of `milestones`.

    Raises
    ------
    PlanError
        TG-06 if one lacks its fiscal year or its reduction, or the reduction is not from 0 to 100 %.
    """
    rows = settings.get("milestone", [])
    found = [_own_milestone(row) for row in rows]
    return tuple(sorted(found, key=lambda one: one.fiscal_year)) if found else milestones(catalogue)


def _own_milestone(row: Mapping[str, Any]) -> Milestone:
    try:
        pct = Decimal(str(row["reduction_pct"]))
        fy = int(row["fiscal_year"])
    except (KeyError, ValueError, TypeError, InvalidOperation):
        raise PlanError("TG-06", value=_written(row)) from None
    if not 0 <= pct <= HUNDRED:
        raise PlanError("TG-06", value=_written(row))
    return Milestone(fy, pct, str(row.get("source", "")), OWN)


def _written(row: Any) -> str:
    """A milestone as its file has it."""
    return texts.listed(f"{key} = {value}" for key, value in row.items()) if isinstance(row, Mapping) else str(row)


def editions(catalogue: Catalogue, base_fy: int, goal_fy: int) -> tuple[str, ...]:
    """Editions of the national plan that give sector values of both years, oldest first."""
    plans = {row.plan for row in catalogue.national_plan}
    return tuple(
        sorted(plan for plan in plans if _value(catalogue, plan, "commercial", base_fy, "actual")
               and _value(catalogue, plan, "commercial", goal_fy, "target"))
    )  # fmt: skip


def national_rates(catalogue: Catalogue, plan: str, base_fy: int, goal_fy: int) -> Mapping[str, NationalRate]:
    """Rates by the city's sectors, from the unrounded values of one edition of the national plan.

    Parameters
    ----------
    plan : str
        One of `editions`.

    Raises
    ------
    PlanError
        TG-01 if the edition lacks a sector's value of one of the years.
    """
    rates: dict[str, NationalRate] = {}
    for sector, national in _national_sectors().items():
        base = _value(catalogue, plan, national, base_fy, "actual")
        goal = _value(catalogue, plan, national, goal_fy, "target")
        if base is None or goal is None:
            raise PlanError("TG-01", plan=plan, sector=national, base_fy=base_fy, goal_fy=goal_fy)
        rates[sector] = NationalRate(base.value, goal.value, plan, catalogue.weaker(base.status, goal.status))
    return rates


def uniform(base: Mapping[str, Decimal], pct: Decimal, base_total: Decimal | None = None) -> Targets:
    """The same rate for every sector. [t-CO2e]"""
    parts = (SectorTarget(name, tonnes, share_of(tonnes, pct)) for name, tonnes in base.items())
    return _targets(parts, base, base_total)


def by_sector(
    base: Mapping[str, Decimal], rates: Mapping[str, NationalRate], base_total: Decimal | None = None
) -> Targets:
    """Each sector at the national plan's rate for it. [t-CO2e]

    Raises
    ------
    PlanError
        TG-02 if a sector with emissions has no national rate.
    """
    for name, tonnes in base.items():
        if tonnes and name not in rates:
            raise PlanError("TG-02", sector=name)
    parts = (SectorTarget(name, tonnes, rates[name].of(tonnes) if tonnes else ZERO) for name, tonnes in base.items())
    return _targets(parts, base, base_total)


def with_gap_on(targets: Targets, sector: str, goal_pct: Decimal) -> Targets:
    """What the sectors lack to the city's goal, put on one of them; nothing changes if they lack nothing. [t-CO2e]

    Raises
    ------
    PlanError
        TG-03 if there is no such sector, TG-04 if it would have to save more than it emits.
    """
    chosen = next((part for part in targets.sectors if part.sector == sector), None)
    if chosen is None:
        raise PlanError("TG-03", sector=sector, choices=" / ".join(part.sector for part in targets.sectors))
    reduction = exact.total((chosen.reduction, max(ZERO, targets.gap(goal_pct))))
    if reduction > chosen.base:
        raise PlanError("TG-04", sector=sector, needed=printed(reduction, 1), base=printed(chosen.base, 1))
    parts = tuple(replace(part, reduction=reduction) if part is chosen else part for part in targets.sectors)
    return replace(targets, sectors=parts)


def _targets(parts: Iterable[SectorTarget], base: Mapping[str, Decimal], base_total: Decimal | None) -> Targets:
    for name, tonnes in base.items():
        if tonnes < 0:
            raise PlanError("TG-05", sector=name, value=tonnes)
    return Targets(tuple(parts), exact.total(base.values()) if base_total is None else base_total)


def _value(catalogue: Catalogue, plan: str, sector: str, fy: int, measure: str) -> NationalValue | None:
    return next(
        (
            row
            for row in catalogue.national_plan
            if (row.plan, row.sector, row.fiscal_year, row.measure) == (plan, sector, fy, measure)
        ),
        None,
    )


@cache
def _national_sectors() -> Mapping[str, str]:
    with (Path(__file__).parent / "national_sectors.csv").open(encoding="utf-8", newline="") as file:
        return {row["sector"]: row["national"] for row in csv.DictReader(file)}

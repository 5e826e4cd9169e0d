"""Facilities by energy-related CO2: the main ones, which make nine tenths of it, beside the base year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from kotsukotsu.accounting import exact
from kotsukotsu.documents.plan.source import Source, Tonnes
from kotsukotsu.documents.printing import Figure
from kotsukotsu.periods import FiscalYear

REACH = Decimal(90)


@dataclass(frozen=True, slots=True)
class Ranked:
    """A main facility. [t-CO2], shares [%]

    Attributes
    ----------
    is_new : bool
        Opened since the base year, so that its rise is no change of use.
    groups : mapping
        Emission by chart group.
    """

    facility: str
    name: str
    base: Figure
    latest: Figure
    share: Figure
    cumulative: Figure
    change: Figure
    rate: Figure
    is_new: bool
    groups: Tonnes


@lru_cache(maxsize=4)
def main_facilities(source: Source) -> tuple[Ranked, ...]:
    """The fewest facilities that make `REACH` of the latest year's energy-related CO2, largest first."""
    now, base = by_facility(source, source.fy), by_facility(source, source.base_fy)
    totals = {facility: exact.total(parts.values()) for facility, parts in now.items()}
    whole = exact.total(totals.values())
    opened = {row["facility_id"]: row["opened_on"] for row in source.city.table("facilities")}
    found: list[Ranked] = []
    running = Decimal(0)
    for facility in sorted(totals, key=lambda one: (-totals[one], one)):
        if whole and running * 100 >= whole * REACH:
            break
        running = exact.total((running, totals[facility]))
        before = exact.total(base[facility].values()) if facility in base else None
        day = opened.get(facility)
        is_new = before is None and day is not None and day >= FiscalYear(source.base_fy).start
        found.append(_ranked(source, facility, (totals[facility], before, running, whole), now[facility], new=is_new))
    return tuple(found)


def _ranked(
    source: Source,
    facility: str,
    numbers: tuple[Decimal, Decimal | None, Decimal, Decimal],
    groups: Tonnes,
    *,
    new: bool,
) -> Ranked:
    now, before, running, whole = numbers
    printer = source.printer
    return Ranked(
        facility, source.names["facility"](facility), printer.emission(before), printer.emission(now),
        printer.share(now, whole), printer.share(running, whole), printer.change(now, before),
        printer.rate(now, before), new, groups,
    )  # fmt: skip


@lru_cache(maxsize=64)
def by_facility(source: Source, fy: int) -> dict[str, Tonnes]:
    """Energy-related CO2 of each facility by chart group. [t-CO2]"""
    found: dict[str, Tonnes] = {}
    for cell, value in (source.past.emissions[fy] or {}).items():
        if cell.is_energy:
            own, group = found.setdefault(cell.facility, {}), source.group(cell.item)
            own[group] = exact.total((own.get(group, Decimal(0)), value))
    return found


def outstanding(source: Source, most: int = 2) -> tuple[Sequence[Ranked], Sequence[Ranked]]:
    """The main facilities that rose most and that fell most; those opened since the base year are left out."""
    old = [one for one in main_facilities(source) if one.base.exact is not None and one.change.exact]
    risen = sorted((one for one in old if (one.change.exact or 0) > 0), key=lambda one: -(one.change.exact or 0))
    fallen = sorted((one for one in old if (one.change.exact or 0) < 0), key=lambda one: one.change.exact or 0)
    return risen[:most], fallen[:most]

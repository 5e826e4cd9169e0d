"""Emissions and use of every year by facility, sector and item: what the figures of a plan are drawn from."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from kotsukotsu.accounting import exact
from kotsukotsu.accounting.model import Line
from kotsukotsu.accounting.waste import BURNT, PLASTIC
from kotsukotsu.analysis.uses import quantity_of

ENERGY = ("commercial", "transport")
Series = Mapping[int, Decimal | None]


class Cell(NamedTuple):
    """A facility's item in a sector; the sector tells the gas."""

    facility: str
    sector: str
    item: str

    @property
    def is_energy(self) -> bool:
        """Whether it is energy-origin CO2 (エネルギー起源CO2)."""
        return self.sector in ENERGY


Key = Callable[[Cell], str]
Keep = Callable[[Cell], bool]


@dataclass(frozen=True, slots=True)
class Past:
    """The years from the base year to the latest.

    Attributes
    ----------
    emissions : mapping
        Fiscal year to emission by cell [t-CO2e]; None for a year that could not be computed.
    uses : mapping
        Fiscal year to quantity by facility and item. [base unit of the item]
    """

    base: int
    latest: int
    emissions: Mapping[int, Mapping[Cell, Decimal] | None]
    uses: Mapping[int, Mapping[tuple[str, str], Decimal] | None]

    @property
    def years(self) -> tuple[int, ...]:
        """All years, those that stay open too."""
        return tuple(sorted(self.emissions))

    def by(self, key: Key, keep: Keep = lambda _: True) -> dict[str, dict[int, Decimal | None]]:
        """Series by a key; a year without rows of it, or not computed, has no value, which is not 0. [t-CO2e]"""
        found: dict[str, dict[int, list[Decimal]]] = {}
        for year, cells in self.emissions.items():
            for cell, value in (cells or {}).items():
                if keep(cell):
                    found.setdefault(key(cell), {}).setdefault(year, []).append(value)
        return {
            name: {year: exact.total(own[year]) if year in own else None for year in self.years}
            for name, own in found.items()
        }

    def total(self, keep: Keep = lambda _: True) -> dict[int, Decimal | None]:
        """The sum of every year; None for a year that was not computed. [t-CO2e]"""
        return {
            year: None if cells is None else exact.total(value for cell, value in cells.items() if keep(cell))
            for year, cells in sorted(self.emissions.items())
        }

    def use(self, facility: str, item: str) -> dict[int, Decimal | None]:
        """What a facility used of an item. [base unit of the item]"""
        return {year: (self.uses[year] or {}).get((facility, item)) for year in self.years}

    def burnt(self) -> dict[int, tuple[Decimal, Decimal] | None]:
        """Waste burnt (wet) and the plastics in it (dry); None where there is no such row. [t]"""
        return {year: _burnt(self.uses[year]) for year in self.years}


def past_of(lines: Mapping[int, Sequence[Line] | None], base: int, latest: int) -> Past:
    """The past from the lines of some years.

    Parameters
    ----------
    lines : mapping
        Fiscal year to its lines; None for a year that could not be computed.
    """
    emissions = {year: None if own is None else _emissions(own) for year, own in lines.items()}
    uses = {year: None if own is None else _uses(own) for year, own in lines.items()}
    return Past(base, latest, emissions, uses)


def _emissions(lines: Sequence[Line]) -> dict[Cell, Decimal]:
    thirds: dict[Cell, list[Decimal]] = {}
    for line in lines:
        thirds.setdefault(Cell(line.group.facility_id, line.sector, line.item), []).append(line.thirds_co2e)
    return {cell: exact.whole(exact.total(found)) for cell, found in thirds.items()}


def _uses(lines: Sequence[Line]) -> dict[tuple[str, str], Decimal]:
    grouped: dict[tuple[str, str], list[Line]] = {}
    for line in lines:
        grouped.setdefault((line.group.facility_id, line.item), []).append(line)
    return {place: quantity_of(found) for place, found in grouped.items()}


def _burnt(uses: Mapping[tuple[str, str], Decimal] | None) -> tuple[Decimal, Decimal] | None:
    found = {
        items: [value for (_, item), value in (uses or {}).items() if item in items] for items in (BURNT, (PLASTIC,))
    }
    whole, plastic = (exact.total(values) for values in found.values())
    return (whole, plastic) if whole > 0 else None

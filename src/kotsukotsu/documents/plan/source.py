"""What a plan is made from: inventories of every year, the future, and what people call things."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from kotsukotsu.accounting import exact
from kotsukotsu.accounting.inventory import Inventory
from kotsukotsu.analysis.past import Cell, Past, past_of
from kotsukotsu.catalogue.model import Catalogue
from kotsukotsu.documents.groups import chart_group
from kotsukotsu.documents.model import Names, Overview
from kotsukotsu.documents.plan.setting import Plan
from kotsukotsu.documents.printing import Printer
from kotsukotsu.findings import Finding
from kotsukotsu.planning.bau import Span
from kotsukotsu.planning.kpis import Kpi
from kotsukotsu.planning.targets import Milestone, Targets
from kotsukotsu.schema.city import City

Tonnes = dict[str, Decimal]


@dataclass(frozen=True, slots=True)
class Goals:
    """Where the plan wants to go. [t-CO2e]

    Attributes
    ----------
    spans : tuple of Span
        Without further measures, all methods together.
    national, own : Targets or None
        By sector at the national plan's rates, and with the gap put on one sector.
    confirmed : bool
        Whether the national plan's values were read in an official text.
    """

    milestones: tuple[Milestone, ...]
    base_total: Decimal
    spans: tuple[Span, ...]
    national: Targets | None
    own: Targets | None
    edition: str = ""
    confirmed: bool = True

    @property
    def first(self) -> Milestone:
        """The plan's own goal."""
        return self.milestones[0]


@dataclass(frozen=True, slots=True)
class Effects:
    """What the city's measures of one kind would save together, at today's factors. [t-CO2e], [yen]

    Attributes
    ----------
    cost_note : str
        Where a cost comes from that is not the city's own estimate; empty where every cost is.
    """

    kind: str
    name: str
    count: int
    tonnes: Decimal
    cost: Decimal
    assumption: str
    confirmed: bool
    cost_note: str = ""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a facility's emission changed, in sentences that rest on its figures."""

    facility: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Source:
    """Everything that the plan of a city says numbers of."""

    plan: Plan
    city: City
    catalogue: Catalogue
    overview: Overview
    results: Mapping[int, Inventory]
    names: Names
    goals: Goals
    kpis: tuple[Kpi, ...]
    effects: tuple[Effects, ...]
    reasons: Mapping[str, Reason]
    made: date
    findings: tuple[Finding, ...] = ()

    @property
    def fy(self) -> int:
        """The latest complete year."""
        return self.overview.year.fy

    @property
    def base_fy(self) -> int:
        """The base year."""
        return self.overview.base_fy

    @property
    def latest(self) -> Inventory:
        """Inventory of the latest complete year."""
        return self.results[self.fy]

    @property
    def printer(self) -> Printer:
        """Prints by the city's rounding."""
        return Printer(self.overview.rounding)

    @property
    def years(self) -> Sequence[int]:
        """Every year from the base year to the latest complete one; one without an inventory stays open."""
        return range(self.base_fy, self.fy + 1)

    @cached_property
    def past(self) -> Past:
        """Every year by facility, sector and item."""
        lines = {fy: self.results[fy].lines if fy in self.results else None for fy in self.years}
        return past_of(lines, self.base_fy, self.fy)

    def energy(self, fy: int) -> Tonnes:
        """Energy-related CO2 by chart group. [t-CO2]"""
        return self._sums(fy, lambda cell: self.group(cell.item) if cell.is_energy else "")

    def sectors(self, fy: int) -> Tonnes:
        """Emission by sector. [t-CO2e]"""
        return self._sums(fy, lambda cell: cell.sector)

    def group(self, item: str) -> str:
        """The chart group of an item."""
        return chart_group(self.catalogue.items[item])

    def _sums(self, fy: int, key: Callable[[Cell], str]) -> Tonnes:
        """Sums by a key; cells without one are left out."""
        parts: dict[str, list[Decimal]] = {}
        for cell, value in (self.past.emissions[fy] or {}).items():
            if name := key(cell):
                parts.setdefault(name, []).append(value)
        return {name: exact.total(values) for name, values in parts.items()}


def whole(parts: Mapping[str, Decimal]) -> Decimal | None:
    """Sum of parts; None where there are none."""
    return exact.total(parts.values()) if parts else None

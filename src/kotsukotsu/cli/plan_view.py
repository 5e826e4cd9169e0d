"""What ``kotsukotsu plan`` shows, whatever its form."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from kotsukotsu.findings import Finding
from kotsukotsu.planning.allocation import FacilityTarget
from kotsukotsu.planning.pathways import Path, Point, overspent, year_met
from kotsukotsu.planning.progress import Progress
from kotsukotsu.planning.targets import Milestone, Targets
from kotsukotsu.planning.verify_sectors import SideBySide
from kotsukotsu.sessions.plan_data import PlanData
from kotsukotsu.sessions.plan_future import Future
from kotsukotsu.sessions.session import Session


@dataclass(frozen=True, slots=True)
class SectorPlan:
    """Tables A (national rates) and B (gap on one sector) of the first milestone."""

    plan: str
    sector: str
    table_a: Targets
    table_b: Targets
    confirmed: bool


@dataclass(frozen=True, slots=True)
class PlanView:
    """Everything that the command shows."""

    session: Session
    data: PlanData
    milestones: tuple[Milestone, ...]
    path: Path
    future: Future
    progress: Progress
    sectors: SectorPlan | None
    compared: SideBySide | None
    facilities: tuple[FacilityTarget, ...] | None
    way: str

    @property
    def goal(self) -> Milestone:
        """The next milestone."""
        return self.milestones[0]

    def met(self, milestone: Milestone) -> int | None:
        """The year in which today's trend meets a milestone's level; None if never, or without a trend."""
        line = self.future.trend
        if line is None:
            return None
        fitted = line.at(self.data.now.fiscal_year).middle
        start = Point(self.data.now.fiscal_year, fitted)
        return year_met(start, line.middle_slope, milestone.level(self.data.base_total))

    def budget(self, milestone: Milestone) -> Decimal:
        """What may be emitted on the path from the next year to a milestone's. [t-CO2e]"""
        return self.path.budget(self.data.now.fiscal_year, milestone.fiscal_year)

    @property
    def overspent(self) -> Decimal | None:
        """Emitted above the path since the base year; None if a year between is not known. [t-CO2e]"""
        years = self.data.now.fiscal_year - self.data.history[0].fiscal_year + 1
        return overspent(self.data.history, self.path) if len(self.data.history) == years else None

    @property
    def findings(self) -> list[Finding]:
        """What the reader must know about the figures."""
        notes = [*self.data.notes, *self.future.notes]
        if self.sectors and not self.sectors.confirmed:
            notes.append(Finding("TG-41", data={"plan": self.sectors.plan}))
        return notes

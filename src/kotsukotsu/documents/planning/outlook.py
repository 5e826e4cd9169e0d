"""What a city's targets and projections are shown from: values of `planning`, and names for what they stand for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kotsukotsu.findings import Finding
from kotsukotsu.planning.allocation import FacilityTarget
from kotsukotsu.planning.bau import Span, Step
from kotsukotsu.planning.kpis import Kpi
from kotsukotsu.planning.pathways import Path, Point
from kotsukotsu.planning.printed_kpis import PrintedKpi
from kotsukotsu.planning.progress import Progress
from kotsukotsu.planning.targets import Milestone, Targets
from kotsukotsu.planning.verify_sectors import SideBySide


@dataclass(frozen=True, slots=True)
class Aimed:
    """A milestone: its level, what may be emitted until then on the path, and when the trend meets it. [t-CO2e]

    Attributes
    ----------
    remaining : Decimal or None
        What is left of the budget after what was emitted above the path so far; None if that is not known. [t-CO2e]
    """

    milestone: Milestone
    level: Decimal
    budget: Decimal
    remaining: Decimal | None
    met: int | None


@dataclass(frozen=True, slots=True)
class Sectors:
    """Targets by sector: A by national rates, B with the gap on one sector."""

    plan: str
    gap_on: str
    table_a: Targets
    table_b: Targets
    gap: Decimal


@dataclass(frozen=True, slots=True)
class Outlook:
    """Everything that is shown.

    Attributes
    ----------
    history : sequence of Point
        Totals by fiscal year; the base year is the first. [t-CO2e]
    methods : mapping
        Projections by method, in words.
    way : str
        How facilities' targets were made; empty without them.
    """

    city: str
    invented: bool
    made: date
    base_fy: int
    base: Decimal
    history: Sequence[Point]
    aims: Sequence[Aimed]
    path: Path
    methods: Mapping[str, Sequence[Span]]
    range: Sequence[Span]
    steps: Sequence[Step]
    has_trend: bool
    progress: Progress
    overspent: Decimal | None
    sectors: Sectors | None
    compared: SideBySide | None
    facilities: Sequence[FacilityTarget]
    way: str
    facility_name: Callable[[str], str]
    kpis: Sequence[Kpi]
    printed_kpis: Sequence[PrintedKpi]
    findings: Sequence[Finding]

    @property
    def now(self) -> Point:
        """The year looked at."""
        return self.history[-1]

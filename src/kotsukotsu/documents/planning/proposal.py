"""What a choice of measures is shown from."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kotsukotsu.findings import Finding
from kotsukotsu.planning.chance import Chance
from kotsukotsu.planning.cost import Step, curve
from kotsukotsu.planning.kpis import Kpi
from kotsukotsu.planning.measures import Measure, Planned
from kotsukotsu.planning.portfolio import Outcome, Portfolio
from kotsukotsu.planning.portfolio_explain import Binding, Unmet
from kotsukotsu.planning.scenarios import Side
from kotsukotsu.planning.setting import Setting


@dataclass(frozen=True, slots=True)
class Chosen:
    """One chosen measure.

    Attributes
    ----------
    capex, running : Decimal
        Before subsidy. [yen], [yen/year]
    saved : Decimal
        In the year looked at, as counted in the plan. [t-CO2e]
    yen_per_tonne : Decimal or None
        Present cost over its life by tonne, before subsidy. [yen/t-CO2e]
    """

    planned: Planned
    fy: int
    capex: Decimal
    running: Decimal
    saved: Decimal
    yen_per_tonne: Decimal | None


@dataclass(frozen=True, slots=True)
class Proposal:
    """A plan, what it rests on and what limits it.

    Attributes
    ----------
    use_fy : int
        Fiscal year whose use is taken to stay.
    year : int
        Index of the year looked at: the target's, else the last.
    in_order : sequence of Decimal
        What each year saves, the measures of a facility worked in order. [t-CO2e]
    wedges : mapping
        Kind of measure to what it saves in each year. [t-CO2e]
    kind_names : mapping
        Kind of measure to its name.
    """

    city: str
    invented: bool
    made: date
    setting: Setting
    use_fy: int
    outcome: Outcome
    plan: Portfolio | None
    year: int
    chosen: Sequence[Chosen]
    in_order: Sequence[Decimal]
    wedges: Mapping[str, Sequence[Decimal]]
    kind_names: Mapping[str, str]
    binding: Sequence[Binding]
    unmet: Unmet | None
    chance: Chance | None
    sides: Sequence[Side]
    assumptions: Sequence[Measure]
    grid_words: str
    kpis: Sequence[Kpi]
    findings: Sequence[Finding]
    facility_name: Callable[[str], str]

    @property
    def years(self) -> range:
        """Fiscal years of the plan."""
        return range(self.setting.first_fy, self.setting.first_fy + len(self.setting.path))

    @property
    def curve(self) -> list[Step]:
        """Chosen measures from the cheapest tonne to the dearest."""
        known = ((one.planned.measure_id, one.saved, one.yen_per_tonne) for one in self.chosen)
        return curve([(key, saved, cost) for key, saved, cost in known if cost is not None])

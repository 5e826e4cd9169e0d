"""An answer of the optimiser as tables and figures, for the terminal and for other programs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from kotsukotsu import texts
from kotsukotsu.accounting import exact
from kotsukotsu.documents.planning.proposal import Chosen, Proposal
from kotsukotsu.findings import Finding
from kotsukotsu.periods import FiscalYear
from kotsukotsu.planning.chance import Chance, Expected, chance
from kotsukotsu.planning.cost import abatement_cost, present_cost, wedges
from kotsukotsu.planning.effects import ELECTRICITY
from kotsukotsu.planning.kpis import Kpi
from kotsukotsu.planning.measures import Measure, Planned
from kotsukotsu.planning.portfolio import Outcome, Portfolio
from kotsukotsu.planning.portfolio_explain import Binding, Unmet, bindings
from kotsukotsu.planning.scenarios import Side
from kotsukotsu.planning.setting import Setting, in_order
from kotsukotsu.rounding import printed
from kotsukotsu.sessions.optimise_setting import Base

SEED = 20260401
KWH_PER_MWH = Decimal(1000)
ZERO = Decimal(0)


@dataclass(frozen=True)
class Answer:
    """Everything that the command shows."""

    setting: Setting
    base: Base
    outcome: Outcome
    unmet: Unmet | None
    names: Mapping[str, Callable[[str], str]]
    kpis: list[Kpi]
    findings: list[Finding]

    @property
    def plan(self) -> Portfolio | None:
        """The best plan, or the nearest one where none meets the target."""
        return self.outcome.portfolio or (self.unmet.nearest if self.unmet else None)

    @property
    def year(self) -> int:
        """Index of the year looked at: the target's, else the plan's last."""
        needed = self.setting.needed
        return next(iter(needed)) if needed else len(self.setting.path) - 1

    @cached_property
    def chosen(self) -> list[Chosen]:
        """Chosen measures by year of start and the cheapest tonne first."""
        if self.plan is None:
            return []
        found = [self._chosen(self.plan, each) for each in self.setting.measures if each.measure_id in self.plan.starts]
        return sorted(found, key=lambda each: (each.fy, each.yen_per_tonne is None, each.yen_per_tonne or ZERO))

    def _chosen(self, plan: Portfolio, planned: Planned) -> Chosen:
        option, start = plan.problem.by_key[planned.measure_id], plan.starts[planned.measure_id]
        life, capex = planned.measure.life_years, option.price(start)
        works, last = start + option.lead, len(option.saving) - 1
        tonnes = exact.total(option.saving[min(year, last)] for year in range(works, works + life))
        cost = present_cost(capex, option.running, life, self.setting.discount_rate)
        fy = self.setting.first_fy + start
        return Chosen(planned, fy, capex, option.running, option.saved(start, self.year), abatement_cost(cost, tonnes))

    @cached_property
    def in_order(self) -> tuple[Decimal, ...]:
        """What the plan saves in each year, each facility's measures worked in order. [t-CO2e]"""
        if self.plan is None:
            return ()
        return tuple(exact.total(effects.values()) for effects in in_order(self.setting, self.plan))

    @cached_property
    def chance(self) -> Chance | None:
        """Probability of meeting the target; None without one."""
        if self.plan is None or self.setting.target is None:
            return None
        steps: dict[str, Decimal] = {"use": ZERO, "fuel": ZERO, "supply": ZERO}
        by_id = {each.measure_id: each.measure.step for each in self.setting.measures}
        for key, tonnes in in_order(self.setting, self.plan)[self.year].items():
            steps[by_id[key]] = exact.total((steps[by_id[key]], tonnes))
        electricity = self._electricity()
        other = exact.difference(self.setting.before(self.year), electricity)
        return chance(Expected(electricity, other, steps, self.setting.target), seed=SEED)

    def _electricity(self) -> Decimal:
        sites = (self.setting.site(facility, self.year) for facility in self.setting.use)
        return exact.total(
            exact.product(site.use[ELECTRICITY], site.factor(ELECTRICITY)) for site in sites if ELECTRICITY in site.use
        )

    @cached_property
    def binding(self) -> list[Binding]:
        """What keeps the plan from being better."""
        return bindings(self.outcome)

    @property
    def assumptions(self) -> list[Measure]:
        """Kinds of the chosen measures, whose assumptions the figures rest on."""
        return list({each.planned.measure.measure: each.planned.measure for each in self.chosen}.values())

    @property
    def grid_words(self) -> str:
        """What is assumed of the factor of electricity."""
        base = self.base
        now = printed(base.grid_now * KWH_PER_MWH, 3)
        if not base.grid:
            return texts.label("optimise.assumed.frozen", now=now)
        points = [
            texts.label("optimise.assumed.point", year=FiscalYear(fy).name, factor=printed(factor * KWH_PER_MWH, 3))
            for fy, factor in base.grid
        ]
        return texts.label("optimise.assumed.grid", now=now, then=texts.listed(points), source=base.grid_source)

    def proposal(self, sides: list[Side], made: date) -> Proposal:
        """The same as the tables, pages and workbooks of `documents.planning` take it."""
        city = self.base.inventory.city
        kinds = {one.measure.measure: one.measure.name for one in self.setting.measures}
        saved = {} if self.plan is None else wedges(self.plan)
        return Proposal(
            city.name, bool(city.settings["municipality"].get("invented")), made, self.setting, self.base.inventory.fy,
            self.outcome, self.plan, self.year, self.chosen, self.in_order, saved, kinds, self.binding, self.unmet,
            self.chance, sides, self.assumptions, self.grid_words, self.kpis, self.findings, self.names["facility"],
        )  # fmt: skip

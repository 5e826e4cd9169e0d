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
from kotsukotsu.planning.chance import NOTHING, Chance, Expected, Split, chance
from kotsukotsu.planning.cost import abatement_cost, present_cost, wedges
from kotsukotsu.planning.effects import STEPS, Effect
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
        life, capex, works = planned.measure.life_years, option.price(start), start + option.lead
        tonnes = exact.total(self._saved(planned.measure_id, year) for year in range(works, works + life))
        cost = present_cost(capex, option.running, life, self.setting.discount_rate, option.lead)
        fy = self.setting.first_fy + start
        return Chosen(planned, fy, capex, option.running, option.saved(start, self.year), abatement_cost(cost, tonnes))

    def _saved(self, key: str, year: int) -> Decimal:
        """What a chosen measure saves in a year, within the plan or after it; nothing where the facility is closed."""
        found = self._effects[year].get(key)
        return ZERO if found is None else found.tonnes

    @cached_property
    def _effects(self) -> tuple[Mapping[str, Effect], ...]:
        """Effects in order of every year of the plan and of the lives of its measures."""
        setting = self.setting
        return () if self.plan is None else in_order(setting, self.plan, len(setting.path) + len(setting.beyond))

    @cached_property
    def in_order(self) -> tuple[Decimal, ...]:
        """What the plan saves in each year, each facility's measures worked in order. [t-CO2e]"""
        plan_years = self._effects[: len(self.setting.path)]
        return tuple(exact.total(effect.tonnes for effect in effects.values()) for effects in plan_years)

    @cached_property
    def chance(self) -> Chance | None:
        """Probability of meeting the target; None without one."""
        if self.plan is None or self.setting.target is None:
            return None
        steps: dict[str, Split] = dict.fromkeys(STEPS, NOTHING)
        by_id = {each.measure_id: each.measure.step for each in self.setting.measures}
        for key, effect in self._effects[self.year].items():
            step = by_id[key]
            steps[step] = steps[step].plus(Split.of(effect.tonnes, effect.electric))
        electric = exact.total(self.setting.site(facility, self.year).electric for facility in self.setting.use)
        before = Split.of(self.setting.before(self.year), electric)
        return chance(Expected(before, steps, self.setting.target), seed=SEED)

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

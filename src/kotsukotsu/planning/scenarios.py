"""Scenarios of factors, budgets and closures side by side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from kotsukotsu.accounting import exact
from kotsukotsu.planning.portfolio import GAP, SECONDS
from kotsukotsu.planning.refined import Refined, refined
from kotsukotsu.planning.setting import Setting

ONE = Decimal(1)


@dataclass(frozen=True)
class Scenario:
    """A name, and what it changes of the city's setting."""

    name: str
    path: tuple[Decimal, ...] | None = None
    budget_ratio: Decimal = ONE
    closed: Mapping[str, int] = field(default_factory=dict)

    def of(self, setting: Setting) -> Setting:
        """The setting under this scenario."""
        return replace(
            setting,
            path=self.path or setting.path,
            beyond=() if self.path else setting.beyond,
            budgets=tuple(exact.product(budget, self.budget_ratio) for budget in setting.budgets),
            closed={**setting.closed, **self.closed},
        )


@dataclass(frozen=True)
class Side:
    """One scenario beside the others: emission without measures, what the plan needs and gives."""

    scenario: Scenario
    setting: Setting
    answer: Refined


def side_by_side(
    setting: Setting, scenarios: Iterable[Scenario], found: Refined, *, gap: float = GAP, seconds: float = SECONDS
) -> list[Side]:
    """The best plan of each scenario; `found` is that of the setting as it is, which is not searched again."""
    sides = []
    for scenario in scenarios:
        under = scenario.of(setting)
        answer = found if under == setting else refined(under, gap=gap, seconds=seconds)
        sides.append(Side(scenario, under, answer))
    return sides

"""A plan counted twice: first carefully, then with the savings that its own measures leave each other."""

from __future__ import annotations

from dataclasses import dataclass

from kotsukotsu.accounting import exact
from kotsukotsu.planning.portfolio import GAP, SECONDS, Outcome, Portfolio, optimal
from kotsukotsu.planning.portfolio_explain import Unmet, unmet
from kotsukotsu.planning.setting import Setting, in_order, problem_of


@dataclass(frozen=True, slots=True)
class Refined:
    """The better of both answers, and, where neither meets the targets, why."""

    outcome: Outcome
    unmet: Unmet | None


def refined(setting: Setting, *, gap: float = GAP, seconds: float = SECONDS) -> Refined:
    """The best plan of a setting.

    Notes
    -----
    The careful count takes every other measure of a facility as done and so asks for more than is needed. A second
    search takes only the measures of the first plan as done; its plan is kept if it is cheaper, or the only one, and
    if its effects in order meet the targets.
    """
    problem = problem_of(setting)
    first = optimal(problem, gap=gap, seconds=seconds)
    why = unmet(problem, seconds=seconds) if first.portfolio is None else None
    basis = first.portfolio or (why.nearest if why else None)
    if basis is None or not setting.needed:
        return Refined(first, why)
    second = optimal(problem_of(setting, frozenset(basis.starts)), gap=gap, seconds=seconds)
    return Refined(second, None) if _better(setting, second.portfolio, first.portfolio) else Refined(first, why)


def _better(setting: Setting, second: Portfolio | None, first: Portfolio | None) -> bool:
    if second is None or not meets(setting, second):
        return False
    return first is None or second.present_cost < first.present_cost


def meets(setting: Setting, plan: Portfolio) -> bool:
    """Whether the effects of a plan, worked in order, reach every target."""
    yearly = in_order(setting, plan)
    return all(
        exact.total(one.tonnes for one in yearly[year].values()) >= tonnes for year, tonnes in setting.needed.items()
    )

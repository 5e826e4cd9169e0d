"""What binds a plan; where none meets the target, the nearest one and how far a limit would have to give."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from kotsukotsu.accounting import exact
from kotsukotsu.planning.portfolio import Outcome, Portfolio, optimal, portfolio_of
from kotsukotsu.planning.portfolio_model import COST, ZERO, Problem
from kotsukotsu.planning.portfolio_rows import programming
from kotsukotsu.planning.portfolio_solver import relaxed, solved

BINDS = 1e-7
SLACK_GAP = 0.005
SECONDS = 10.0
MILLION = Decimal(1_000_000)


@dataclass(frozen=True, slots=True)
class Binding:
    """A limit that keeps a plan from being better.

    Attributes
    ----------
    kind : str
        ``budget``, ``subsidy`` or ``target``.
    key : str
        The programme of a subsidy, else empty.
    left : Decimal
        What the plan leaves of it: money unspent [yen], or tonnes beyond the target [t-CO2e].
    worth : Decimal
        By how much the plan would be better for one more of it, from the linear relaxation: for money, present cost
        [yen/yen] or, if the most is to be saved, savings [t-CO2e/million yen]; for a target, present cost [yen/t-CO2e].
    """

    kind: str
    key: str
    year: int
    left: Decimal
    worth: Decimal


def bindings(outcome: Outcome) -> list[Binding]:
    """Limits with a price, the dearest of each kind first; none without a plan."""
    plan = outcome.portfolio
    if plan is None:
        return []
    prices = _prices(outcome)
    found = [
        Binding(kind, key, year, _left(plan, kind, key, year), _worth(outcome, kind, price))
        for (kind, key, year), price in prices.items()
    ]
    return sorted(found, key=lambda binding: (binding.kind, -binding.worth, binding.year))


def _prices(outcome: Outcome) -> dict[tuple[str, str, int], float]:
    """Duals by limit, those of the same limit added up."""
    prices: dict[tuple[str, str, int], float] = {}
    for name, dual in _duals(outcome):
        if abs(dual) > BINDS:
            prices[name] = prices.get(name, 0.0) + abs(dual)
    return prices


def _duals(outcome: Outcome) -> Iterator[tuple[tuple[str, str, int], float]]:
    """A programme's limit is the bound of its column."""
    for row, dual in zip(outcome.programme.rows, outcome.relaxation.duals, strict=True):
        if row.name[0] in ("target", "budget"):
            yield row.name, float(dual)
    for (programme, year), column in outcome.programme.paid.items():
        if outcome.relaxation.values[column] > BINDS:
            yield ("subsidy", programme, year), float(outcome.relaxation.reduced[column])


def _left(plan: Portfolio, kind: str, key: str, year: int) -> Decimal:
    problem = plan.problem
    if kind == "budget":
        return exact.difference(problem.budgets[year], plan.spending[year])
    if kind == "target":
        return exact.difference(plan.saved[year], problem.targets[year])
    limit = next(programme.limits[year] for programme in problem.programmes if programme.key == key)
    return exact.difference(limit, plan.subsidies[key, year])


def _worth(outcome: Outcome, kind: str, price: float) -> Decimal:
    """A dual in people's units; money is scaled in the programme, tonnes are not."""
    scale, worth = outcome.programme.scale, Decimal(repr(price))
    if outcome.programme.problem.form == COST:
        return worth * scale if kind == "target" else worth
    return worth / scale * MILLION


@dataclass(frozen=True)
class Unmet:
    """Why no plan meets the targets, and what would.

    Attributes
    ----------
    nearest : Portfolio or None
        The plan that comes nearest within the budgets, at least cost among those that save as much.
    missed : mapping
        Year index to what it lacks. [t-CO2e]
    extra : mapping or None
        Year index to money beyond the budget with which the targets would be met, as little as is known in all;
        None if no money could do it. [yen]
    most : tuple
        What all measures together would save in each year. [t-CO2e]
    """

    nearest: Portfolio | None
    missed: Mapping[int, Decimal]
    extra: Mapping[int, Decimal] | None
    most: tuple[Decimal, ...]


def unmet(problem: Problem, *, seconds: float = SECONDS) -> Unmet:
    """The nearest plan, and how far the targets or the budgets would have to give.

    Parameters
    ----------
    problem : Problem
        One whose targets no plan meets.
    seconds : float
        Time for each of the searches. [s]
    """
    nearest = _nearest(problem, seconds)
    saved = nearest.saved if nearest else (ZERO,) * problem.years
    missed = {
        year: exact.difference(tonnes, saved[year]) for year, tonnes in problem.targets.items() if tonnes > saved[year]
    }
    return Unmet(nearest, missed, _extra(problem, seconds), problem.most())


def _nearest(problem: Problem, seconds: float) -> Portfolio | None:
    made = programming(problem, slack="target")
    found = solved(made, relaxed(made), SLACK_GAP, seconds)
    if found.values is None:
        return None
    plan = portfolio_of(made, found.values)
    reached = {year: min(tonnes, plan.saved[year]) for year, tonnes in problem.targets.items()}
    cheaper = optimal(replace(problem, targets=reached, form=COST), seconds=seconds).portfolio
    return Portfolio(problem, (cheaper or plan).starts)


def _extra(problem: Problem, seconds: float) -> Mapping[int, Decimal] | None:
    made = programming(problem, slack="budget")
    relaxation = relaxed(made)
    if not relaxation.feasible:
        return None
    found = solved(made, relaxation, SLACK_GAP, seconds)
    if found.values is None:
        return None
    spending = portfolio_of(made, found.values).spending
    pairs = enumerate(zip(spending, problem.budgets, strict=True))
    return {year: exact.difference(spent, budget) for year, (spent, budget) in pairs if spent > budget}

"""The second program: every combination of starts, in Decimals, without a solver."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import product

from kotsukotsu.planning.portfolio_model import Problem


def plans(problem: Problem) -> Iterator[dict[str, int]]:
    choices = [[None, *range(o.earliest, problem.years - o.lead)] for o in problem.options]
    for starts in product(*choices):
        plan = {o.key: y for o, y in zip(problem.options, starts, strict=True) if y is not None}
        if _allowed(problem, plan):
            yield plan


def _allowed(problem: Problem, plan: dict[str, int]) -> bool:
    if any(sum(key in plan for key in group) > 1 for group in problem.exclusive):
        return False
    if any(a in plan and (b not in plan or plan[b] > plan[a]) for a, b in problem.requires):
        return False
    if any(net(problem, plan, year) > problem.budgets[year] for year in range(problem.years)):
        return False
    return all(saved(problem, plan, year) >= tonnes for year, tonnes in problem.targets.items())


def price(problem: Problem, key: str, year: int) -> Decimal:
    option = problem.by_key[key]
    return option.capex * (1 - option.renewal_discount) if option.renewal_year == year else option.capex


def net(problem: Problem, plan: dict[str, int], year: int) -> Decimal:
    paid = [price(problem, key, year) for key, start in plan.items() if start == year]
    total = sum(paid, Decimal(0))
    for programme in problem.programmes:
        theirs = [
            price(problem, key, year)
            for key, start in plan.items()
            if start == year and problem.by_key[key].programme == programme.key
        ]
        total -= min(programme.limits[year], programme.rate * sum(theirs, Decimal(0)))
    return total


def working(problem: Problem, plan: dict[str, int], year: int) -> list[str]:
    return [key for key, start in plan.items() if start + problem.by_key[key].lead <= year]


def saved(problem: Problem, plan: dict[str, int], year: int) -> Decimal:
    return sum((problem.by_key[key].saving[year] for key in working(problem, plan, year)), Decimal(0))


def cost(problem: Problem, plan: dict[str, int]) -> Decimal:
    total = Decimal(0)
    for year in range(problem.years):
        running = sum((problem.by_key[key].running for key in working(problem, plan, year)), Decimal(0))
        total += (net(problem, plan, year) + running) / (1 + problem.discount_rate) ** year
    return total


def least_cost(problem: Problem) -> Decimal | None:
    return min((cost(problem, plan) for plan in plans(problem)), default=None)


def most_saved(problem: Problem) -> Decimal | None:
    totals = (sum((saved(problem, p, y) for y in range(problem.years)), Decimal(0)) for p in plans(problem))
    return max(totals, default=None)

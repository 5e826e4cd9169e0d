"""Which measures, at which facilities, in which years: least present cost, or the most saved within the budgets."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from kotsukotsu import texts
from kotsukotsu.accounting import exact
from kotsukotsu.errors import KotsukotsuError
from kotsukotsu.planning.portfolio_model import COST, ZERO, Option, Problem, Programme
from kotsukotsu.planning.portfolio_rows import Programming, programming
from kotsukotsu.planning.portfolio_search import searched
from kotsukotsu.planning.portfolio_solver import HALF, Floats, Relaxed, Solved, relaxed, solved

GAP = 0.001
SECONDS = 10.0
# A sum of scaled floats may pass a limit by as little as this share of it and still be the solver's "equal".
# From so many starts on, two searches at the same time are worth their trouble where the most is to be saved.
MANY = 400
TOLERANCE = Decimal("0.000001")


class PlanningError(KotsukotsuError):
    """A planning question that cannot be asked as it stands."""


@dataclass(frozen=True)
class Portfolio:
    """Chosen measures with the year index of their start, and exact figures of the plan.

    Attributes
    ----------
    starts : mapping
        Key of an option to the year index of its start; options left out are not taken.
    """

    problem: Problem
    starts: Mapping[str, int]

    @cached_property
    def subsidies(self) -> Mapping[tuple[str, int], Decimal]:
        """What each programme pays in each year: its share of the capex started, at most its limit. [yen]"""
        return {
            (programme.key, year): min(programme.limits[year], self._eligible(programme, year))
            for programme in self.problem.programmes
            for year in range(self.problem.years)
        }

    def _eligible(self, programme: Programme, year: int) -> Decimal:
        prices = (option.price(year) for option in self._started(year) if option.programme == programme.key)
        return exact.product(programme.rate, exact.total(prices))

    def _started(self, year: int) -> list[Option]:
        return [self.problem.by_key[key] for key, start in self.starts.items() if start == year]

    @cached_property
    def capex(self) -> tuple[Decimal, ...]:
        """Capex of each year before subsidy. [yen]"""
        return tuple(
            exact.total(option.price(year) for option in self._started(year)) for year in range(self.problem.years)
        )

    @cached_property
    def spending(self) -> tuple[Decimal, ...]:
        """Capex less subsidy of each year. [yen]"""
        paid = (
            exact.total(self.subsidies[programme.key, year] for programme in self.problem.programmes)
            for year in range(self.problem.years)
        )
        return tuple(exact.difference(price, help_) for price, help_ in zip(self.capex, paid, strict=True))

    @cached_property
    def running(self) -> tuple[Decimal, ...]:
        """Change of the yearly costs by the measures that work. [yen]"""
        return tuple(
            exact.total(
                self.problem.by_key[key].running
                for key, start in self.starts.items()
                if year >= start + self.problem.by_key[key].lead
            )
            for year in range(self.problem.years)
        )

    @cached_property
    def saved(self) -> tuple[Decimal, ...]:
        """What the plan saves in each year. [t-CO2e]"""
        return tuple(
            exact.total(self.problem.by_key[key].saved(start, year) for key, start in self.starts.items())
            for year in range(self.problem.years)
        )

    @property
    def present_cost(self) -> Decimal:
        """Spending and running costs of the plan's years, discounted to the first; below zero it pays. [yen]"""
        yearly = zip(self.spending, self.running, self.problem.discounts, strict=True)
        return sum(((spent + running) * worth for spent, running, worth in yearly), ZERO)

    def broken(self) -> list[tuple[str, str, int]]:
        """Limits that the plan passes, computed exactly and apart from the solver; empty for a plan that holds."""
        problem = self.problem
        found = [("budget", "", y) for y, spent in enumerate(self.spending) if _passes(spent, problem.budgets[y])]
        found += [("target", "", y) for y, tonnes in problem.targets.items() if _passes(tonnes, self.saved[y])]
        found += [("exclusive", g[0], 0) for g in problem.exclusive if sum(key in self.starts for key in g) > 1]
        for later, earlier in problem.requires:
            if later in self.starts and self.starts[later] < self.starts.get(earlier, problem.years):
                found.append(("requires", later, self.starts[later]))
        outside = [key for key, year in self.starts.items() if year not in problem.starts(problem.by_key[key])]
        return found + [("earliest", key, self.starts[key]) for key in outside]


def _passes(value: Decimal, limit: Decimal) -> bool:
    return value - limit > TOLERANCE * max(abs(limit), Decimal(1))


@dataclass(frozen=True)
class Outcome:
    """An answer of the optimiser.

    Attributes
    ----------
    portfolio : Portfolio or None
        The best plan found; None if there is none.
    infeasible : bool
        It is proved that no plan keeps all limits.
    gap : float or None
        How far, at most, a better plan could be from this one, as a share of its own value. [1]
    seconds, cpu_seconds : float
        Time by the clock, and of the processor. [s]
    relaxation : Relaxed
        The linear relaxation, whose duals say what a limit is worth.
    """

    portfolio: Portfolio | None
    infeasible: bool
    gap: float | None
    seconds: float
    cpu_seconds: float
    programme: Programming
    relaxation: Relaxed


def optimal(problem: Problem, *, gap: float = GAP, seconds: float = SECONDS) -> Outcome:
    """The best plan.

    Parameters
    ----------
    gap : float
        Stop when no plan can be better by more than this share. [1]
    seconds : float
        Stop after this time with the best plan found. [s]

    Raises
    ------
    PlanningError
        PO-01 unknown measure in a group, prerequisite or programme; PO-02 a tuple of another length than the years;
        PO-03 a target's year outside the plan; PO-04 least cost asked for without a target.

    Notes
    -----
    min (or max) over start s(m) of each measure m: the present cost sum over years of (capex - subsidy + running) /
    (1 + r)^y, or the sum of savings. A subsidy is min(limit, rate x capex of the programme's measures started).
    """
    check(problem)
    began, worked = time.perf_counter(), time.process_time()
    programme = programming(problem)
    relaxation = relaxed(programme)
    found = Solved(None, 0.0, 0.0, True)
    if relaxation.feasible:
        search = searched if problem.form != COST and len(programme.starts) >= MANY else solved
        found = search(programme, relaxation, gap, seconds - (time.perf_counter() - began))
    return Outcome(
        None if found.values is None else portfolio_of(programme, found.values),
        found.infeasible,
        None if found.values is None else found.gap,
        time.perf_counter() - began,
        time.process_time() - worked,
        programme,
        relaxation,
    )


def portfolio_of(programme: Programming, values: Floats) -> Portfolio:
    """The plan of the solver's values, its figures computed again in exact decimals."""
    chosen = {s.option.key: s.year for s, value in zip(programme.starts, values, strict=False) if value > HALF}
    return Portfolio(programme.problem, chosen)


def check(problem: Problem) -> None:
    """Refuse a problem that does not hang together; see `optimal` for the codes."""
    named = {key for group in (*problem.exclusive, *problem.requires) for key in group} - set(problem.by_key)
    paying = {option.programme for option in problem.options if option.programme}
    unknown = named | (paying - {programme.key for programme in problem.programmes})
    if unknown:
        raise PlanningError("PO-01", name=texts.listed(sorted(unknown)))
    yearly = [(option.key, option.saving) for option in problem.options]
    yearly += [(programme.key, programme.limits) for programme in problem.programmes]
    for name, values in yearly:
        if len(values) != problem.years:
            raise PlanningError("PO-02", name=name, years=problem.years, given=len(values))
    for year in problem.targets:
        if year not in range(problem.years):
            raise PlanningError("PO-03", year=problem.first_fy + year)
    if problem.form == COST and not problem.targets:
        raise PlanningError("PO-04")

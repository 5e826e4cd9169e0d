"""The choice of measures as columns and rows of a mixed-integer programme.

One column for each option and year of start; one for what each programme pays in each year. The
subsidies of a programme and year are one sum, so that they need no column per measure; the last measure may be paid
in part, as a programme that pays "within its budget" does.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import product

from kotsukotsu.planning.portfolio_model import COST, Option, Problem

INFINITE = float("inf")


@dataclass(frozen=True, slots=True)
class Start:
    """One column: an option started in a year."""

    option: Option
    year: int


@dataclass(slots=True)
class LinearRow:
    """One row: lower <= sum of coefficient x column <= upper; `name` says what it limits."""

    name: tuple[str, str, int]
    terms: list[tuple[int, float]]
    lower: float = -INFINITE
    upper: float = INFINITE


@dataclass(slots=True)
class Programming:
    """Columns (starts first, then subsidies, then slacks) and rows, in scaled money; `paid` finds the subsidies."""

    problem: Problem
    scale: Decimal
    starts: list[Start]
    cost: list[float] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)
    rows: list[LinearRow] = field(default_factory=list)
    paid: dict[tuple[str, int], int] = field(default_factory=dict)

    def money(self, yen: Decimal) -> float:
        """Money in the solver's scale; the plan itself is computed again in exact decimals."""
        return float(yen / self.scale)

    def column(self, cost: float, upper: float) -> int:
        """Add a continuous column; its index."""
        self.cost.append(cost)
        self.upper.append(upper)
        return len(self.cost) - 1


def programming(problem: Problem, slack: str = "") -> Programming:
    """The programme of a problem.

    Parameters
    ----------
    slack : str
        ``target`` lets targets be missed and minimises by how much; ``budget`` does so for the budgets; empty keeps
        all limits and minimises what the problem's form says.
    """
    made = Programming(problem, _scale(problem), list(_fitting(problem, bounded=slack != "budget")))
    for start in made.starts:
        made.column(0.0 if slack else _worth(made, start), 1.0)
    _subsidies(made, slack)
    _budgets(made, slack)
    _targets(made, slack)
    _choices(made)
    return made


def _scale(problem: Problem) -> Decimal:
    largest = max((option.capex for option in problem.options), default=Decimal(1))
    return Decimal(1).scaleb(max(0, largest.adjusted() - 4))


def _fitting(problem: Problem, *, bounded: bool) -> Iterator[Start]:
    """Starts that could be paid at all; one dearer than its year's budget and subsidy together never can."""
    paying = {programme.key: programme for programme in problem.programmes}
    for option in problem.options:
        for year in problem.starts(option):
            price, help_ = option.price(year), Decimal(0)
            if option.programme in paying:
                programme = paying[option.programme]
                help_ = min(programme.rate * price, programme.limits[year])
            if not bounded or price - help_ <= problem.budgets[year]:
                yield Start(option, year)


def _worth(made: Programming, start: Start) -> float:
    problem, option = made.problem, start.option
    working = range(start.year + option.lead, problem.years)
    if problem.form != COST:
        return -float(sum((option.saving[year] for year in working), Decimal(0)))
    running = option.running * sum((problem.discounts[year] for year in working), Decimal(0))
    return made.money(option.price(start.year) * problem.discounts[start.year] + running)


def _subsidies(made: Programming, slack: str) -> None:
    """Columns of what each programme pays in each year, each at most its share of the capex started."""
    problem = made.problem
    for programme, year in product(problem.programmes, range(problem.years)):
        worth = -float(problem.discounts[year]) if problem.form == COST and not slack else 0.0
        column = made.column(worth, made.money(programme.limits[year]))
        terms = [
            (index, -made.money(programme.rate * start.option.price(year)))
            for index, start in enumerate(made.starts)
            if start.year == year and start.option.programme == programme.key
        ]
        made.rows.append(LinearRow(("share", programme.key, year), [(column, 1.0), *terms], upper=0.0))
        made.paid[programme.key, year] = column


def _budgets(made: Programming, slack: str) -> None:
    problem = made.problem
    over = [made.column(1.0, INFINITE) for _ in problem.budgets] if slack == "budget" else []
    for year, budget in enumerate(problem.budgets):
        spent = [(index, made.money(price)) for index, price in _prices(made, year)]
        helped = [(made.paid[programme.key, year], -1.0) for programme in problem.programmes]
        beyond = [(column, -1.0) for column in over[year : year + 1]]
        made.rows.append(LinearRow(("budget", "", year), [*spent, *helped, *beyond], upper=made.money(budget)))


def _prices(made: Programming, year: int) -> list[tuple[int, Decimal]]:
    found = ((index, start.option.price(year)) for index, start in enumerate(made.starts) if start.year == year)
    return [(index, price) for index, price in found if price]


def _targets(made: Programming, slack: str) -> None:
    for year, tonnes in sorted(made.problem.targets.items()):
        terms = [(i, float(s.option.saved(s.year, year))) for i, s in enumerate(made.starts)]
        missed = [(made.column(1.0, INFINITE), 1.0)] if slack == "target" else []
        kept = [term for term in terms if term[1]]
        made.rows.append(LinearRow(("target", "", year), [*kept, *missed], lower=float(tonnes)))


def _choices(made: Programming) -> None:
    """At most one start of each option or exclusive group; prerequisites no later than what needs them."""
    by_option: dict[str, list[int]] = {}
    for index, start in enumerate(made.starts):
        by_option.setdefault(start.option.key, []).append(index)
    grouped = {key for group in made.problem.exclusive for key in group}
    single = [(key,) for key in by_option if key not in grouped]
    for group in (*made.problem.exclusive, *single):
        terms = [(index, 1.0) for key in group for index in by_option.get(key, ())]
        made.rows.append(LinearRow(("choice", group[0], 0), terms, upper=1.0))
    for later, earlier in made.problem.requires:
        _prerequisite(made, (later, earlier), by_option)


def _prerequisite(made: Programming, pair: tuple[str, str], by_option: dict[str, list[int]]) -> None:
    later, earlier = (by_option.get(key, []) for key in pair)
    for year in sorted({made.starts[index].year for index in later}):
        terms = [(index, 1.0) for index in later if made.starts[index].year <= year]
        terms += [(index, -1.0) for index in earlier if made.starts[index].year <= year]
        made.rows.append(LinearRow(("requires", pair[0], year), terms, upper=0.0))

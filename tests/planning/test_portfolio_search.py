from __future__ import annotations

import time
from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest

from benchmarks import portfolio, portfolio_made, report_portfolio
from kotsukotsu.planning.portfolio import optimal, portfolio_of
from kotsukotsu.planning.portfolio_cuts import NONE, cuts_of
from kotsukotsu.planning.portfolio_finder import Finder
from kotsukotsu.planning.portfolio_model import COST, SAVING, Option, Problem
from kotsukotsu.planning.portfolio_prices import Prices
from kotsukotsu.planning.portfolio_rows import programming
from kotsukotsu.planning.portfolio_search import searched
from kotsukotsu.planning.portfolio_shared import Shared
from kotsukotsu.planning.portfolio_solver import relaxed
from kotsukotsu.planning.portfolio_tree import Relaxations, Tree
from tests.planning import brute, second_solver
from tests.planning.instances import SMALL, instance

D = Decimal


def by_two_searches(problem, gap, seconds):
    made = programming(problem)
    found = searched(made, relaxed(made), gap, seconds)
    return found, None if found.values is None else portfolio_of(made, found.values)


@pytest.mark.parametrize("name", SMALL)
def test_two_searches_at_once_find_what_every_combination_tried_finds(name: str) -> None:
    asked = instance(name, SAVING)
    found, plan = by_two_searches(asked, 0.0, 10)
    assert plan.broken() == []
    assert float(sum(plan.saved)) == pytest.approx(float(brute.most_saved(asked)), rel=1e-9)
    assert found.gap == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize("seed", [1, 2])
def test_both_forms_equal_another_formulation_on_another_solver(seed: int) -> None:
    for form in (COST, SAVING):
        asked = portfolio_made.problem(24, 5, seed, form)
        plan = optimal(asked, gap=1e-9, seconds=60).portfolio
        assert plan.broken() == []
        value = plan.present_cost if form == COST else sum(plan.saved)
        assert float(value) == pytest.approx(second_solver.best(asked), rel=1e-6)


def test_bound_of_two_searches_lies_beyond_the_best_plan_known() -> None:
    asked = portfolio_made.problem(60, 5, 3, SAVING)
    best = second_solver.best(asked)
    found, plan = by_two_searches(asked, 0.002, 20)
    assert found.gap <= 0.002
    assert -found.bound >= best - 1e-6
    assert best * 0.998 <= float(sum(plan.saved)) <= best + 1e-6


def test_time_that_is_over_leaves_the_best_plan_with_its_honest_gap() -> None:
    answer = optimal(portfolio_made.problem(300, 10, 1, SAVING), gap=0.0, seconds=1.5)
    assert answer.portfolio.broken() == []
    assert 0 < answer.gap < 1
    assert answer.seconds < 6


def test_target_that_no_plan_meets_is_proved_by_two_searches() -> None:
    asked = portfolio_made.problem(60, 5, 3, SAVING)
    asked = replace(asked, targets={4: sum(option.saving[4] for option in asked.options) - D(1)})
    found, plan = by_two_searches(asked, 0.001, 20)
    assert plan is None
    assert found.infeasible


def whole_tree(asked: Problem, useful: float, priced: bool) -> tuple[float, Tree]:
    """The best value that branching alone finds, and the tree afterwards."""
    made = programming(asked)
    relaxation = relaxed(made)
    prices = Prices(made, relaxation.duals, lambda: False) if priced else None
    tree = Tree(made, cuts_of(made, Shared(relaxation.value, 0.0), 10), prices)
    best = useful
    while tree.open:
        plan = tree.step(best)
        best = best if plan is None else plan.value
    return best, tree


@pytest.mark.parametrize("priced", [False, True])
@pytest.mark.parametrize("name", SMALL)
def test_branching_alone_finds_what_every_combination_tried_finds(name: str, priced: bool) -> None:
    asked = instance(name, SAVING)
    best, tree = whole_tree(asked, float("inf"), priced)
    assert -best == pytest.approx(float(brute.most_saved(asked)), rel=1e-7)
    assert tree.bound == float("inf")


def test_cutting_planes_and_branches_hold_for_the_best_plan() -> None:
    asked = portfolio_made.problem(60, 5, 3, SAVING)
    made = programming(asked)
    cuts = cuts_of(made, Shared(relaxed(made).value, 0.0), 10)
    best = second_solver.best(asked)
    with_cuts, without = (Relaxations(made, each).root() for each in (cuts, NONE))
    assert len(cuts.lower) > 0
    assert best - 1e-6 <= -with_cuts.value < -without.value
    for priced in (False, True):
        assert -whole_tree(asked, float("inf"), priced)[0] == pytest.approx(best, rel=1e-7)


def test_part_of_the_plans_that_holds_none_is_no_node() -> None:
    made = programming(portfolio_made.problem(60, 5, 3, SAVING))
    relaxations = Relaxations(made, NONE)
    root = relaxations.root()
    branch = root.branches[0]
    row = relaxations.rows[branch.option][0]
    nothing = np.zeros(relaxations.count, dtype=bool)
    assert relaxations.node(nothing, frozenset({row}), root.basis, root.value, float("inf")) is None
    assert relaxations.child(root, branch, True, root.value) is None
    pair = [relaxations.child(root, branch, begun, float("inf")) for begun in (False, True)]
    assert all(node.value >= root.value for node in pair if node is not None)
    assert all(branch not in node.branches for node in pair if node is not None)


class OneYearAtOnce(Finder):
    """A finder on a machine where two years take longer than their time."""

    def _searched(self, whole, lower, upper, part) -> bool:
        return np.unique(self.years[whole]).size == 1 and Finder._searched(self, whole, lower, upper, part)


class NoWayDown(Finder):
    """A finder whose ways down the tree end without a plan."""

    def _descend(self, relaxations, root, kernel) -> bool:
        return False


@pytest.mark.parametrize("kind", [Finder, OneYearAtOnce, NoWayDown])
def test_finder_alone_makes_a_plan_that_keeps_every_limit(kind: type[Finder]) -> None:
    made = programming(portfolio_made.problem(60, 5, 3, SAVING))
    relaxation = relaxed(made)
    shared = Shared(relaxation.value, 0.0)
    kind(made, relaxation, NONE, shared, time.perf_counter() + 2.0, 20.0).run()
    plan = portfolio_of(made, shared.values)
    assert plan.broken() == []
    assert float(sum(plan.saved)) == pytest.approx(-shared.value)
    assert shared.value <= relaxation.value * 0.95


class PoorWayDown(Finder):
    """A finder whose way down leaves nothing chosen, and which betters no plan."""

    def _end(self, opened) -> None:
        self.shared.offer(np.zeros(len(self.programme.cost)), 0.0)

    def _improve(self, distances) -> None:
        return


def test_poor_plan_at_the_end_of_a_way_is_followed_by_one_made_year_after_year() -> None:
    made = programming(portfolio_made.problem(60, 5, 3, SAVING))
    relaxation = relaxed(made)
    shared = Shared(relaxation.value, 0.0)
    PoorWayDown(made, relaxation, NONE, shared, time.perf_counter() + 5.0, 20.0).run()
    assert shared.value <= relaxation.value * 0.95


def test_finder_that_makes_no_plan_of_its_own_betters_the_other_search_s() -> None:
    # Year after year it takes "soon", which saves most, and halves of "late"; then the target is out of reach.
    asked = Problem(
        (
            *(_option(f"soon{each}", (9, 9, 1), 100) for each in (1, 2)),
            *(_option(f"last{each}", (1, 1, 4), 100) for each in (1, 2)),
            *(_option(f"late{each}", (0, 0, 3), 60, earliest=2) for each in (1, 2)),
            _option("free", (1, 1, 1), 0),
        ),
        2026,
        (D(100),) * 3,
        targets={2: D(11)},
        form=SAVING,
    )
    made = programming(asked)
    relaxation = relaxed(made)
    alone, helped = Shared(relaxation.value, 0.0), Shared(relaxation.value, 0.0)
    NoWayDown(made, relaxation, NONE, alone, time.perf_counter() + 0.5, 10.0).run()
    assert alone.values is None
    known = {("last1", 0), ("last2", 1), ("late1", 2)}
    values = np.array([float((start.option.key, start.year) in known) for start in made.starts])
    helped.offer(values, float(np.dot(made.cost, values)))
    NoWayDown(made, relaxation, NONE, helped, time.perf_counter() + 1.0, 10.0).run()
    assert portfolio_of(made, helped.values).starts == {"last1": 0, "last2": 1, "late1": 2, "free": 0}


def _option(key: str, saving: tuple[int, ...], capex: int, earliest: int = 0) -> Option:
    return Option(key, "f1", "led", tuple(D(tonnes) for tonnes in saving), D(capex), earliest=earliest)


def test_measured_choice_says_what_it_reached() -> None:
    row = portfolio.measured(30, 1, SAVING, seconds=5)
    assert row["gap"] <= 0.001
    missed = row | {"gap": 0.0011, "seed": 2}
    assert report_portfolio.line(row).endswith("| reached |")
    assert report_portfolio.line(missed).endswith("| missed |")
    (said,) = report_portfolio.counted([row, missed, row | {"gap": None, "seed": 3}])
    assert said.endswith("30 measures: 1 of 3 seeds reached it, not 2, 3; the widest gap was 0.110%.")

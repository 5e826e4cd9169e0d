from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import combinations

import numpy as np
import pytest

from benchmarks import portfolio_made
from kotsukotsu.planning import portfolio_join, portfolio_prices
from kotsukotsu.planning.portfolio_model import SAVING, Programme
from kotsukotsu.planning.portfolio_prices import Priced, Prices
from kotsukotsu.planning.portfolio_rows import Programming, programming
from kotsukotsu.planning.portfolio_solver import Floats, relaxed
from kotsukotsu.planning.portfolio_year import YearlyChoice
from tests.planning import second_solver

EVERYTHING = 12


def small_year(seed: int, programmes: tuple[Programme, ...] | None = None) -> tuple[Programming, Floats]:
    """A programme, one of its years, and worths by which some twelve of its starts are worth something."""
    asked = portfolio_made.problem(60, 5, seed, SAVING)
    made = programming(asked if programmes is None else replace(asked, programmes=programmes))
    drawn = np.random.default_rng(seed)
    columns = np.array([i for i, start in enumerate(made.starts) if start.year == 1])
    worths = np.zeros(len(made.starts))
    some = drawn.choice(columns, EVERYTHING, replace=False)
    prices = np.array([made.money(made.starts[i].option.price(1)) for i in some])
    worths[some] = prices * drawn.uniform(0.5, 1.5, EVERYTHING) + 1.0
    return made, worths


def paid(made: Programming, columns: list[int]) -> float:
    """What year 1 pays for these starts, each programme's share taken off."""
    options = [made.starts[i].option for i in columns]
    helped = sum(
        (
            min(each.limits[1], each.rate * sum((o.price(1) for o in options if o.programme == each.key), Decimal(0)))
            for each in made.problem.programmes
        ),
        Decimal(0),
    )
    return made.money(sum((option.price(1) for option in options), Decimal(0)) - helped)


def best_of_all(made: Programming, worths: Floats) -> float:
    some, budget = np.flatnonzero(worths).tolist(), made.money(made.problem.budgets[1])
    every = (subset for size in range(len(some) + 1) for subset in combinations(some, size))
    return max(float(worths[list(subset)].sum()) for subset in every if paid(made, list(subset)) <= budget)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_choice_of_a_year_is_what_every_combination_tried_finds(seed: int) -> None:
    made, worths = small_year(seed)
    best, found = best_of_all(made, worths), YearlyChoice(made, 1).best(worths)
    assert found.worth == pytest.approx(best, rel=2e-3)
    assert found.worth >= best * (1 - 1e-12)
    assert worths[found.columns].sum() == pytest.approx(found.worth)
    assert paid(made, found.columns.tolist()) <= made.money(made.problem.budgets[1]) * 1.001


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_choices_remembered_do_not_change_what_is_best(seed: int) -> None:
    made, worths = small_year(seed)
    choice, drawn = YearlyChoice(made, 1), np.random.default_rng(seed)
    for _ in range(5):
        choice.best(worths * drawn.uniform(0.5, 1.5, len(worths)))
    assert choice.best(worths).worth == pytest.approx(YearlyChoice(made, 1).best(worths).worth, rel=1e-3)
    assert choice.best(worths).worth >= best_of_all(made, worths) * (1 - 1e-12)


@pytest.mark.parametrize("share", [Decimal(0), Decimal("0.5"), Decimal(1)])
def test_programme_may_pay_nothing_a_part_or_all_of_a_measure(share: Decimal) -> None:
    limits = (Decimal(2000),) * 5
    made, worths = small_year(2, tuple(Programme(key, share, limits) for key in ("national", "regional")))
    found = YearlyChoice(made, 1).best(worths)
    assert found.worth == pytest.approx(best_of_all(made, worths), rel=2e-3)
    assert found.worth >= best_of_all(made, worths) * (1 - 1e-12)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_other_choices_of_a_year_are_told_that_can_be_paid_and_come_next(seed: int) -> None:
    made, worths = small_year(seed)
    found = YearlyChoice(made, 1).best(worths)
    told = [found.columns, *found.next]
    assert len({tuple(sorted(columns.tolist())) for columns in told}) == portfolio_join.NEXT + 1
    reached = [float(worths[columns].sum()) for columns in told]
    assert reached == sorted(reached, reverse=True)
    for columns in told:
        assert paid(made, columns.tolist()) <= made.money(made.problem.budgets[1]) * 1.001


def test_what_a_start_lacks_is_nothing_where_it_is_worth_more_than_the_year_pays() -> None:
    made, worths = small_year(1)
    choice = YearlyChoice(made, 1)
    columns, lost = choice.lost(worths)
    assert sorted(columns.tolist()) == [i for i, start in enumerate(made.starts) if start.year == 1]
    lacking = dict(zip(columns.tolist(), lost.tolist(), strict=True))
    assert min(lacking.values()) == 0.0
    prices = {i: made.money(made.starts[i].option.price(1)) for i in lacking}
    for column, lack in lacking.items():
        assert lack <= max(0.0, choice.rate * prices[column] - worths[column]) + 1e-9


def test_choice_of_a_year_with_too_many_ways_is_bounded_not_underestimated(monkeypatch: pytest.MonkeyPatch) -> None:
    made, worths = small_year(1)
    exact = YearlyChoice(made, 1).best(worths).worth
    monkeypatch.setattr(portfolio_join, "MANY", 0)
    bounded = YearlyChoice(made, 1).best(worths).worth
    assert exact <= bounded <= exact * 1.1


def test_year_without_money_chooses_what_costs_nothing() -> None:
    asked = portfolio_made.problem(60, 5, 1, SAVING)
    made = programming(replace(asked, budgets=(Decimal(0),) * 5, programmes=()))
    free = [i for i, start in enumerate(made.starts) if start.year == 1 and start.option.price(1) == 0]
    assert sorted(YearlyChoice(made, 1).best(np.ones(len(made.starts))).columns.tolist()) == free


def priced(made: Programming) -> tuple[Prices, Priced]:
    prices = Prices(made, relaxed(made).duals, lambda: False)
    return prices, prices.sought(np.ones(len(made.starts), dtype=bool), frozenset(), None, float("inf"))


def test_bound_by_yearly_choices_holds_and_is_nearer_than_the_relaxation() -> None:
    asked = portfolio_made.problem(60, 5, 3, SAVING)
    made, best = programming(asked), second_solver.best(asked)
    bound = priced(made)[1].bound
    assert best <= -bound + 1e-6
    assert -bound - best < 0.6 * (-relaxed(made).value - best)


def test_choices_given_up_do_not_change_what_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    made = programming(portfolio_made.problem(60, 5, 3, SAVING))
    prices, first = priced(made)
    monkeypatch.setattr(portfolio_prices, "CHOICES", 10)
    again = prices.sought(np.ones(len(made.starts), dtype=bool), frozenset(), first.prices, float("inf"))
    assert len(prices.used) < 10 + len(prices.years) * (portfolio_prices.TRIES_BELOW + 1)
    assert set(prices.choices.values()) == set(range(len(prices.used)))
    assert again.bound == pytest.approx(first.bound, rel=1e-3)


def test_search_for_prices_ends_as_soon_as_no_plan_is_useful() -> None:
    made = programming(portfolio_made.problem(60, 5, 3, SAVING))
    prices = Prices(made, relaxed(made).duals, lambda: False)
    every = np.ones(len(made.starts), dtype=bool)
    assert prices.sought(every, frozenset(), None, -1e12).bound >= -1e12
    assert prices.clock == 0


def test_bounds_and_shares_are_told_while_prices_are_sought() -> None:
    made = programming(portfolio_made.problem(60, 5, 3, SAVING))
    told: list[tuple[float, Floats]] = []
    prices = Prices(made, relaxed(made).duals, lambda: False, lambda bound, shares: told.append((bound, shares)))
    every = np.ones(len(made.starts), dtype=bool)
    found = prices.sought(every, frozenset(), None, float("inf"))
    bounds = [bound for bound, _ in told]
    assert len(bounds) == prices.clock > 1
    assert bounds == sorted(bounds)
    assert bounds[-1] == found.bound
    assert (told[-1][1] == found.shares).all()
    prices.sought(every, frozenset(), found.prices, float("inf"))
    assert len(told) == len(bounds)


def test_prices_begin_with_the_duals_that_bound_the_plans_nearer() -> None:
    made = programming(portfolio_made.problem(60, 5, 3, SAVING))
    duals = relaxed(made).duals
    good, poor = Prices(made, duals, lambda: False), Prices(made, 10 * duals, lambda: False)
    known = good.first
    good.begin(10 * duals)
    poor.begin(duals)
    assert (good.first == known).all()
    assert (poor.first == known).all()


def test_starts_in_the_yearly_choices_that_agree_best_lie_at_no_distance() -> None:
    made = programming(portfolio_made.problem(60, 5, 3, SAVING))
    prices, found = priced(made)
    distances = prices.distances(found.prices)
    assert distances.shape == (len(made.starts),)
    assert (distances[found.shares > 0] == 0).all()
    assert distances.max() > 0
    assert found.shares.sum() > 0
    assert found.shares.max() <= 1 + 1e-9


def test_estimate_of_a_part_without_the_shared_starts_promises_less() -> None:
    made = programming(portfolio_made.problem(60, 5, 3, SAVING))
    prices, found = priced(made)
    every = np.ones(len(made.starts), dtype=bool)
    whole = prices.estimated(every, frozenset(), found.prices)
    assert prices.estimated(every & (found.shares == 0), frozenset(), found.prices) > whole

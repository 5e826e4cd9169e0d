from __future__ import annotations

from decimal import Decimal

import pytest

from kotsukotsu.planning.cost import abatement_cost, curve, present_cost, wedges
from kotsukotsu.planning.portfolio import Portfolio
from tests.planning.instances import instance

D = Decimal


def test_present_cost_of_two_years_by_hand() -> None:
    # Works from the year after its start: 1000 - 110/1.1 - 110/1.21 = 1000 - 100 - 90.909…
    assert round(present_cost(D(1000), D(-110), 2, D("0.1"), 1), 6) == D("809.090909")
    # At once, such as a contract: 1000 - 110 - 110/1.1 = 1000 - 110 - 100.
    assert present_cost(D(1000), D(-110), 2, D("0.1"), 0) == D(790)


def test_present_cost_falls_with_what_the_measure_earns() -> None:
    assert present_cost(D(100), D(-20), 10, D("0.04"), 0) < present_cost(D(100), D(-10), 10, D("0.04"), 0)


def test_abatement_cost_of_nothing_saved_is_not_zero() -> None:
    assert abatement_cost(D(100), D(0)) is None
    assert abatement_cost(D(100), D(4)) == D(25)


def test_curve_goes_from_the_cheapest_tonne_to_the_dearest() -> None:
    steps = curve([("dear", D(2), D(500)), ("pays", D(1), D(-30)), ("cheap", D(4), D(20))])
    assert [(step.key, step.reach) for step in steps] == [("pays", D(1)), ("cheap", D(5)), ("dear", D(7))]


@pytest.mark.parametrize("year", range(6))
def test_wedges_add_up_to_the_savings_of_the_plan(year: int) -> None:
    problem = instance("60x6_11")
    plan = Portfolio(problem, {option.key: rank % 6 for rank, option in enumerate(problem.options)})
    assert sum(yearly[year] for yearly in wedges(plan).values()) == plan.saved[year]

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from kotsukotsu.planning.portfolio import optimal
from kotsukotsu.planning.refined import meets, refined
from kotsukotsu.planning.setting import problem_of
from tests.planning.test_scenarios import row, setting

D = Decimal
# 0.5 t without measures in FY2027. Either halves the 0.25 t of f1; carefully counted, the later one saves 0.0625 t.
PAIR = (row("a", value=D("0.5")), row("b", "operation", value=D("0.5"), cost_yen=D(5000)))


def test_measure_counted_too_carefully_is_found_on_the_second_look() -> None:
    asked = setting(*PAIR, target_fy=2027, target=D("0.4"))
    # "operation" stands after "led" in the library, so "b" is counted after "a": 0.0625 t, and "a" in full.
    swapped = setting(row("a", "operation", value=D("0.5")), row("b", cost_yen=D(5000), value=D("0.5")))
    swapped = replace(swapped, target_fy=2027, target=D("0.4"))
    assert optimal(problem_of(asked)).portfolio.starts.keys() == {"a"}
    assert optimal(problem_of(swapped)).portfolio is None
    found = refined(swapped)
    assert found.unmet is None
    assert found.outcome.portfolio.starts.keys() == {"a"}
    assert meets(swapped, found.outcome.portfolio)


def test_plan_whose_effects_in_order_fall_short_is_not_kept() -> None:
    beyond = setting(*PAIR, target_fy=2027, target=D("0.26"))
    found = refined(beyond)
    assert found.outcome.portfolio is None
    assert found.unmet.missed

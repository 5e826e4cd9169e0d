from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from math import sqrt

import pytest

from kotsukotsu.planning.chance import Expected, Split, assumptions, chance

D = Decimal
EXPECTED = Expected(
    Split(D(600), D(400)),
    {"use": Split(D(60), D(40)), "fuel": Split(D(-20), D(70)), "supply": Split(D(50), D(0))},
    D(800),
)
GRID = next(each for each in assumptions() if each.applies_to == "factor")
ONLY_GRID = (replace(GRID, low=D(0), mode=D(1), high=D(2)),)


def test_probability_of_a_known_triangle_is_found() -> None:
    # E = r x 100 <= 50 with r triangular on 0, 1, 2: P(r <= 0.5) = 0.5²/2 = 0.125.
    found = chance(Expected(Split(D(100), D(0)), {}, D(50)), seed=1, draws=40_000, taken=ONLY_GRID)
    assert abs(found.probability - 0.125) < 4 * found.standard_error


def test_standard_error_is_that_of_a_share() -> None:
    found = chance(EXPECTED, seed=1, draws=1000)
    assert found.standard_error == sqrt(found.probability * (1 - found.probability) / 1000)


def test_same_seed_gives_the_same_answer_and_another_seed_another() -> None:
    assert chance(EXPECTED, seed=1) == chance(EXPECTED, seed=1)
    assert chance(EXPECTED, seed=1).quantiles != chance(EXPECTED, seed=2).quantiles


def test_without_uncertainty_the_target_is_met_or_missed_for_sure() -> None:
    assert chance(EXPECTED, seed=1, taken=()).probability == 1.0
    assert chance(replace(EXPECTED, target=D(799)), seed=1, taken=()).probability == 0.0


def test_cleaner_supply_is_worth_less_with_a_cleaner_grid() -> None:
    half = tuple(replace(each, low=D("0.5"), mode=D("0.5"), high=D("0.5")) for each in ONLY_GRID)
    found = chance(Expected(Split(D(600), D(0)), {"supply": Split(D(100), D(0))}, D(0)), seed=1, taken=half)
    assert found.quantiles[0.5] == pytest.approx(250)


def test_range_out_of_order_is_refused() -> None:
    with pytest.raises(ValueError, match="left > mode"):
        chance(EXPECTED, seed=1, taken=(replace(assumptions()[0], low=D(3)),))


def test_a_saving_of_electricity_moves_with_its_factor_like_the_electricity_that_it_saves() -> None:
    # LED saves 20 of 100 t: E = r x (100 - 20) <= 40 where r <= 0.5; with r triangular on 0, 1, 2 P = 0.5²/2 = 0.125.
    led = Expected(Split(D(100), D(0)), {"use": Split(D(20), D(0))}, D(40))
    # A heat pump takes away 50 t of fuel for 20 t of electricity: E = r x (100 + 20) <= 60 where r <= 0.5 too.
    pump = Expected(Split(D(100), D(50)), {"fuel": Split(D(-20), D(50))}, D(60))
    for expected in (led, pump):
        found = chance(expected, seed=2, draws=40_000, taken=ONLY_GRID)
        assert abs(found.probability - 0.125) < 4 * found.standard_error

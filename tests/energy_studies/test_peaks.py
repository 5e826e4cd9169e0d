"""The lowest maximum that a store can hold, by hand and against the linear programme."""

from __future__ import annotations

import numpy as np
import pytest

from kotsukotsu.energy.dispatch.model import Battery, Contract, Grid, Meter, System
from kotsukotsu.energy.dispatch.solve import optimal
from kotsukotsu.energy.peaks import Store, cap, needed, reached

PLAIN = Store(100.0, 50.0, 50.0, 1.0, 0.5)


def test_what_is_needed_is_what_lies_above_the_cap_less_what_is_filled_before() -> None:
    way = np.array([[10.0, 30.0, 10.0, 40.0]])
    assert needed(way, 20.0, PLAIN)[0].tolist() == [5.0, 10.0, 5.0, 10.0, 0.0]


@pytest.mark.parametrize(
    ("content", "tried", "most"), [(0.0, 20.0, 40.0), (1000.0, 20.0, 20.0), (5.0, 30.0, 30.0), (5.0, 25.0, 30.0)]
)
def test_a_cap_that_is_too_low_is_passed_when_the_store_is_empty(content: float, tried: float, most: float) -> None:
    store = Store(1000.0, 0.0, 50.0, 1.0, 0.5)
    assert reached(np.array([[20.0, 40.0, 20.0]]), content, np.array([tried]), store)[0, 0] == pytest.approx(most)


def test_a_store_is_spent_where_it_lowers_the_maximum_and_not_on_the_first_hours_above_a_low_cap() -> None:
    """40 kWh: enough to hold 140 kW over eight half-hours of 150 kW, not enough for 130 kW, which ends at 150 kW."""
    way, store = np.full((1, 8), 150.0), Store(40.0, 0.0, 50.0, 1.0, 0.5)
    assert reached(way, 40.0, np.array([130.0, 140.0]), store)[0].tolist() == [150.0, 140.0]
    assert cap(way, 40.0, 0.0, store, 0.25) == pytest.approx(140.0, abs=150 / 24)
    assert cap(way, 40.0, 0.0, store, 0.25) >= 140.0


def test_a_cap_is_never_below_the_maximum_incurred_nor_below_what_the_power_can_hold() -> None:
    way = np.array([[10.0, 200.0]])
    assert cap(way, 1000.0, 160.0, PLAIN, 0.5) == pytest.approx(160.0)
    assert cap(way, 1000.0, 0.0, PLAIN, 0.5) >= 150.0
    assert cap(np.array([[10.0, 20.0]]), 1000.0, 160.0, PLAIN, 0.5) == 160.0


def test_a_cap_is_that_of_the_linear_programme_but_for_the_steps_that_are_tried() -> None:
    """Two pieces of code: the course under each cap, and the programme whose only price is that of a kW."""
    chance = np.random.default_rng(3)
    for _ in range(10):
        way = chance.uniform(50, 200, 48)
        none, store = np.zeros(48), Store(120.0, 40.0, 40.0, 0.95, 0.5)
        battery = Battery("b", 120.0, 40.0, 0.95, wear=1e-3, start=60.0)
        grid = Grid(none + 1e-4, None, none, Contract(1.0, np.zeros(48, np.int64), memory=1))
        best = float(optimal(System((Meter("m", way, grid, (battery,)),))).flow("m/buy").max())
        found = cap(way[np.newaxis], 60.0, 0.0, store, 0.5)
        assert best - 1e-6 <= found <= best + 200 / 24 + 1e-6

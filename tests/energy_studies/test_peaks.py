"""The lowest maximum that a store can hold, by hand and against the linear programme."""

from __future__ import annotations

import numpy as np
import pytest

from kotsukotsu.energy.dispatch.model import Battery, Contract, Grid, Meter, System
from kotsukotsu.energy.dispatch.solve import optimal
from kotsukotsu.energy.peaks import Store, caps, needed

PLAIN = Store(100.0, 50.0, 50.0, 1.0, 0.5)


def test_what_is_needed_is_what_lies_above_the_cap_less_what_is_filled_before() -> None:
    way = np.array([[10.0, 30.0, 10.0, 40.0]])
    assert needed(way, 20.0, PLAIN)[0].tolist() == [5.0, 10.0, 5.0, 10.0, 0.0]


@pytest.mark.parametrize(("content", "cap"), [(0.0, 40.0), (5.0, 30.0), (1000.0, 0.0)])
def test_the_more_is_stored_the_lower_the_cap(content: float, cap: float) -> None:
    found = caps(np.array([[20.0, 40.0, 20.0]]), content, 0.0, Store(1000.0, 0.0, 50.0, 1.0, 0.5))
    assert found[0] == pytest.approx(cap, abs=3.0)
    assert found[0] >= cap - 1e-9


def test_a_cap_is_never_below_the_floor_nor_below_what_the_power_can_hold() -> None:
    way = np.array([[10.0, 200.0]])
    assert caps(way, 1000.0, 160.0, PLAIN)[0] == pytest.approx(160.0)
    assert caps(way, 1000.0, 0.0, PLAIN)[0] >= 150.0


def test_a_cap_is_that_of_the_linear_programme_but_for_the_steps_that_are_tried() -> None:
    """Two pieces of code: the recursion of the cap, and the programme whose only price is that of a kW."""
    chance = np.random.default_rng(3)
    for _ in range(10):
        way = chance.uniform(50, 200, 48)
        none, store = np.zeros(48), Store(120.0, 40.0, 40.0, 0.95, 0.5)
        battery = Battery("b", 120.0, 40.0, 0.95, wear=1e-3, start=60.0)
        grid = Grid(none + 1e-4, None, none, Contract(1.0, np.zeros(48, np.int64), memory=1))
        best = float(optimal(System((Meter("m", way, grid, (battery,)),))).flow("m/buy").max())
        found = float(caps(way[np.newaxis], 60.0, 0.0, store)[0])
        assert best - 1e-6 <= found <= best + 40 / 12

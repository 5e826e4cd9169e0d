from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kotsukotsu.energy.refusals import StudyError
from kotsukotsu.energy.survival import Critical, Supply, affordable, hours_alive, survival

NONE = np.zeros(96)


def supply(kwh: float = 10.0, kw: float = 5.0, **other) -> Supply:
    return Supply(other.pop("sun", NONE), kwh, kw, 1.0, np.full(96, kwh), **other)


def one_by_one(critical: np.ndarray, island: Supply, hours: float) -> list[float]:
    """The same, one start after the other, as one would with a pencil."""
    found, count = [], len(critical)
    for start in range(count):
        content, step = min(island.content[start], island.kwh), 0
        while step < hours * 2:
            net = (critical - island.sun)[(start + step) % count] / 2
            if net > 0:
                given = min(net, island.kw / 2, content * island.efficiency)
                if net - given > 1e-6:
                    break
                content -= given / island.efficiency
            else:
                content = min(island.kwh, content + min(-net, island.kw / 2) * island.efficiency)
            step += 1
        found.append(step / 2)
    return found


def test_ten_kilowatt_hours_carry_one_kilowatt_for_ten_hours() -> None:
    assert (hours_alive(np.ones(96), supply()) == 10.0).all()


def test_a_load_above_the_inverter_fails_at_once() -> None:
    assert (hours_alive(np.full(96, 6.0), supply()) == 0.0).all()


def test_a_size_that_a_file_tells_to_six_places_lives_as_long_as_the_exact_one() -> None:
    """5 kW for 7.5 hours from half of a battery: 75 / 0.95 kWh."""
    kept = [Supply(np.zeros(96), kwh, 12.0, 0.95, np.full(96, kwh / 2)) for kwh in (75 / 0.95, 78.947368, 78.9)]
    assert [hours_alive(np.full(96, 5.0), one)[0] for one in kept] == [7.5, 7.5, 7.0]


def test_cars_and_fuel_cell_add_their_energy() -> None:
    cars = supply(cars_kwh=np.full(96, 4.0), cars_kw=np.full(96, 3.0))
    assert hours_alive(np.ones(96), cars)[0] == 14.0
    assert hours_alive(np.full(96, 2.0), supply(steady_kw=1.0, fuel_kwh=100.0))[0] == 10.0


def test_sun_every_day_carries_for_ever() -> None:
    sun = np.where(np.arange(96) % 48 < 24, 4.0, 0.0)
    found = survival(np.ones(96), supply(kwh=20.0, sun=sun))
    assert found.p10 == found.p50 == 168.0
    assert found.share(72) == 1.0


@given(
    st.lists(st.floats(0, 8), min_size=48, max_size=48), st.lists(st.floats(0, 10), min_size=48, max_size=48),
    st.floats(0, 30), st.floats(0.5, 8), st.floats(0.7, 1.0),
)  # fmt: skip
@settings(max_examples=40, deadline=None)
def test_all_starts_together_equal_one_after_the_other(
    load: list[float], sun: list[float], kwh: float, kw: float, efficiency: float
) -> None:
    island = Supply(np.array(sun), kwh, kw, efficiency, np.full(48, kwh / 2))
    assert hours_alive(np.array(load), island, hours=48).tolist() == one_by_one(np.array(load), island, 48)


def test_more_battery_never_lives_shorter() -> None:
    chance = np.random.default_rng(4)
    load, sun = chance.uniform(0, 4, 96), chance.uniform(0, 4, 96)
    less, more = supply(5.0, sun=sun), supply(9.0, sun=sun)
    assert (hours_alive(load, more) >= hours_alive(load, less)).all()


def test_the_list_for_72_hours_stops_at_the_load_that_is_too_much() -> None:
    loads = [
        Critical(name, rank, np.full(96, kw))
        for name, rank, kw in (("防災", 1, 0.1), ("照明", 2, 0.1), ("空調", 3, 3.0))
    ]
    kept = affordable(loads, supply(kwh=15.0), hours=72)
    assert [load.name for load in kept] == ["防災", "照明"]


def test_a_list_that_even_the_first_load_breaks_is_empty() -> None:
    assert affordable([Critical("空調", 1, np.full(96, 9.0))], supply(), hours=72) == []


def test_values_that_are_no_numbers_are_refused() -> None:
    with pytest.raises(StudyError):
        hours_alive(np.full(96, np.nan), supply())
    with pytest.raises(StudyError):
        hours_alive(np.ones(96), replace(supply(), sun=np.ones(95)))

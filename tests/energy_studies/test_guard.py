from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kotsukotsu.energy.guard import (
    BATTERY,
    CARS,
    ORDER,
    UNIT,
    URGENT,
    V2X,
    Means,
    actions,
    allowed,
    expected,
)


def test_the_mean_of_the_half_hour_is_expected_from_the_minutes_that_are_over() -> None:
    # 10 minutes at 60 kW are 10 kWh; 60 kW for 20 more make 30 kWh, a mean of 60 kW
    assert expected(10.0, 10.0, 60.0) == pytest.approx(60.0)
    assert expected(10.0, 10.0, 30.0) == pytest.approx(40.0)


def test_what_may_still_be_drawn_falls_as_time_runs() -> None:
    # limit 50 kW: 25 kWh; 20 kWh are gone after 20 minutes, 5 kWh in 10 minutes are 30 kW
    assert allowed(20.0, 20.0, 50.0) == pytest.approx(30.0)


def test_cars_wait_first_then_the_unit_then_the_battery_gives_then_the_cars() -> None:
    means = Means(cars=10.0, unit=5.0, battery=20.0, v2x=8.0)
    assert actions(0.0, 0.0, 108.0, 100.0, means) == {CARS: 8.0}
    assert actions(0.0, 0.0, 112.0, 100.0, means) == {CARS: 10.0, UNIT: 2.0}
    assert actions(0.0, 0.0, 140.0, 100.0, means) == {CARS: 10.0, UNIT: 5.0, BATTERY: 20.0, V2X: 5.0}


def test_charging_that_cannot_wait_is_let_go_of_last() -> None:
    means = Means(cars=10.0, battery=20.0, v2x=8.0, urgent=6.0)
    assert URGENT not in actions(0.0, 0.0, 138.0, 100.0, means)
    assert actions(0.0, 0.0, 142.0, 100.0, means) == {CARS: 10.0, BATTERY: 20.0, V2X: 8.0, URGENT: 4.0}


def test_below_the_limit_nothing_is_touched() -> None:
    assert actions(10.0, 10.0, 60.0, 60.0, Means(5.0, 5.0, 5.0, 5.0)) == {}


parts = st.floats(0, 50)


@given(
    st.floats(0, 60),
    st.floats(0, 29),
    st.floats(0, 300),
    st.floats(10, 200),
    st.builds(Means, parts, parts, parts, parts),
)
def test_nothing_gives_more_than_it_has_and_the_limit_is_kept_where_it_can_be(
    kwh: float, elapsed: float, kw: float, limit: float, means: Means
) -> None:
    done = actions(kwh, elapsed, kw, limit, means)
    assert all(0 < given <= getattr(means, name) for name, given in done.items())
    if sum(done.values()) < sum(getattr(means, name) for name in ORDER) - 1e-6:
        assert expected(kwh, elapsed, kw - sum(done.values())) <= limit + 1e-6

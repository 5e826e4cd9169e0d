"""A running half-hour: orders from the plan, the guard inside it, and what is kept of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest

from kotsukotsu.energy.control import Controller, Rule
from kotsukotsu.energy.dispatch.model import Battery, Contract, Grid, Meter, System
from kotsukotsu.energy.operate import AHEAD_DAYS, Now, Store, outlooks, step
from kotsukotsu.energy.rolling import equipment
from kotsukotsu.energy.slots import PER_DAY
from kotsukotsu.periods import JST
from kotsukotsu.sessions import energy_operations

SLOTS = AHEAD_DAYS * PER_DAY
BATTERY = Store("b", is_car=False, kwh=100.0, content=60.0, least=10.0, charge_kw=50.0, discharge_kw=50.0, power=0.0,
                efficiency=1.0)  # fmt: skip
CAR = replace(BATTERY, device_id="c", is_car=True, kwh=40.0, content=30.0, least=20.0, charge_kw=6.0, discharge_kw=6.0)
NOON = datetime(2026, 5, 1, 12, 0, tzinfo=JST)


def controller(load: float = 100.0) -> Controller:
    """A flat load, no sun, the same price at any time."""
    history, none, days = np.full(70 * PER_DAY, load), np.zeros(70 * PER_DAY), np.zeros(70, np.int64)
    known = outlooks(history, none, days, np.zeros(AHEAD_DAYS, np.int64))
    grid = Grid(np.full(SLOTS, 20.0), np.full(SLOTS, 7.0), np.zeros(SLOTS),
                Contract(24_000.0, np.zeros(SLOTS, np.int64), memory=1))  # fmt: skip
    system = System((Meter("m", np.zeros(SLOTS), grid, (Battery("battery", 100.0, 50.0, 1.0, 0.1),)),))
    return Controller(equipment(system), *known, Rule())


def now(bought: float | None, *stores: Store, elapsed: float = 10.0, kwh: float = 0.0, incurred: float = 120.0) -> Now:
    flat = np.full(PER_DAY, 100.0)
    return Now(24, elapsed, bought, kwh, stores, flat, np.zeros(PER_DAY), incurred)


def test_cars_wait_before_the_battery_gives_and_the_battery_before_the_cars() -> None:
    # 120 kW until minute 10: 20 kWh; 40 kWh are left for 20 minutes, which is again 120 kW
    for rest, battery, car in ((112, 0, 6), (117, 0, 3), (140, -20, 0), (173, -50, -3)):
        done = step(controller(), now(rest, replace(BATTERY, content=100.0), CAR, kwh=20.0))
        assert (done.orders["b"], done.orders["c"]) == pytest.approx((battery, car))
        assert done.mean <= 120 + 1e-6


def test_what_nobody_can_hold_is_told() -> None:
    done = step(controller(), now(500.0, BATTERY, CAR, kwh=20.0))
    assert done.over == pytest.approx((500 - 50 - 6 - 120) * 2 * 20 / 60)


def test_the_power_of_the_stores_themselves_is_not_taken_for_load() -> None:
    charging = replace(BATTERY, power=40.0)
    one, other = step(controller(), now(140.0, charging)), step(controller(), now(100.0, BATTERY))
    assert one.orders == pytest.approx(other.orders)
    assert one.mean == pytest.approx(other.mean)


def test_surplus_is_stored_and_nothing_stored_is_sold() -> None:
    done = step(controller(), now(-30.0, BATTERY))
    assert done.orders["b"] >= 30 - 1e-6
    done = step(controller(), now(-30.0, replace(BATTERY, content=100.0)))
    assert done.orders["b"] == 0


def test_the_reserve_stays_in_battery_and_car() -> None:
    empty = (replace(BATTERY, content=10.0), replace(CAR, content=20.0))
    done = step(controller(), now(500.0, *empty))
    assert done.orders == {"b": 0.0, "c": 0.0}


def test_several_batteries_share_by_what_each_can() -> None:
    low = replace(BATTERY, device_id="low", content=10 + 50 / 3 / 10)
    done = step(controller(), now(500.0, BATTERY, low))
    assert done.orders["b"] == pytest.approx(-50)
    assert done.orders["low"] == pytest.approx(-5)


def test_without_a_reading_of_the_purchase_the_plan_stands() -> None:
    done = step(controller(), now(None, BATTERY))
    assert done.mean <= done.limit + 1e-6


def row(minutes: float, bought: str, load: str | None = None) -> dict[str, object]:
    at = NOON + timedelta(minutes=minutes)
    return energy_operations.line(at, bought_kw=Decimal(bought), load_kw=None if load is None else Decimal(load))


def test_what_was_bought_is_counted_from_the_start_of_the_half_hour() -> None:
    rows = [row(-5, "999"), row(5, "60"), row(10, "120")]
    # 60 kW for 5 minutes, 120 for 5, 240 for 10
    assert energy_operations.so_far(rows, NOON + timedelta(minutes=20), 240.0) == pytest.approx(5 + 10 + 40)
    assert energy_operations.so_far([], NOON + timedelta(minutes=15), 100.0) == pytest.approx(25)


def test_a_maximum_counts_only_if_the_half_hour_was_read_through() -> None:
    later = NOON + timedelta(minutes=40)
    through = [row(minute, "100") for minute in (5, 15, 25)]
    assert energy_operations.incurred(through, later) == pytest.approx(100)
    assert energy_operations.incurred(through, NOON + timedelta(minutes=29)) == 0, "it is not over"
    assert energy_operations.incurred([row(5, "900"), row(25, "900")], later) == 0
    assert energy_operations.incurred([row(5, "900")], later) == 0


def test_means_of_the_day_are_of_half_hours_that_are_over() -> None:
    rows = [row(5, "90", "100"), row(20, "90", "110"), row(35, "90", "500")]
    load = energy_operations.today(rows, NOON + timedelta(minutes=40))["load_kw"]
    assert load[24] == pytest.approx(105)
    assert np.isnan(np.delete(load, 24)).all()


def test_a_step_is_kept_once_in_its_month_and_a_year_is_remembered(tmp_path: Path) -> None:
    energy_operations.keep(tmp_path, [row(5, "90")])
    energy_operations.keep(tmp_path, [row(5, "91")])
    energy_operations.keep(tmp_path, [row(10, "92")])
    kept = energy_operations.rows(tmp_path, NOON + timedelta(days=300))
    assert [one["bought_kw"] for one in kept] == [91, 92]
    assert energy_operations.rows(tmp_path, NOON + timedelta(days=370)) == []
    assert [path.name for path in (tmp_path / "operations").iterdir()] == ["2026-05.csv"]


def test_a_day_is_foreseen_from_the_days_before_it_of_its_kind() -> None:
    load = np.repeat(np.arange(70.0), PER_DAY)
    free = (np.arange(70) % 7 >= 5).astype(np.int64)
    known, _ = outlooks(load, np.zeros(70 * PER_DAY), free, np.array([1, 0, 0]))
    assert set(known.expected[:, 0]) <= set(np.flatnonzero(free[:-2])[-14:].astype(float))

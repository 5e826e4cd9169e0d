from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kotsukotsu.energy.dispatch.model import Grid, Meter, System
from kotsukotsu.energy.dispatch.solve import optimal
from kotsukotsu.energy.ev.bookings import CITIZEN, STAFF, Booking, Car, synthetic
from kotsukotsu.energy.ev.fleet import cars_needed, delivered, fleets, in_disaster, shared, together
from kotsukotsu.energy.refusals import StudyError
from kotsukotsu.energy.slots import year
from kotsukotsu.energy.survival import Supply, hours_alive

CAR = Car()
DAY = 48


def trip(name: str, out: int, back: int, km: float = 20.0) -> Booking:
    return Booking(name, STAFF, out, back, km)


def test_two_trips_at_once_need_two_cars_and_one_after_the_other_needs_one() -> None:
    assert cars_needed([trip("a", 10, 20), trip("b", 15, 25)], CAR) == 2
    assert cars_needed([trip("a", 10, 20), trip("b", 30, 35)], CAR) == 1


def test_a_car_that_must_refill_is_not_ready_at_once() -> None:
    # 100 km take 15 kWh: 15 / (6 x 0.95 x 0.5) are 6 half-hours
    assert CAR.refill(100.0) == 6
    assert cars_needed([trip("a", 10, 20, 100.0), trip("b", 22, 25)], CAR) == 2


booked = st.lists(
    st.builds(
        lambda out, long, km: trip("x", out, out + long, km), st.integers(0, 80), st.integers(1, 15), st.floats(1, 150)
    ),
    min_size=1, max_size=25,
)  # fmt: skip


@given(booked)
@settings(max_examples=60, deadline=None)
def test_with_as_many_cars_as_needed_nobody_is_refused_and_with_one_fewer_somebody_is(bookings: list[Booking]) -> None:
    needed = cars_needed(bookings, CAR)
    assert shared(bookings, needed, CAR).refused == ()
    assert shared(bookings, needed - 1, CAR).refused != ()


@given(booked, st.integers(0, 5))
@settings(max_examples=60, deadline=None)
def test_every_booking_is_taken_once_or_refused(bookings: list[Booking], cars: int) -> None:
    found = shared(bookings, cars, CAR)
    assert sum(map(len, found.taken)) + len(found.refused) == len(bookings)
    fleet = together(found, CAR, 100)
    assert fleet.plugged.min() >= 0


def test_staff_drive_on_working_days_and_citizens_at_other_times() -> None:
    calendar = year(2024)
    bookings = synthetic(calendar, staff=5, citizens=2)
    for one in bookings:
        works = not calendar.holiday[one.out] and calendar.weekday[one.out] < 5
        assert (one.who == STAFF and works) or (one.who == CITIZEN and (not works or calendar.koma[one.out] > 34))
    assert {one.who for one in bookings} == {STAFF, CITIZEN}


def test_bookings_that_fit_are_delivered_in_full_and_the_rest_is_said() -> None:
    found = shared([trip("a", 20, 30, 60.0), trip("b", 22, 30, 60.0)], 1, CAR)
    cars = fleets(found, CAR, DAY)
    grid = Grid(np.full(DAY, 20.0), None, np.zeros(DAY))
    plan = optimal(System((Meter("m", np.ones(DAY), grid, cars),)))
    told = delivered(plan, "m", cars, found)
    assert (told.share, told.trips, told.refused) == (1.0, 1, 1)


def test_charging_waits_for_the_cheap_hours() -> None:
    price = np.where(np.arange(DAY) < 12, 10.0, 30.0)
    cars = fleets(shared([trip("a", 20, 30, 60.0)], 1, Car(discharge_kw=0.0)), CAR, DAY)
    plan = optimal(System((Meter("m", np.zeros(DAY), Grid(price, None, np.zeros(DAY)), cars),)))
    assert plan.flow("m/car-1/charge")[12:].max() == 0.0


def test_parked_cars_lengthen_an_outage_by_what_is_in_them() -> None:
    island = Supply(np.zeros(DAY), 10.0, 5.0, 1.0, np.full(DAY, 10.0))
    fleet = together(shared([trip("a", 20, 30)], 2, CAR), CAR, DAY)
    both = in_disaster(island, [(fleet, np.full(DAY, 48.0) / 2 * fleet.plugged)])
    found = hours_alive(np.ones(DAY), both, hours=100)
    # two cars of 24 kWh, 8 of them never given, at 95 %: 30.4 kWh; one car while the other is away
    assert found[0] == 40.0
    assert found[25] == 25.0


def test_a_booking_that_comes_back_before_it_leaves_is_refused() -> None:
    with pytest.raises(StudyError, match="ED-08"):
        together(shared([trip("x", 20, 10)], 1, CAR), CAR, DAY)

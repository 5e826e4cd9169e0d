"""Which car takes which booking, how many cars are needed, and the fleet as a programme sees it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from kotsukotsu.energy.dispatch.model import Fleet, Floats
from kotsukotsu.energy.dispatch.solve import Plan
from kotsukotsu.energy.ev.bookings import Booking, Car, check
from kotsukotsu.energy.survival import Supply


@dataclass(frozen=True, slots=True)
class Shared:
    """Bookings by car, and those that no car could take."""

    taken: tuple[tuple[Booking, ...], ...]
    refused: tuple[Booking, ...]


@dataclass(frozen=True, slots=True)
class Delivered:
    """What the bookings got.

    Attributes
    ----------
    needed, short : float
        Energy at departure that was asked for, and what of it was not in the cars. [kWh]
    trips, refused : int
    """

    needed: float
    short: float
    trips: int
    refused: int

    @property
    def share(self) -> float | None:
        """Energy delivered of booked; None where nothing was booked. [1]"""
        return 1 - self.short / self.needed if self.needed else None


def shared(bookings: Sequence[Booking], cars: int, car: Car) -> Shared:
    """Each booking to the car that has been at the plug longest; refused if none is back and refilled."""
    taken: list[list[Booking]] = [[] for _ in range(cars)]
    ready = [-1] * cars
    refused = []
    for one in sorted(bookings, key=lambda booking: (booking.out, booking.back, booking.name)):
        number = min(range(cars), key=lambda index: ready[index], default=None)
        if number is None or ready[number] > one.out:
            refused.append(one)
        else:
            taken[number].append(one)
            ready[number] = one.back + car.refill(one.km)
    return Shared(tuple(map(tuple, taken)), tuple(refused))


def cars_needed(bookings: Sequence[Booking], car: Car) -> int:
    """The fewest cars with which no booking is refused: the most that are away or refilling at once."""
    changes = [(one.out, 1) for one in bookings] + [(one.back + car.refill(one.km), -1) for one in bookings]
    most = now = 0
    for _, change in sorted(changes):  # at the same time cars become ready before others leave
        now += change
        most = max(most, now)
    return most


def fleets(found: Shared, car: Car, slots: int) -> tuple[Fleet, ...]:
    """Every car as a store of its own, which knows its own bookings."""
    return tuple(_fleet(f"car-{number + 1}", [trips], car, slots) for number, trips in enumerate(found.taken))


def together(found: Shared, car: Car, slots: int, name: str = "cars") -> Fleet:
    """All cars as one store: quicker, and a little too hopeful, since it moves energy from car to car."""
    return _fleet(name, found.taken, car, slots)


def _fleet(name: str, cars: Sequence[Sequence[Booking]], car: Car, slots: int) -> Fleet:
    plugged, leaving, returning = np.full(slots, float(len(cars))), np.zeros(slots), np.zeros(slots)
    kept = car.least * car.kwh
    for trips in cars:
        check(trips, slots)
        for one in trips:
            plugged[one.out : one.back] -= 1
            leaving[one.out] += kept + car.need(one.km)
            if one.back < slots:
                returning[one.back] += kept
    return Fleet(name, plugged, leaving, returning, car.kwh, car.charge_kw, car.discharge_kw, car.efficiency, car.least)


def delivered(plan: Plan, meter: str, cars: Sequence[Fleet], found: Shared) -> Delivered:
    """Energy at departure of what was booked, trips and refusals."""
    needed = sum(float(fleet.leaving.sum()) for fleet in cars)
    short = sum(float(plan.flow(f"{meter}/{fleet.name}/short").sum()) for fleet in cars)
    return Delivered(needed, short, sum(map(len, found.taken)), len(found.refused))


def in_disaster(supply: Supply, cars: Sequence[tuple[Fleet, Floats]]) -> Supply:
    """The island with the cars that are at the plug when the grid fails and stay there.

    Parameters
    ----------
    cars : sequence of (fleet, content)
        Content at each half-hour, of a plan. [kWh]
    """
    kwh, kw = np.zeros(len(supply.sun)), np.zeros(len(supply.sun))
    for fleet, content in cars:
        kwh = kwh + np.maximum(content - fleet.least * fleet.kwh * fleet.plugged, 0) * fleet.efficiency
        kw = kw + fleet.discharge_kw * fleet.plugged
    return Supply(supply.sun, supply.kwh, supply.kw, supply.efficiency, supply.content, kwh, kw,
                  supply.steady_kw, supply.fuel_kwh)  # fmt: skip

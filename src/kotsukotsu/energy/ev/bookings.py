"""Bookings of shared cars: staff by day, citizens in the evening and at weekends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from kotsukotsu.energy.refusals import StudyError
from kotsukotsu.energy.slots import PER_DAY, Calendar

STAFF, CITIZEN = "staff", "citizen"


@dataclass(frozen=True, slots=True)
class Booking:
    """A trip.

    Parameters
    ----------
    out, back : int
        Half-hour at whose start the car leaves, and at whose start it is back.
    km : float
        How far it goes.
    """

    name: str
    who: str
    out: int
    back: int
    km: float


@dataclass(frozen=True, slots=True)
class Car:
    """The kind of car that is shared.

    Parameters
    ----------
    kwh, charge_kw, discharge_kw : float
        Battery, charger, and what it gives back to the building.
    kwh_per_km : float
        With heating and cooling.
    least : float
        Share of the battery that is never driven nor given. [1]
    """

    kwh: float = 40.0
    charge_kw: float = 6.0
    discharge_kw: float = 6.0
    kwh_per_km: float = 0.15
    least: float = 0.2
    efficiency: float = 0.95

    def need(self, km: float) -> float:
        """Energy for a trip; a longer one than the battery allows is charged on the way. [kWh]"""
        return min(km * self.kwh_per_km, (1 - self.least) * self.kwh)

    def on_the_way(self, km: float) -> float:
        """What of a trip's energy the battery does not hold. [kWh]"""
        return km * self.kwh_per_km - self.need(km)

    @property
    def reach(self) -> float:
        """How far it goes without being charged on the way. [km]"""
        return (1 - self.least) * self.kwh / self.kwh_per_km

    def refill(self, km: float) -> int:
        """Half-hours at the plug until what a trip took is back."""
        return int(np.ceil(self.need(km) / (self.charge_kw * self.efficiency * 0.5) - 1e-9))


def check(bookings: Sequence[Booking], slots: int) -> None:
    """Refuse a booking that comes back before it leaves, or lies outside of the period."""
    for one in bookings:
        if not 0 <= one.out < one.back <= slots:
            raise StudyError("ED-08", name=one.name, start=one.out, end=one.back, slots=slots)


def synthetic(calendar: Calendar, staff: float, citizens: float, seed: int = 1) -> list[Booking]:
    """Made-up bookings: so many a day on average by staff on working days and by citizens at other times."""
    chance = np.random.default_rng(seed)
    found: list[Booking] = []
    days = int(calendar.day[-1]) + 1
    for day in range(days):
        first = day * PER_DAY
        works = not calendar.holiday[first] and calendar.weekday[first] < 5
        if works:
            found += _trips(chance, first, STAFF, staff, (17, 30), (2, 12), 30.0)
            found += _trips(chance, first, CITIZEN, citizens, (36, 42), (2, 6), 25.0)
        else:
            found += _trips(chance, first, CITIZEN, citizens * 2, (18, 36), (4, 12), 60.0)
    return [one for one in found if one.back <= len(calendar)]


def _trips(
    chance: np.random.Generator, first: int, who: str, mean: float, outs: tuple[int, int], slots: tuple[int, int],
    km: float,
) -> list[Booking]:  # fmt: skip
    found = []
    for number in range(int(chance.poisson(mean))):
        out = first + int(chance.integers(*outs))
        length = int(chance.integers(*slots))
        found.append(Booking(f"{who}-{first // PER_DAY + 1}-{number + 1}", who, out, out + length,
                             round(float(chance.gamma(2, km / 2)), 1)))  # fmt: skip
    return found

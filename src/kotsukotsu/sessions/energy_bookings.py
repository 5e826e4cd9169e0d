"""The bookings of a site's shared cars: ``bookings.csv``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

import numpy as np

from kotsukotsu import texts
from kotsukotsu.energy.dispatch.model import Fleet
from kotsukotsu.energy.errors import EnergyError
from kotsukotsu.energy.ev.bookings import Booking, Car
from kotsukotsu.energy.joined import twice
from kotsukotsu.energy.operate import Store
from kotsukotsu.energy.slots import MINUTES, Calendar
from kotsukotsu.findings import Finding
from kotsukotsu.periods import JST
from kotsukotsu.schema import Row

FILE = "bookings.csv"
SLOT = timedelta(minutes=MINUTES)


@dataclass(frozen=True, slots=True)
class Trip:
    """A booking of one car."""

    booking_id: str
    device_id: str
    who: str
    out: datetime
    back: datetime
    km: float


def trips(rows: Sequence[Row], cars: Sequence[str]) -> tuple[tuple[Trip, ...], tuple[Trip, ...]]:
    """The trips in the order in which they begin, each with its car, and those for which no car is free.

    A booking that names no car gets the one that has been back longest.

    Raises
    ------
    EnergyError
        ST-05 a number used twice, DO-06 a return that is not after the departure, DO-07 a car that the site does not
        have, DO-11 a negative distance.
    """
    made = [_trip(row, cars) for row in rows]
    if (number := twice(one.booking_id for one in made)) is not None:
        raise EnergyError("ST-05", file=FILE, value=number)
    taken: dict[str, list[Trip]] = {car: [one for one in made if one.device_id == car] for car in cars}
    refused = []
    for one in sorted((one for one in made if not one.device_id), key=_when):
        free = [car for car in cars if not any(_meet(one, other) for other in taken[car])]
        if not free:
            refused.append(one)
            continue
        car = min(free, key=lambda name: _since(taken[name], one.out))
        taken[car].append(replace(one, device_id=car))
    return tuple(sorted((one for each in taken.values() for one in each), key=_when)), tuple(refused)


def wanted(trip: Trip, car: Car) -> float:
    """What a car must leave with: the trip, and the share that is never driven. [kWh]"""
    return car.least * car.kwh + car.need(trip.km)


def parked(found: Sequence[Trip], cars: Sequence[Store], car: Car, ahead: Calendar) -> Fleet:
    """The cars that answered as one store that is only charged; what leaves and comes back by the trips to come."""
    plugged, leaving, returning = np.full(len(ahead), float(len(cars))), np.zeros(len(ahead)), np.zeros(len(ahead))
    here = {store.device_id for store in cars}
    midnight = datetime.combine(ahead.start, time(0), JST)
    for one in found:
        out, back = (one.out - midnight) // SLOT, -((midnight - one.back) // SLOT)
        if one.device_id in here and out < len(ahead):
            plugged[out + 1 : back] -= 1
            leaving[out] += wanted(one, car)
            if back < len(ahead):
                returning[back] += car.least * car.kwh
    return Fleet("cars", np.maximum(plugged, 0.0), leaving, returning, car.kwh, car.charge_kw, 0.0, car.efficiency, 0.0)


def doubts(found: Sequence[Trip], refused: Sequence[Trip], at: datetime) -> list[Finding]:
    """DO-09 trips for which no car is free, DO-10 two trips of one car at the same time; of those that are not over."""
    made = [Finding("DO-09", one.booking_id, {"booking": one.booking_id, "out": f"{one.out:%m-%d %H:%M}"})
            for one in refused if one.back > at]  # fmt: skip
    made += [
        Finding("DO-10", one.booking_id, {"booking": one.booking_id, "other": other.booking_id, "car": one.device_id})
        for number, one in enumerate(found)
        for other in found[number + 1 :]
        if one.back > at and one.device_id == other.device_id and _meet(one, other)
    ]
    return made


def following(found: Sequence[Trip], at: datetime) -> Mapping[str, Trip]:
    """The next departure of each car after a moment."""
    made: dict[str, Trip] = {}
    for one in found:
        if one.out > at:
            made.setdefault(one.device_id, one)
    return made


def booked(rows: Sequence[Row], start: datetime, slots: int) -> list[Booking]:
    """Bookings of a period by its half-hours; those that do not lie in it are left out."""
    found = []
    for row in rows:
        one = _trip(row, None)
        out, back = (one.out - start) // SLOT, -((start - one.back) // SLOT)
        if out >= 0 and back <= slots:
            found.append(Booking(one.booking_id, one.who, out, max(back, out + 1), one.km))
    return found


def _trip(row: Row, cars: Sequence[str] | None) -> Trip:
    out, back = (_japan(row[key]) for key in ("out", "back"))
    if out >= back:
        raise EnergyError(
            "DO-06", booking=row["booking_id"], out=f"{out:%Y-%m-%d %H:%M}", back=f"{back:%Y-%m-%d %H:%M}"
        )
    if row["km"] < 0:
        raise EnergyError("DO-11", booking=row["booking_id"], km=row["km"])
    if cars is not None and row["device_id"] and row["device_id"] not in cars:
        known = texts.listed(cars) or texts.none()
        raise EnergyError("DO-07", booking=row["booking_id"], value=row["device_id"], known=known)
    return Trip(row["booking_id"], row["device_id"] or "", row["who"], out, back, float(row["km"]))


def _japan(at: datetime) -> datetime:
    return at.replace(tzinfo=JST) if at.tzinfo is None else at.astimezone(JST)


def _when(one: Trip) -> tuple[datetime, datetime, str]:
    return one.out, one.back, one.booking_id


def _meet(one: Trip, other: Trip) -> bool:
    return one.out < other.back and other.out < one.back


def _since(found: Sequence[Trip], out: datetime) -> datetime:
    """When a car was last back before a departure."""
    return max((one.back for one in found if one.back <= out), default=datetime.min.replace(tzinfo=JST))

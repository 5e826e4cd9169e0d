"""The vehicle fleet: 60 vehicles, and what they drive and burn each month."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache

from examples.make_kotsukotsu_shi.chance import THOUSAND, between, dice, rounded
from examples.make_kotsukotsu_shi.facilities import Facility, facilities
from examples.make_kotsukotsu_shi.quantities import STRAY, digits, months
from examples.make_kotsukotsu_shi.series import FIRST, LAST
from examples.make_kotsukotsu_shi.tables import Line, lines
from kotsukotsu.periods import FiscalYear, Month

MONTHS = 12
FIRST_ELECTRIFIED = date(2015, 4, 1)  # what was bought before burns fuel only


@dataclass(frozen=True, slots=True)
class Vehicle:
    """One vehicle; `km` is what it drives in a month. [km]"""

    vehicle_id: str
    shape: Line
    acquired: date
    disposed: date | None
    km: Decimal

    def runs(self, day: date) -> bool:
        """Whether the city has it on a day."""
        return self.acquired <= day and (self.disposed is None or day < self.disposed)

    @property
    def cooled(self) -> bool:
        """Whether it has an air conditioner with HFC-134a."""
        return self.shape["class"] != "distance_diesel_special"

    def row(self) -> dict[str, object]:
        """Its line of vehicles.csv."""
        return {
            "vehicle_id": self.vehicle_id,
            "facility_id": fleet().facility_id,
            "department_id": self.shape["department_id"],
            "class": self.shape["class"],
            "fuel": self.shape["fuel"],
            "acquired_on": self.acquired,
            "disposed_on": self.disposed,
            "air_conditioner": "yes" if self.cooled else "no",
            "note": self.shape["label"],
            "drive": self.shape["new_drive"] if self.acquired >= FIRST_ELECTRIFIED else "combustion",
            "alternative": self.shape["alternative"],
        }


def fleet() -> Facility:
    """The facility that stands for all vehicles (公用車)."""
    return next(facility for facility in facilities() if facility.kind["kind"] == "fleet")


@cache
def vehicles() -> tuple[Vehicle, ...]:
    """All vehicles, those replaced since the first year included."""
    made = (vehicle for shape in lines("vehicle_classes") for vehicle in _of_class(shape))
    return tuple(Vehicle(f"v{number:02d}", *each) for number, each in enumerate(made, start=1))


def _of_class(shape: Line) -> Iterator[tuple[Line, date, date | None, Decimal]]:
    rng = dice(shape["class"], "vehicles")
    for slot in range(int(shape["vehicles"])):
        km = between(rng, Decimal(shape["km_low"]), Decimal(shape["km_high"])) / MONTHS
        if slot < int(shape["replaced"]):
            change = FiscalYear(rng.randint(2015, 2022)).start
            yield shape, FiscalYear(rng.randint(2004, 2009)).start, change, km
            yield shape, change, None, km
        else:
            yield shape, FiscalYear(rng.randint(2005, 2012)).start, None, km


def driven() -> Iterator[tuple[Month, str, Decimal]]:
    """Month, item and quantity of distances [km] and fuels [L]."""
    rng = dice("fleet", "months")
    for month in months():
        litres: dict[str, Decimal] = {}
        for shape in lines("vehicle_classes"):
            ratio = Decimal(THOUSAND + rng.randint(-STRAY, STRAY)) / THOUSAND
            km = rounded(_distance(shape, month) * ratio, 0)
            litres[shape["fuel"]] = litres.get(shape["fuel"], Decimal(0)) + km / Decimal(shape["km_per_litre"])
            yield month, shape["class"], km
        for fuel, quantity in litres.items():
            yield month, fuel, rounded(quantity, digits(fuel))


def air_conditioners() -> Iterator[tuple[FiscalYear, int]]:
    """Vehicles with an air conditioner on the last day of each year."""
    for number in range(FIRST.number, LAST.number + 1):
        year = FiscalYear(number)
        last_month = year.months()[-1].start
        yield year, sum(vehicle.cooled and vehicle.runs(last_month) for vehicle in vehicles())


def _distance(shape: Line, month: Month) -> Decimal:
    return sum((v.km for v in vehicles() if v.shape is shape and v.runs(month.start)), Decimal(0))

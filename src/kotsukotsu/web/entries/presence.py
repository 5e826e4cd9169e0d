"""Which months of a line must say something: those in which its facility and its vehicle were there.

The rule is that of the check for missing months (C-01): a month counts where the facility was open and the vehicle in
service from its first day to its last.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache

from kotsukotsu.periods import FiscalYear
from kotsukotsu.schema.city import City
from kotsukotsu.web.municipalities.registers import Facility, Vehicle

Span = tuple[date | None, date | None]  # first day, first day after; None is open
Place = tuple[str, str]  # facility, and vehicle or nothing
KEPT = 1024  # different spans of a city's year


@lru_cache(maxsize=KEPT)
def owed(fy: int, *spans: Span) -> frozenset[int]:
    """Running numbers of the months of a year that lie wholly within some spans.

    >>> len(owed(2025, (None, date(2025, 8, 15))))
    4
    """
    return frozenset(
        month.index
        for month in FiscalYear(fy).months()
        if all((begun or date.min) <= month.start and month.end <= (gone or date.max) for begun, gone in spans)
    )


def spans(facilities: Iterable[str]) -> Mapping[Place, Span]:
    """When some facilities were open and their vehicles in service; in two queries however many there are."""
    wanted = list(facilities)
    opened = Facility.objects.filter(facility_id__in=wanted).values_list("facility_id", "opened_on", "closed_on")
    served = Vehicle.objects.filter(facility_id__in=wanted).values_list(
        "facility_id", "vehicle_id", "acquired_on", "disposed_on"
    )
    found = {(facility, ""): (begun, gone) for facility, begun, gone in opened}
    return found | {(facility, vehicle): (begun, gone) for facility, vehicle, begun, gone in served}


def spans_of(city: City) -> Mapping[Place, Span]:
    """The same from registers at hand."""
    opened = {(one["facility_id"], ""): (one["opened_on"], one["closed_on"]) for one in city.tables["facilities"]}
    served = {
        (one["facility_id"], one["vehicle_id"]): (one["acquired_on"], one["disposed_on"])
        for one in city.tables["vehicles"]
    }
    return opened | served


def owed_by(known: Mapping[Place, Span], fy: int, facility_id: str, meter_id: str) -> frozenset[int]:
    """Months that a line must say something of."""
    always: Span = (None, None)
    vehicle = known.get((facility_id, meter_id), always) if meter_id else always
    return owed(fy, known.get((facility_id, ""), always), vehicle)

"""The 300 facilities: kinds times place names, then what happened to some of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache

from examples.make_kotsukotsu_shi.chance import between, dice
from examples.make_kotsukotsu_shi.tables import Line, by_key, day, lines

PERCENT = 100
# Coprime with 100, so that the positions of a kind's facilities spread over the whole range.
SPREAD = 37


@dataclass(frozen=True, slots=True)
class Facility:
    """One facility; `position` [%] decides which of its kind's heating it has."""

    facility_id: str
    name: str
    kind: Line
    position: int
    area: Decimal | None
    opened: date | None
    closed: date | None
    note: str

    @property
    def group(self) -> str:
        """The group in which its electricity is tendered."""
        special = by_key("groups", "name").get(self.name)
        return special["group"] if special else self.kind["group"]

    def row(self) -> dict[str, object]:
        """Its line of facilities.csv."""
        return {
            "facility_id": self.facility_id,
            "name": self.name,
            "department_id": self.kind["department_id"],
            "use": self.kind["use"],
            "floor_area_m2": self.area,
            "management": self.kind["management"],
            "scopes": self.kind["scopes"],
            "opened_on": self.opened,
            "closed_on": self.closed,
            "note": self.note or None,
        }


@cache
def facilities() -> tuple[Facility, ...]:
    """All facilities, in the order of their ids."""
    named = [(kind, rank, name) for kind in lines("kinds") for rank, name in enumerate(_names(kind))]
    return tuple(_facility(f"f{number:03d}", *each) for number, each in enumerate(named, start=1))


@cache
def ids() -> dict[str, str]:
    """Facility id by name."""
    return {facility.name: facility.facility_id for facility in facilities()}


def _names(kind: Line) -> list[str]:
    fixed = kind["names"].split(";") if kind["names"] else []
    first = int(kind["skip"] or 0)
    places = lines("places")[first : first + int(kind["count"]) - len(fixed)]
    return fixed + [line["place"] + kind["suffix"] for line in places]


def _facility(facility_id: str, kind: Line, rank: int, name: str) -> Facility:
    event = by_key("events", "name").get(name, {})
    area = event.get("floor_area_m2") or _area(kind, name)
    return Facility(
        facility_id=facility_id,
        name=name,
        kind=kind,
        position=rank * SPREAD % PERCENT,
        area=Decimal(area) if area else None,
        opened=day(event.get("opened_on", "")),
        closed=day(event.get("closed_on", "")),
        note=event.get("note", ""),
    )


def _area(kind: Line, name: str) -> str:
    if not kind["area_low"]:
        return ""
    return str(int(between(dice(name, "area"), Decimal(kind["area_low"]), Decimal(kind["area_high"]))))

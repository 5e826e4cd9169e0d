"""Supply-point numbers (供給地点特定番号, 22 digits); the first two, 99, belong to no area."""

from __future__ import annotations

from collections.abc import Iterator

from examples.make_kotsukotsu_shi.chance import dice
from examples.make_kotsukotsu_shi.facilities import Facility, facilities
from examples.make_kotsukotsu_shi.tables import by_key

NO_AREA = "99"
DRAWN_DIGITS = 20


def meter_of(facility: Facility, item: str) -> str | None:
    """The number of the meter, None where the city keeps none."""
    line = by_key("metered", "kind").get(facility.kind["kind"])
    if not line or line["item"] != item:
        return None
    return NO_AREA + f"{dice(facility.name, 'meter').randrange(10**DRAWN_DIGITS):0{DRAWN_DIGITS}d}"


def meter_rows() -> Iterator[dict[str, object]]:
    """Lines of meters.csv."""
    for facility in facilities():
        line = by_key("metered", "kind").get(facility.kind["kind"])
        if line:
            yield {
                "meter_id": meter_of(facility, line["item"]),
                "facility_id": facility.facility_id,
                "item": line["item"],
                "name": line["meter_name"],
                "note": "架空の供給地点特定番号",
            }

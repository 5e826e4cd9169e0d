"""What the invented city knows of its buildings: lighting, and whether PV could stand on them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from examples.make_kotsukotsu_shi.chance import dice
from examples.make_kotsukotsu_shi.facilities import PERCENT, facilities, ids
from examples.make_kotsukotsu_shi.measures import measure_rows
from examples.make_kotsukotsu_shi.tables import by_key, lines

SURVEYED = date(2024, 10, 1)
PART = 20  # of those not done, this many in a hundred are done in part


def survey_rows() -> Iterator[dict[str, object]]:
    """Lines of surveys.csv: every kind that the table of shares names, closed facilities left out."""
    planned = {(str(row["facility_id"]), str(row["measure"])) for row in measure_rows()}
    standing = {ids()[line["facility"]] for line in lines("renewables") if line["kind"] == "pv"}
    shares = by_key("survey_kinds", "kind")
    for facility in facilities():
        share = shares.get(facility.kind["kind"])
        if share is None or (facility.closed and facility.closed <= SURVEYED):
            continue
        key = facility.facility_id
        rolled = dice(facility.name, "survey")
        suits = rolled.randrange(PERCENT) < int(share["pv_pct"]) or key in standing
        done = rolled.randrange(PERCENT) < int(share["led_pct"]) and (key, "led") not in planned
        yield {
            "facility_id": key,
            "surveyed_on": SURVEYED,
            "pv_suitable": "yes" if suits or {(key, "pv_own"), (key, "pv_ppa")} & planned else "no",
            "lighting": "led" if done else "part" if rolled.randrange(PERCENT) < PART else "other",
            "source": "公共施設の設備調査（架空）",
        }

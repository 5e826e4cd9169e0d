"""The whole city as tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from examples.make_kotsukotsu_shi.contracts import supply_rows
from examples.make_kotsukotsu_shi.facilities import facilities, ids
from examples.make_kotsukotsu_shi.fleet import vehicles
from examples.make_kotsukotsu_shi.measures import measure_rows
from examples.make_kotsukotsu_shi.meters import meter_rows
from examples.make_kotsukotsu_shi.open_year import mistyped, posted, split
from examples.make_kotsukotsu_shi.rows import Row, drawn
from examples.make_kotsukotsu_shi.surveys import survey_rows
from examples.make_kotsukotsu_shi.tables import lines
from examples.make_kotsukotsu_shi.weather import weather_rows

# Tables that stand in data/ as they are, facilities by name.
PLAIN = (
    "departments",
    "facility_departments",
    "bodies",
    "apportionments",
    "explanations",
    "wastes",
    "restatements",
    "subsidies",
    "assumptions",
    "kpis",
    "progress",
    "reviews",
    "opinions",
    "errata",
    "renewables",
    "power_mixes",
)


@cache
def halves() -> tuple[list[Row], list[Row]]:
    """Rows the city has (mistakes in them), and rows still held by the departments."""
    have, held = split(drawn())
    return list(_numbered(posted(row) for row in mistyped(have))), held


def tables() -> dict[str, list[dict[str, Any]]]:
    """Every table of the city folder by its name."""
    return {
        "facilities": [facility.row() for facility in facilities()],
        "supplies": list(supply_rows()),
        "meters": list(meter_rows()),
        "vehicles": [vehicle.row() for vehicle in vehicles()],
        "activities": halves()[0],
        "measures": list(measure_rows()),
        "surveys": list(survey_rows()),
        "weather": list(weather_rows()),
        **{name: _plain(name) for name in PLAIN},
    }


def _numbered(rows: Iterable[Row]) -> Iterator[Row]:
    previous = ""
    for number, row in enumerate(rows, start=1):
        replaces = previous if row["replaces"] else None
        previous = f"a{number}"
        yield {"activity_id": previous, **row, "replaces": replaces}


def _plain(name: str) -> list[dict[str, Any]]:
    return [{_column(key): _cell(key, text) for key, text in line.items()} for line in lines(name)]


def _column(key: str) -> str:
    return f"{key}_id" if key in ("facility", "to_facility") else key


def _cell(key: str, text: str) -> str | None:
    return ids()[text] if key in ("facility", "to_facility") and text else text or None

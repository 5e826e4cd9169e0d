"""A large invented city: the demo city's facilities again and again, each time with ids and names of their own.

``python -m benchmarks.web_pages_city FOLDER`` writes it as a city folder: 1,000 facilities with all that they have over
13 fiscal years, 290,000 rows in the ledger. What belongs to no facility (departments, bodies, weather) is there once.
"""

from __future__ import annotations

import csv
import shutil
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

CITY = Path(__file__).parents[1] / "examples" / "kotsukotsu-shi"
FACILITIES = 1000
OF_FACILITIES = (
    "facilities", "activities", "apportionments", "explanations", "measures", "meters", "renewables", "reviews",
    "supplies", "surveys", "vehicles", "wastes",
)  # fmt: skip
OF_MEASURES = "progress"
IDS = (
    "facility_id", "to_facility_id", "meter_id", "activity_id", "replaces", "vehicle_id", "measure_id", "group",
    "requires",
)  # fmt: skip
NAMES = ("name", "place")
Line = dict[str, str]


def make(target: Path, facilities: int = FACILITIES) -> None:
    """Write the city folder."""
    shutil.copytree(CITY, target, ignore=shutil.ignore_patterns("inbox", "printed"), dirs_exist_ok=True)
    parts = _parts([line["facility_id"] for line in _read("facilities")], facilities)
    for name in OF_FACILITIES:
        _write(target, name, _repeated(_read(name), "facility_id", parts))
    of = {line["measure_id"]: line["facility_id"] for line in _read("measures")}
    measures = [{measure for measure, place in of.items() if place in part} for part in parts]
    _write(target, OF_MEASURES, _repeated(_read(OF_MEASURES), "measure_id", measures))


def _parts(ids: list[str], count: int) -> list[set[str]]:
    """The facilities of each repetition; the last one may have fewer."""
    return [set(ids[: count - start]) for start in range(0, count, len(ids))]


def _repeated(lines: list[Line], column: str, parts: Iterable[set[str]]) -> Iterator[Line]:
    for number, part in enumerate(parts, start=1):
        chosen = (line for line in lines if line[column] in part)
        yield from chosen if number == 1 else (_other(line, number) for line in chosen)


def _other(line: Line, number: int) -> Line:
    """The line of the same facility of another repetition."""
    ids = {name: f"{line[name]}-{number}" for name in IDS if line.get(name)}
    return line | ids | {name: f"{line[name]}（{number}）" for name in NAMES if line.get(name)}


def _read(name: str) -> list[Line]:
    with (CITY / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _write(target: Path, name: str, lines: Iterator[Line]) -> None:
    with (target / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, _read(name)[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(lines)


if __name__ == "__main__":
    make(Path(sys.argv[1]))

"""Turn the open data of the colleges' environmental reports into a city folder.

``python -m examples.make_kosen SOURCE FOLDER`` reads ``kankyo<year>_{energyinput,facilityarea,co2}.csv``
(環境報告書2020・2021 オープンデータ, 国立高等専門学校機構) and writes facilities, activities and printed totals.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

from kotsukotsu import schema
from kotsukotsu.periods import FiscalYear

REPORTS = (2020, 2021)
PUBLISHER = "国立高等専門学校機構"
# Head office: offices only, its dormitory columns are printed as 0.
WITHOUT_DORMITORY = ("機構本部",)
ASSUMED = "報告書の前年度の実績とみなす（データに年度の記載なし）"
Row = dict[str, object]


@dataclass(frozen=True, slots=True)
class Building:
    """One of the two parts into which the data split a college."""

    suffix: str
    use: str


@dataclass(frozen=True, slots=True)
class Figure:
    """An item of the data: its column, with the building's name for ``{}``, and how it is kept."""

    item: str
    column: str
    printed: str


BUILDINGS = (Building("s", "校舎"), Building("d", "寄宿舎"))
FIGURES = (
    Figure("electricity_primary", "電気起算{}(GJ)", "電気起算{}(t-CO2)"),
    Figure("fuel_heat", "化石燃料起算{}(GJ)", "化石燃料起算{}(t-CO2)"),
)
NEW_ENERGY = "新エネルギー(GJ)"


@cache
def table(source: Path, report: int, name: str) -> dict[str, dict[str, str]]:
    """One file of a report, by college in the order of the file."""
    with (source / f"kankyo{report}_{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return {line["事業所名"]: line for line in csv.DictReader(file)}


def parts(source: Path) -> Iterator[tuple[str, str, Building]]:
    """Facility id, college and building."""
    for number, college in enumerate(table(source, REPORTS[-1], "facilityarea"), start=1):
        for building in BUILDINGS:
            if building.use == "校舎" or college not in WITHOUT_DORMITORY:
                yield f"k{number:02d}{building.suffix}", college, building


def facilities(source: Path) -> Iterator[Row]:
    """Lines of facilities.csv with the latest area. [m2]"""
    for facility_id, college, building in parts(source):
        old, new = (table(source, report, "facilityarea")[college][f"{building.use}(㎡)"] for report in REPORTS)
        changed = f"環境報告書{REPORTS[0]}では {old} m2" if old != new else None
        yield {
            "facility_id": facility_id,
            "name": f"{college} {building.use}",
            "department_id": facility_id[:3],
            "use": building.use,
            "floor_area_m2": Decimal(new),
            "note": changed,
        }


def departments(source: Path) -> Iterator[Row]:
    """Lines of departments.csv: the colleges."""
    for number, college in enumerate(table(source, REPORTS[-1], "facilityarea"), start=1):
        yield {"department_id": f"k{number:02d}", "name": college}


def activities(source: Path) -> Iterator[Row]:
    """Lines of activities.csv: one for a facility, an item and a fiscal year. [GJ]"""
    for number, (facility_id, item, report, quantity) in enumerate(_quantities(source), start=1):
        year = FiscalYear(report - 1)
        yield {
            "activity_id": f"a{number}",
            "facility_id": facility_id,
            "item": item,
            "start": year.start,
            "end": year.end,
            "quantity": Decimal(quantity),
            "unit": "GJ",
            "basis": "measured",
            "source": f"環境報告書{report} オープンデータ（{PUBLISHER}）",
            "note": ASSUMED,
        }


def _quantities(source: Path) -> Iterator[tuple[str, str, int, str]]:
    for facility_id, college, building in parts(source):
        for report in REPORTS:
            line = table(source, report, "energyinput")[college]
            for figure in FIGURES:
                yield facility_id, figure.item, report, line[figure.column.format(building.use)]
            if building.use == "校舎":
                yield facility_id, "new_energy", report, line[NEW_ENERGY]


def printed(source: Path) -> Iterator[Row]:
    """Lines of printed/totals.csv: the emissions that the reports print. [t-CO2]"""
    for facility_id, college, building in parts(source):
        for report in REPORTS:
            line = table(source, report, "co2")[college]
            for figure in FIGURES:
                yield {
                    "fiscal_year": report - 1,
                    "item": figure.item,
                    "gas": "CO2",
                    "facility_id": facility_id,
                    "tonnes_co2e": Decimal(line[figure.printed.format(building.use)]),
                    "source": f"環境報告書{report} オープンデータ（{PUBLISHER}）",
                    "note": ASSUMED,
                }


def main(source: Path, folder: Path) -> None:
    """Write the tables; municipality.toml and README.md stand in the folder already."""
    (folder / "printed").mkdir(parents=True, exist_ok=True)
    tables = {
        "departments": departments(source),
        "facilities": facilities(source),
        "activities": activities(source),
    }
    for name, rows in tables.items():
        (folder / f"{name}.csv").write_bytes(schema.write(rows, name).encode("utf-8"))
    totals = schema.write(printed(source), "printed_totals")
    (folder / "printed" / "totals.csv").write_bytes(totals.encode("utf-8"))


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("usage: python -m examples.make_kosen SOURCE FOLDER")
    main(Path(sys.argv[1]), Path(sys.argv[2]))

"""Turn the figures printed in the Ishikari plan into a city folder.

``python -m examples.make_ishikari SOURCE FOLDER`` copies the printed tables (CSV and headline.toml) as they are
and derives facilities, an empty ledger and printed/totals.csv from them.
"""

from __future__ import annotations

import csv
import shutil
import sys
import tomllib
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from kotsukotsu import schema

PLAN = "石狩市 地球温暖化対策推進計画【事務事業編】2026-2030（令和8年3月）"
COPIED = ("facilities.csv", "main_facilities.csv", "renewables.csv", "sector_targets.csv", "headline.toml")
YEARS = (2013, 2024)
# Gas of a line of figure 20; the lines of CO2 are sectors.
GASES = {"ch4": "CH4", "n2o": "N2O", "hfcs": "HFC"}
ENERGY, NON_ENERGY = "エネルギー起源CO2", "非エネルギー起源CO2等"
# Names that the table of main facilities and the list of facilities print differently.
SPELT_OTHERWISE = {
    "こども未来館あいぼーと": "こども未来館あいぽーと",
    "柳川中学校": "樽川中学校",
}
# First day on which a facility is no longer used, where the list says so.
CLOSED = {"令和6年度末廃止": "2025-04-01", "令和7年度末統合": "2026-04-01"}
Row = dict[str, object]


def lines(source: Path, name: str) -> list[dict[str, str]]:
    """Lines of a printed table."""
    with (source / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def facilities(source: Path) -> Iterator[Row]:
    """Lines of facilities.csv; the id is the number in the plan's list."""
    for line in lines(source, "facilities.csv"):
        yield {
            "facility_id": f"{int(line['no']):03d}",
            "name": line["facility"],
            "use": "公用車" if line["facility"] == "公用車" else None,
            "closed_on": CLOSED.get(line["remark"]),
            "note": line["remark"] or None,
        }


def renewables(source: Path) -> Iterator[Row]:
    """Lines of renewables.csv; places that the list of facilities lacks have no id."""
    numbers = {line["facility"]: f"{int(line['no']):03d}" for line in lines(source, "facilities.csv")}
    for line in lines(source, "renewables.csv"):
        sizes = {name: line[name] or None for name in ("installed_kw", "planned_kw", "studied_kw")}
        place = {"place": line["facility"], "facility_id": numbers.get(line["facility"])}
        yield {"kind": line["kind"], **place, **sizes, "source": f"{PLAN} 第2章 2.1(4)"}


def totals(source: Path) -> Iterator[Row]:
    """Lines of printed/totals.csv: city, then sectors and gases, then the main facilities. [t-CO2e]"""
    headline = tomllib.loads((source / "headline.toml").read_text(encoding="utf-8"), parse_float=Decimal)
    for year in YEARS:
        yield _total(year, headline["total"][f"fy{year}"], "第2章 2.1(1)")
    latest = YEARS[-1]
    yield _total(latest, headline["energy_co2"][f"fy{latest}"], "第2章 2.1(2)", sector=ENERGY)
    yield _total(latest, headline["non_energy"][f"fy{latest}"], "第2章 2.1(3)", sector=NON_ENERGY)
    for line in lines(source, "sector_targets.csv"):
        if line["sector_key"] != "total":
            yield _of_sector(line)
    yield from _of_facilities(source)


def _of_sector(line: dict[str, str]) -> Row:
    gas = GASES.get(line["sector_key"], "CO2")
    sector = None if line["sector_key"] in GASES else line["sector_ja"]
    return _total(YEARS[0], line["fy2013_tco2"], "図20", sector=sector, gas=gas)


def _of_facilities(source: Path) -> Iterator[Row]:
    numbers = {str(row["name"]): row["facility_id"] for row in facilities(source)}
    for line in lines(source, "main_facilities.csv"):
        name = line["facility"]
        listed = SPELT_OTHERWISE.get(name, name)
        note = f"図9の表記は「{name}」。対象施設の一覧にないので「{listed}」とみなす" if listed != name else None
        for year in YEARS:
            row = _total(year, line[f"fy{year}_tco2"], "図9", sector=ENERGY, gas="CO2")
            yield {**row, "facility_id": numbers[listed], "note": note}


def _total(year: int, tonnes: object, place: str, **more: str | None) -> Row:
    return {"fiscal_year": year, "tonnes_co2e": Decimal(str(tonnes)), "source": f"{PLAN} {place}", **more}


def main(source: Path, folder: Path) -> None:
    """Write the tables; municipality.toml and README.md stand in the folder already."""
    (folder / "printed").mkdir(parents=True, exist_ok=True)
    for name in COPIED:
        shutil.copyfile(source / name, folder / "printed" / name)
    _write(folder / "facilities.csv", schema.write(facilities(source), "facilities"))
    _write(folder / "renewables.csv", schema.write(renewables(source), "renewables"))
    _write(folder / "activities.csv", schema.write([], "activities"))
    _write(folder / "printed" / "totals.csv", schema.write(totals(source), "printed_totals"))


def _write(path: Path, text: str) -> None:
    path.write_bytes(text.encode("utf-8"))


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("usage: python -m examples.make_ishikari SOURCE FOLDER")
    main(Path(sys.argv[1]), Path(sys.argv[2]))

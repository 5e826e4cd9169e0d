from __future__ import annotations

import csv
import tomllib
from decimal import Decimal
from pathlib import Path

import pytest

from kotsukotsu import schema
from kotsukotsu.schema import Row

FOLDER = Path(__file__).parents[2] / "examples" / "ishikari"
PLAN = "石狩市 地球温暖化対策推進計画【事務事業編】2026-2030（令和8年3月）"


def read(file: str, table: str) -> list[Row]:
    return schema.read((FOLDER / file).read_text(encoding="utf-8"), table, file)


def printed(name: str) -> list[dict[str, str]]:
    with (FOLDER / "printed" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def totals(fiscal_year: int, **cells: str | None) -> list[Decimal]:
    keys = {"sector": None, "item": None, "gas": None, "facility_id": None, **cells}
    rows = read("printed/totals.csv", "printed_totals")
    found = [r for r in rows if r["fiscal_year"] == fiscal_year and all(r[k] == v for k, v in keys.items())]
    return [row["tonnes_co2e"] for row in found]


def test_ledger_is_empty() -> None:
    assert read("activities.csv", "activities") == []


def test_facilities_are_those_of_the_printed_list() -> None:
    facilities = {row["facility_id"]: row["name"] for row in read("facilities.csv", "facilities")}
    assert len(facilities) == len(printed("facilities.csv")) == 277
    assert facilities["001"] == "石狩市役所"
    assert facilities["061"] == "石狩斎場"
    assert facilities["277"] == "公用車"


# Typed from the plan's text: chapter 2.1, figure 20, figure 9.
@pytest.mark.parametrize(
    ("fiscal_year", "cells", "expected"),
    [
        (2013, {}, 19720),
        (2024, {}, 14327),
        (2024, {"sector": "エネルギー起源CO2"}, 10004),
        (2024, {"sector": "非エネルギー起源CO2等"}, 4305),
        (2013, {"sector": "エネルギー起源CO2 業務部門(公共施設)", "gas": "CO2"}, 13494),
        (2013, {"sector": "エネルギー起源CO2 運輸部門(公用車)", "gas": "CO2"}, 430),
        (2013, {"sector": "非エネルギー起源CO2", "gas": "CO2"}, 5419),
        (2013, {"gas": "N2O"}, 363),
        (2024, {"sector": "エネルギー起源CO2", "gas": "CO2", "facility_id": "066"}, 1764),
        (2013, {"sector": "エネルギー起源CO2", "gas": "CO2", "facility_id": "277"}, 430),
        (2024, {"sector": "エネルギー起源CO2", "gas": "CO2", "facility_id": "277"}, 479),
    ],
)
def test_printed_totals_equal_the_plan(fiscal_year: int, cells: dict[str, str], expected: int) -> None:
    assert totals(fiscal_year, **cells) == [Decimal(expected)]


def test_every_total_names_the_plan_as_its_source() -> None:
    rows = read("printed/totals.csv", "printed_totals")
    assert all(row["source"].startswith(PLAN) for row in rows)


def test_two_names_matched_by_assumption_say_so() -> None:
    noted = {row["facility_id"] for row in read("printed/totals.csv", "printed_totals") if row["note"]}
    names = {row["facility_id"]: row["name"] for row in read("facilities.csv", "facilities")}
    assert {names[key] for key in noted} == {"樽川中学校", "こども未来館あいぽーと"}


def test_48_main_facilities_are_printed() -> None:
    rows = printed("main_facilities.csv")
    assert len(rows) == 48
    assert rows[0]["facility"] == "北石狩衛生センター（ごみ処理施設）"
    assert rows[47]["fy2024_tco2"] == "42"


def test_headline_figures_are_those_of_the_plan() -> None:
    headline = tomllib.loads((FOLDER / "printed" / "headline.toml").read_text(encoding="utf-8"))
    assert headline["total"]["target_fy2030"] == 9860
    assert headline["kpi"]["pv_kw"] == {"fy2024": 178.4, "fy2030": 687.2, "effect_tco2": 127}


def test_municipality_is_ishikari() -> None:
    settings = tomllib.loads((FOLDER / "municipality.toml").read_text(encoding="utf-8"))
    assert settings["municipality"] == {"code": "012351", "name": "石狩市", "base_fy": 2013}

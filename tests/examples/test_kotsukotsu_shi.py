from __future__ import annotations

import csv
import re
import tomllib
from collections import Counter
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from kotsukotsu import schema
from kotsukotsu.periods import FiscalYear, Month
from kotsukotsu.schema import Row

ROOT = Path(__file__).parents[2]
CITY = ROOT / "examples" / "kotsukotsu-shi"
SUPPLIERS = ROOT / "src" / "kotsukotsu" / "catalogue" / "data" / "suppliers.csv"
CLEAN = range(2013, 2025)
OPEN = FiscalYear(2025)
LIMIT_BYTES = 15_000_000
TABLES = (
    *(
        "departments",
        "facilities",
        "facility_departments",
        "supplies",
        "activities",
        "meters",
        "apportionments",
        "bodies",
    ),
    *("wastes", "vehicles", "explanations", "restatements"),
)
# A shorter name (a company of two or three letters) is found inside ordinary words.
SHORTEST_NAME = 4
Series = tuple[str, str, str | None]


@cache
def read(name: str) -> list[Row]:
    return schema.read((CITY / f"{name}.csv").read_text(encoding="utf-8"), name, f"{name}.csv")


@pytest.fixture(scope="module")
def activities() -> list[Row]:
    return read("activities")


@pytest.fixture(scope="module")
def facilities() -> dict[str, Row]:
    return {row["facility_id"]: row for row in read("facilities")}


def months_of(row: Row) -> list[int]:
    first, last = Month.of(row["start"]).index, Month.of(row["end"]).index
    return list(range(first, last))


def months_missing(rows: list[Row], facilities: dict[str, Row]) -> dict[Series, list[str]]:
    """Months between a series' first and last, or its facility's closing, that no row covers exactly once."""
    covered: dict[Series, list[int]] = {}
    for row in rows:
        key = (row["facility_id"], row["item"], row["meter_id"])
        covered.setdefault(key, []).extend(months_of(row))
    end_of_clean = Month.of(FiscalYear(CLEAN[-1]).end).index
    found = {}
    for key, months in covered.items():
        closed = facilities[key[0]]["closed_on"]
        end = min(end_of_clean, Month.of(closed).index) if closed else end_of_clean
        times = Counter(months)
        wrong = [str(Month.at(m)) for m in range(min(months), end) if times[m] != 1]
        if wrong:
            found[key] = wrong
    return found


def in_clean_years(rows: list[Row]) -> list[Row]:
    return [row for row in rows if row["start"] < OPEN.start]


def open_rows(rows: list[Row], facility: str, item: str) -> list[Row]:
    return [r for r in rows if (r["facility_id"], r["item"]) == (facility, item) and r["start"] >= OPEN.start]


def id_of(facilities: dict[str, Row], name: str) -> str:
    return next(key for key, row in facilities.items() if row["name"] == name)


@pytest.mark.parametrize("table", TABLES)
def test_every_table_reads_under_its_schema(table: str) -> None:
    assert isinstance(read(table), list)


@pytest.mark.parametrize("item", ["electricity", "city_gas"])
def test_own_factors_read_under_their_schema_and_cover_every_year(item: str) -> None:
    path = CITY / "factors" / f"{item}.csv"
    rows = schema.read(path.read_text(encoding="utf-8"), "factors", path.name)
    years: dict[tuple[str, str | None], list[date]] = {}
    for row in rows:
        years.setdefault((row["supplier"], row["menu"]), []).append(row["valid_from"])
    expected = [FiscalYear(number).start for number in (*CLEAN, OPEN.number)]
    assert all(starts == expected for starts in years.values())
    supplied = {(r["supplier"], r["menu"]) for r in read("supplies") if r["item"] == item}
    assert supplied == set(years)


def test_the_city_says_that_it_is_invented() -> None:
    settings = tomllib.loads((CITY / "municipality.toml").read_text(encoding="utf-8"))
    assert settings["municipality"]["invented"] is True
    assert "架空" in settings["municipality"]["name"]
    assert "架空" in (CITY / "README.md").read_text(encoding="utf-8").splitlines()[0]


def test_code_has_its_check_digit_and_belongs_to_no_prefecture() -> None:
    code = tomllib.loads((CITY / "municipality.toml").read_text(encoding="utf-8"))["municipality"]["code"]
    weighted = sum(int(digit) * weight for digit, weight in zip(code[:5], (6, 5, 4, 3, 2), strict=True))
    assert int(code[5]) == (11 - weighted % 11) % 10
    assert int(code[:2]) > 47


def test_there_are_300_facilities_with_names_of_their_own(facilities: dict[str, Row]) -> None:
    assert len(facilities) == 300
    assert len({row["name"] for row in facilities.values()}) == 300


def test_there_are_60_vehicles_of_the_fleet(facilities: dict[str, Row]) -> None:
    vehicles = read("vehicles")
    assert len(vehicles) == 60
    assert {facilities[row["facility_id"]]["use"] for row in vehicles} == {"公用車"}


def test_activity_ids_are_unique(activities: list[Row]) -> None:
    assert len({row["activity_id"] for row in activities}) == len(activities)


@pytest.mark.parametrize("table", ["activities", "supplies", "meters", "vehicles", "wastes", "explanations"])
def test_rows_refer_to_known_facilities(table: str, facilities: dict[str, Row]) -> None:
    assert {row["facility_id"] for row in read(table)} <= set(facilities)


def test_facilities_belong_to_departments_that_exist(facilities: dict[str, Row]) -> None:
    departments = {row["department_id"] for row in read("departments")}
    assert {row["department_id"] for row in facilities.values()} <= departments


def test_a_removed_month_and_a_repeated_one_are_noticed(activities: list[Row], facilities: dict[str, Row]) -> None:
    rows = in_clean_years(activities)
    assert list(months_missing(rows[:5] + rows[6:], facilities).values()) == [[str(Month.of(rows[5]["start"]))]]
    assert list(months_missing([*rows, rows[5]], facilities).values()) == [[str(Month.of(rows[5]["start"]))]]


def test_clean_years_have_every_month_once(activities: list[Row], facilities: dict[str, Row]) -> None:
    assert months_missing(in_clean_years(activities), facilities) == {}


def test_clean_years_have_only_measured_values_that_are_not_negative(activities: list[Row]) -> None:
    for row in in_clean_years(activities):
        if row["basis"] == "not_occurring":
            assert row["quantity"] is None
            assert row["note"]
        else:
            assert row["basis"] == "measured"
            assert row["quantity"] >= 0
        assert row["replaces"] is None


def test_no_row_lies_outside_the_life_of_its_facility(activities: list[Row], facilities: dict[str, Row]) -> None:
    for row in activities:
        facility = facilities[row["facility_id"]]
        assert facility["opened_on"] is None or facility["opened_on"] <= row["start"]
        assert facility["closed_on"] is None or row["end"] <= facility["closed_on"]


def test_supplied_items_have_shares_of_one_in_every_month(activities: list[Row]) -> None:
    contracts: dict[tuple[str, str], list[Row]] = {}
    for row in read("supplies"):
        contracts.setdefault((row["facility_id"], row["item"]), []).append(row)
    for row in activities:
        if row["item"] in ("electricity", "city_gas") and row["quantity"] is not None:
            in_force = [
                contract["share"] or Decimal(1)
                for contract in contracts[row["facility_id"], row["item"]]
                if contract["valid_from"] <= row["start"]
                and (contract["valid_to"] is None or row["start"] < contract["valid_to"])
            ]
            assert sum(in_force) == 1


def test_wind_farm_supplies_23_open_schools_from_may_2024(facilities: dict[str, Row]) -> None:
    wind = [row for row in read("supplies") if "風力" in row["supplier"]]
    assert len(wind) == 23
    assert {row["valid_from"] for row in wind} == {date(2024, 5, 1)}
    assert {facilities[row["facility_id"]]["closed_on"] for row in wind} == {None}


def test_shares_of_a_shared_meter_add_up_to_one() -> None:
    totals: Counter[date] = Counter()
    for row in read("apportionments"):
        totals[row["valid_from"]] += row["share"]
    assert set(totals.values()) == {Decimal(1)}


def test_only_the_joint_body_is_outside_the_plan_and_it_shares_one_facility() -> None:
    outside = [row for row in read("bodies") if row["in_plan"] == "no"]
    assert [row["kind"] for row in outside] == ["一部事務組合"]
    sharing = [row for row in read("bodies") if row["facility_id"] == outside[0]["facility_id"]]
    assert sum(row["share"] for row in sharing) == 1


def test_outlier_of_fy2023_is_explained_and_is_far_above_its_neighbours(
    activities: list[Row], facilities: dict[str, Row]
) -> None:
    station = id_of(facilities, "道の駅「こつこつ歩々」")
    by_year: Counter[int] = Counter()
    for row in activities:
        if (row["facility_id"], row["item"]) == (station, "lpg"):
            by_year[FiscalYear.of(row["start"]).number] += row["quantity"]
    assert by_year[2023] > 3 * max(by_year[2022], by_year[2024])
    assert (station, "lpg", 2023) in {
        (row["facility_id"], row["item"], row["fiscal_year"]) for row in read("explanations")
    }


def test_open_year_holds_its_planned_mistakes(activities: list[Row], facilities: dict[str, Row]) -> None:
    slip = open_rows(activities, id_of(facilities, "歩み台会館"), "electricity")
    assert max(row["quantity"] for row in slip) > 500 * min(row["quantity"] for row in slip)
    twice = open_rows(activities, id_of(facilities, "雨だれ会館"), "electricity")
    assert Counter(row["start"] for row in twice)[date(2025, 6, 1)] == 2
    negative = open_rows(activities, id_of(facilities, "糸巻会館"), "electricity")
    assert min(row["quantity"] for row in negative) == -120
    pool = open_rows(activities, id_of(facilities, "コツコツ市民プール"), "city_gas")
    assert [row["start"].month for row in pool if row["basis"] == "not_occurring"] == [12, 1, 2]
    dead = open_rows(activities, id_of(facilities, "根気川体育館"), "electricity")
    assert [row["start"].month for row in dead if row["quantity"] is None] == [11, 12, 1]
    assert [r["item"] for r in activities if r["basis"] == "estimated"] == ["kerosene"]


def test_correction_names_the_row_it_replaces(activities: list[Row]) -> None:
    by_id = {row["activity_id"]: row for row in activities}
    (correction,) = [row for row in activities if row["replaces"]]
    replaced = by_id[correction["replaces"]]
    same = ("facility_id", "item", "start", "end", "unit")
    assert [correction[name] for name in same] == [replaced[name] for name in same]
    assert replaced["posted_at"] < correction["posted_at"]
    assert replaced["quantity"] != correction["quantity"]


def test_every_row_of_the_open_year_was_posted_by_someone(activities: list[Row]) -> None:
    for row in activities:
        assert bool(row["posted_by"]) == (row["start"] >= OPEN.start)
        assert row["posted_at"] is None or row["posted_at"].utcoffset() is not None


def test_city_is_within_its_size() -> None:
    assert sum(path.stat().st_size for path in CITY.rglob("*") if path.is_file()) <= LIMIT_BYTES


def real_suppliers() -> set[str]:
    with SUPPLIERS.open(encoding="utf-8", newline="") as file:
        plain = {re.sub(r"[（(].*?[）)]|株式会社", "", row["name"]) for row in csv.DictReader(file)}
    return {name for name in plain if len(name) >= SHORTEST_NAME}


def test_no_real_supplier_is_named_anywhere() -> None:
    assert "北海道電力" in real_suppliers()
    texts = [path.read_text(encoding="utf-8") for path in CITY.rglob("*.*") if path.suffix in (".md", ".toml")]
    texts += [row["supplier"] for row in read("supplies")] + [row["name"] for row in read("facilities")]
    texts += [path.name for path in (CITY / "inbox").iterdir()]
    assert [name for name in real_suppliers() for text in texts if name in text] == []


def test_what_became_of_the_countermeasures_of_the_year_before_is_said() -> None:
    rows = [row for row in read("reviews") if row["kind"] == "countermeasure" and row["fiscal_year"] == 2023]
    assert sorted(row["state"] for row in rows) == ["doing", *["done"] * 4, "stopped"]

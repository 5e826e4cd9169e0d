from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from kotsukotsu import schema
from kotsukotsu.schema import Row

FOLDER = Path(__file__).parents[2] / "examples" / "kosen"


def read(file: str, table: str) -> list[Row]:
    return schema.read((FOLDER / file).read_text(encoding="utf-8"), table, file)


def facility(name: str) -> Row:
    return next(row for row in read("facilities.csv", "facilities") if row["name"] == name)


def test_56_sites_have_a_school_building_and_all_but_the_head_office_a_dormitory() -> None:
    uses = [row["use"] for row in read("facilities.csv", "facilities")]
    assert (uses.count("校舎"), uses.count("寄宿舎")) == (56, 55)
    assert len(read("departments.csv", "departments")) == 56


# Typed from the published tables: 函館 and 沖縄 are the first and last colleges.
@pytest.mark.parametrize(
    ("name", "item", "start", "expected"),
    [
        ("函館 校舎", "electricity_primary", 2019, 10432),
        ("函館 寄宿舎", "fuel_heat", 2019, 2652),
        ("函館 校舎", "new_energy", 2019, 341),
        ("函館 校舎", "electricity_primary", 2020, 10026),
        ("明石 校舎", "new_energy", 2020, 637),
        ("沖縄 校舎", "electricity_primary", 2019, 19042),
        ("沖縄 寄宿舎", "electricity_primary", 2020, 3968),
        ("機構本部 校舎", "fuel_heat", 2020, 466),
    ],
)
def test_energy_equals_the_report(name: str, item: str, start: int, expected: int) -> None:
    wanted = (facility(name)["facility_id"], item, start)
    rows = read("activities.csv", "activities")
    found = [row for row in rows if (row["facility_id"], row["item"], row["start"].year) == wanted]
    assert [(row["quantity"], row["unit"]) for row in found] == [(Decimal(expected), "GJ")]


@pytest.mark.parametrize(
    ("name", "item", "fiscal_year", "expected"),
    [
        ("函館 校舎", "electricity_primary", 2019, 682),
        ("函館 寄宿舎", "fuel_heat", 2020, 180),
        ("沖縄 校舎", "electricity_primary", 2019, 1537),
        ("機構本部 校舎", "electricity_primary", 2020, 61),
    ],
)
def test_printed_emissions_equal_the_report(name: str, item: str, fiscal_year: int, expected: int) -> None:
    wanted = (facility(name)["facility_id"], item, fiscal_year)
    rows = read("printed/totals.csv", "printed_totals")
    found = [row for row in rows if (row["facility_id"], row["item"], row["fiscal_year"]) == wanted]
    assert [row["tonnes_co2e"] for row in found] == [Decimal(expected)]


def test_area_is_the_latest_and_a_change_is_noted() -> None:
    assert facility("函館 寄宿舎")["floor_area_m2"] == 6170
    assert facility("函館 寄宿舎")["note"] == "環境報告書2020では 4668 m2"
    assert facility("函館 校舎")["note"] is None


def test_every_row_says_that_its_year_is_an_assumption() -> None:
    notes = {row["note"] for row in read("activities.csv", "activities")}
    assert notes == {"報告書の前年度の実績とみなす（データに年度の記載なし）"}

from __future__ import annotations

import csv
import io
import re
import subprocess
import sys
import unicodedata
import zipfile
from collections import defaultdict
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from kotsukotsu import schema
from kotsukotsu.schema import Row

ROOT = Path(__file__).parents[2]
CITY = ROOT / "examples" / "kotsukotsu-shi"
INBOX = CITY / "inbox"
SCHOOLS = "01_学校の電気_令和7年度.xlsx"
BILLS = "05_つみきエナジー請求データ_202601-03.csv"
FLEET = "06_公用車_月別.csv"
HALLS = "08_会館の灯油_1-3月.csv"
LIMIT_BYTES = 1_000_000
TITLE_ROWS = 5
MAY_DIFFER = (".xlsx", ".ods")


def expected() -> list[dict[str, str]]:
    with (INBOX / "expected" / "expected.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def names() -> dict[str, str]:
    text = (CITY / "facilities.csv").read_text(encoding="utf-8")
    return {row["facility_id"]: row["name"] for row in schema.read(text, "facilities", "facilities.csv")}


@cache
def ledger() -> list[Row]:
    text = (CITY / "activities.csv").read_text(encoding="utf-8")
    return schema.read(text, "activities", "activities.csv")


def number(cell: object) -> Decimal:
    """A cell as a person reads it: full width, commas, blanks and a unit taken away."""
    plain = unicodedata.normalize("NFKC", str(cell)).replace(",", "")
    found = re.match(r"\s*([0-9.]+)", plain)
    assert found, cell
    return Decimal(found[1])


def content(path: Path) -> object:
    """Bytes of a file; of a zipped one its members, whose packing may differ between versions of zlib."""
    if path.suffix not in MAY_DIFFER:
        return path.read_bytes()
    with zipfile.ZipFile(path) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def school_rows() -> dict[str, list[object]]:
    sheet = CalamineWorkbook.from_path(INBOX / SCHOOLS).get_sheet_by_name("R7電気")
    rows = sheet.to_python(skip_empty_area=False)[TITLE_ROWS:]
    return {str(row[1]): list(row[3:]) for row in rows if row[1]}


def csv_rows(name: str, encoding: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO((INBOX / name).read_bytes().decode(encoding))))


def test_generator_writes_the_committed_files(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "examples.make_kotsukotsu_inbox", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True)
    listed = [sorted(path.relative_to(base) for path in base.rglob("*.*")) for base in (INBOX, tmp_path)]
    assert listed[0] == listed[1]
    assert [path for path in listed[0] if content(INBOX / path) != content(tmp_path / path)] == []


def test_inbox_is_below_a_megabyte() -> None:
    assert sum(path.stat().st_size for path in INBOX.rglob("*") if path.is_file()) < LIMIT_BYTES


def test_months_of_the_school_file_are_the_expected_ones() -> None:
    rows = school_rows()
    lines = [line for line in expected() if line["file"] == SCHOOLS]
    assert len(lines) == 2 * 23
    for line in lines:
        column = {"2026-02-01": 10, "2026-03-01": 11}[line["start"]]
        assert number(rows[names()[line["facility_id"]]][column]) == Decimal(line["quantity"])


def test_months_that_the_ledger_has_are_repeated_unchanged() -> None:
    by_name, rows = names(), school_rows()
    known = [row for row in ledger() if row["item"] == "electricity" and row["start"].isoformat() >= "2025-04-01"]
    compared = 0
    for row in known:
        cells = rows.get(by_name[row["facility_id"]])
        if cells:
            assert number(cells[(row["start"].month - 4) % 12]) == row["quantity"]
            compared += 1
    assert compared == 10 * 23


def test_only_one_row_total_of_the_school_file_is_wrong() -> None:
    wrong = {}
    for name, cells in school_rows().items():
        if cells[0] != "-":
            difference = number(cells[12]) - sum(number(cell) for cell in cells[:12])
            if difference:
                wrong[name] = difference
    assert wrong == {"朝読中学校": Decimal(1000)}


def test_bills_have_known_supply_points_and_add_up_to_the_expected_quantities() -> None:
    text = (CITY / "meters.csv").read_text(encoding="utf-8")
    meters = {row["meter_id"]: row["facility_id"] for row in schema.read(text, "meters", "meters.csv")}
    billed: defaultdict[str, Decimal] = defaultdict(Decimal)
    for row in csv_rows(BILLS, "cp932")[1:]:
        assert re.fullmatch(r"99\d{20}", row[1])
        billed[meters[row[1]]] += Decimal(row[6])
    wanted: defaultdict[str, Decimal] = defaultdict(Decimal)
    for line in expected():
        if line["file"] == BILLS:
            wanted[line["facility_id"]] += Decimal(line["quantity"])
    assert billed == wanted


def test_fleet_list_has_a_byte_order_mark_and_one_slip_of_a_thousand() -> None:
    assert (INBOX / FLEET).read_bytes().startswith(b"\xef\xbb\xbf")
    diesel = [Decimal(row[3]) for row in csv_rows(FLEET, "utf-8-sig") if row[2] == "軽油"]
    true = [Decimal(line["quantity"]) for line in expected() if line["item"] == "diesel" and line["file"] == FLEET]
    assert diesel[1] * 1000 == true[0]
    assert diesel[2] == true[1]


def test_one_hall_is_spelt_otherwise() -> None:
    written = {row[0] for row in csv_rows(HALLS, "cp932") if row}
    assert "高崎谷会館" in written
    assert "髙﨑谷会館" in set(names().values())
    assert "髙﨑谷会館" not in written


def test_expected_values_are_months_that_the_ledger_lacks() -> None:
    have = {(row["facility_id"], row["item"], row["start"].isoformat()) for row in ledger()}
    assert [line for line in expected() if (line["facility_id"], line["item"], line["start"]) in have] == []


@pytest.mark.parametrize("line", ["朝読中学校", "ほうき星消防団詰所", "早起消防団詰所", "公用車", "髙﨑谷会館"])
def test_readme_lists_every_deliberate_mistake(line: str) -> None:
    mistakes = (INBOX / "README.md").read_text(encoding="utf-8").partition("Deliberate mistakes")[2]
    assert line in mistakes

"""The downloads obey the government's rules of machine readability, judged by the importer's own checks."""

from __future__ import annotations

import json
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest

from kotsukotsu.documents.data import NUMBERS
from kotsukotsu.documents.data_files import downloads
from kotsukotsu.documents.workbook import overview_workbook
from kotsukotsu.importers import readability
from kotsukotsu.importers.model import Book, RawRow, Reading, Sheet, Table
from kotsukotsu.importers.sheets import open_book
from tests.documents.conftest import Made

BY_PEOPLE = set(readability._BY_PEOPLE)


@pytest.fixture(scope="module")
def files(city: Made):
    return downloads(city.overview, city.results, city.names)


def table(sheet: Sheet) -> Table:
    """A sheet as the one table it is, each quantity with its unit."""
    heads = [sheet.cell(0, column).text for column in range(sheet.width)]
    return Table("long_list", sheet.name, 0, tuple(raw_rows(sheet, heads)))


def raw_rows(sheet: Sheet, heads: list[str]):
    for row in range(1, sheet.height):
        yield RawRow(sheet.name, row, 0, Reading("text", text=sheet.cell(row, 0).text))
        for column in (heads.index(name) for name in NUMBERS if name in heads):
            text = sheet.cell(row, column).text
            unit = sheet.cell(row, heads.index("unit")).text
            kind = "number" if text else "missing"
            value = Decimal(text) if text else None
            yield RawRow(sheet.name, row, column, Reading(kind, value), unit=unit)


def broken(book: Book) -> dict[str, str]:
    checks = readability.check(book, [table(sheet) for sheet in book.sheets])
    return {check.rule: check.state for check in checks if check.rule not in BY_PEOPLE and check.state != "clear"}


def test_every_rule_that_a_program_can_look_at_is_kept_in_the_workbook(files):
    book = open_book(files["emissions.xlsx"], "emissions.xlsx")
    assert len(book.sheets) == 3
    assert broken(book) == {"L1-14": "not_run"}  # a rule for CSV


@pytest.mark.parametrize("name", ["emissions.csv", "emissions-codes.csv", "emissions-metadata.csv"])
def test_every_rule_is_kept_in_the_csv_files(files, name):
    assert broken(open_book(files[name], name)) == dict.fromkeys(("L1-12", "L1-13", "L2-06", "L1-10"), "not_run")
    assert files[name].startswith(b"\xef\xbb\xbf")


def test_a_joined_cell_and_a_hidden_row_would_be_found(files):
    book = openpyxl.load_workbook(BytesIO(files["emissions.xlsx"]))
    book["データ"].merge_cells("A2:A3")
    book["コード表"].row_dimensions[2].hidden = True
    out = BytesIO()
    book.save(out)
    found = broken(open_book(out.getvalue(), "x.xlsx"))
    assert {"L1-12", "L1-13"} <= {rule for rule, state in found.items() if state == "found"}


def test_sheets_to_print_are_kept_out_of_the_data(files, city: Made):
    printed = openpyxl.load_workbook(BytesIO(overview_workbook(city.overview, city.results, city.names)))
    data = openpyxl.load_workbook(BytesIO(files["emissions.xlsx"]))
    assert printed.sheetnames[-3:] == data.sheetnames == ["データ", "コード表", "メタデータ"]


def test_json_has_the_same_rows_with_every_digit(files, city: Made):
    body = json.loads(files["emissions.json"])
    assert files["emissions.json"].decode() == json.dumps(body, ensure_ascii=False, indent=1) + "\n"
    year = [row for row in body["rows"] if row["fiscal_year"] == 2024]
    assert sum((Decimal(row["tonnes_co2e"]) for row in year), Decimal(0)) == city.results[2024].total
    assert body["metadata"]["municipality_code"] == "999016"
    assert {"kind": "facility", "code": "f001", "name": "コツコツ市役所"} in body["codes"]


def test_the_metadata_say_what_was_stated_before_and_for_whom_to_ask(files):
    meta = json.loads(files["emissions.json"])["metadata"]
    assert "20529" in meta["history_1"]
    assert "21001" in meta["history_2"]
    assert meta["licence"]
    assert meta["contact"] == "コツコツ市（架空）"

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from kotsukotsu.cli.formats import View
from kotsukotsu.cli.formats.xlsx import write
from kotsukotsu.documents import workbook
from kotsukotsu.documents.model import Overview
from tests.documents.conftest import Made

PRINTED = ["総括", "項目別", "所管課別", "施設別", "推移"]
MACHINE = ["データ", "コード表", "メタデータ"]


@pytest.fixture(scope="module")
def written(city: Made, shown: Overview) -> bytes:
    return workbook.overview_workbook(shown, city.results, city.names)


@pytest.fixture(scope="module")
def book(written: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(BytesIO(written))


def records(book: openpyxl.Workbook) -> list[Mapping[str, Any]]:
    rows = book["データ"].iter_rows(values_only=True)
    heads = next(rows)
    return [dict(zip(heads, row, strict=True)) for row in rows]


def test_sheets_are_in_order(book: openpyxl.Workbook) -> None:
    assert book.sheetnames == [*PRINTED, *MACHINE]


def test_all_digits_add_up_to_the_inventory(book: openpyxl.Workbook, city: Made) -> None:
    for fy, result in city.results.items():
        texts = [row["tonnes_co2e_text"] for row in records(book) if row["fiscal_year"] == fy]
        assert sum(map(Decimal, texts), Decimal(0)) == result.total


def test_numbers_that_excel_holds_add_up_too(written: bytes, city: Made) -> None:
    rows = CalamineWorkbook.from_filelike(BytesIO(written)).get_sheet_by_name("データ").to_python()
    year, tonnes = rows[0].index("fiscal_year"), rows[0].index("tonnes_co2e")
    found = sum(row[tonnes] for row in rows[1:] if row[year] == 2024)
    assert found == pytest.approx(float(city.results[2024].total), rel=1e-12)


def test_printed_totals_are_those_of_the_page(book: openpyxl.Workbook, shown: Overview) -> None:
    total = shown.totals.total.printed
    for name in ("項目別", "所管課別", "施設別"):
        row = next(row for row in book[name].iter_rows(values_only=True) if "合計" in row)
        assert total in row
        assert shown.totals.base.printed in row


def test_data_sheets_are_for_machines(book: openpyxl.Workbook) -> None:
    for name in MACHINE:
        sheet = book[name]
        heads = [cell.value for cell in sheet[1]]
        assert not sheet.merged_cells.ranges
        assert all(head and head.isascii() for head in heads)
        assert len(set(heads)) == len(heads)
        assert all(any(value is not None for value in row) for row in sheet.iter_rows(values_only=True))


def test_every_head_and_code_is_explained(book: openpyxl.Workbook) -> None:
    told = {(kind, code) for kind, code, _ in book["コード表"].iter_rows(min_row=2, values_only=True)}
    rows = records(book)
    assert {("column", head) for head in rows[0]} <= told
    for column in ("facility", "item", "unit", "status", "year_state"):
        assert {(column, row[column]) for row in rows} <= told


def test_incomplete_years_are_marked_in_the_data(book: openpyxl.Workbook) -> None:
    states = {(row["fiscal_year"], row["year_state"]) for row in records(book)}
    assert states == {(2013, "complete"), (2024, "complete"), (2025, "incomplete")}
    meta = dict(book["メタデータ"].iter_rows(min_row=2, values_only=True))
    assert (meta["incomplete_fiscal_years"], meta["catalogue"], meta["made_on"]) == ("2025", "2026.1", "2026-06-01")


def test_print_sheets_are_a4_across_with_repeated_heads(book: openpyxl.Workbook) -> None:
    for name in PRINTED:
        assert (book[name].page_setup.orientation, book[name].page_setup.paperSize) == ("landscape", 9)
    assert book["施設別"].print_title_rows


def test_negatives_are_numbers_with_the_sign_of_the_office(book: openpyxl.Workbook) -> None:
    cells = [cell for row in book["項目別"].iter_rows() for cell in row if isinstance(cell.value, int | float)]
    assert any(cell.value < 0 for cell in cells)
    assert {cell.number_format for cell in cells} == {'#,##0;"△"#,##0', '#,##0.0;"△"#,##0.0'}


def test_a_name_is_never_a_formula(city: Made, shown: Overview) -> None:
    bad = "=HYPERLINK(1)"
    names = {**city.names, "facility": lambda _: bad}
    found = replace(shown, facilities=tuple(replace(part, name=bad) for part in shown.facilities))
    book = openpyxl.load_workbook(BytesIO(workbook.overview_workbook(found, {2024: city.results[2024]}, names)))
    for name in ("施設別", "データ", "コード表"):
        cells = [cell for row in book[name].iter_rows() for cell in row if cell.value == bad]
        assert cells
        assert all(cell.data_type == "s" for cell in cells)
    assert book["データ"]["E2"].quotePrefix


def test_a_bill_changes_the_workbook_as_it_changes_the_page(changed: Made) -> None:
    found = changed.overview
    book = openpyxl.load_workbook(BytesIO(workbook.overview_workbook(found, changed.results, changed.names)))
    values = [value for name in PRINTED for row in book[name].iter_rows(values_only=True) for value in row]
    assert found.totals.total.printed in values
    assert 14787 not in values


def test_the_same_figures_make_the_same_file(city: Made, shown: Overview, written: bytes) -> None:
    assert workbook.overview_workbook(shown, city.results, city.names) == written


def test_the_format_xlsx_has_the_columns_asked_for(city: Made, tmp_path) -> None:
    out = tmp_path / "F.xlsx"
    write(View(city.results[2024], ("department", "sector"), city.findings[2024], city.names, out))
    rows = records(openpyxl.load_workbook(out))
    assert {"department", "department_name", "sector", "sector_name"} <= set(rows[0])
    assert "facility" not in rows[0]
    assert sum((Decimal(row["tonnes_co2e_text"]) for row in rows), Decimal(0)) == city.results[2024].total

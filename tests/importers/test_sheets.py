from __future__ import annotations

import io
import zipfile
from datetime import date
from decimal import Decimal

import pytest
import xlsxwriter

from kotsukotsu.errors import ImportFileError
from kotsukotsu.importers.sheets import exact, open_book

NAMES = [["施設名", "量"], ["㈱髙﨑プール", Decimal("0.1")], ["小学校", Decimal(1234567)]]


def test_kind_is_found_by_content_whatever_the_name(samples) -> None:
    made = {
        "xlsx": samples.as_xlsx({"表": NAMES}),
        "xls": samples.as_xls({"表": NAMES}),
        "ods": samples.as_ods({"表": NAMES}),
        "csv": samples.as_csv(NAMES, "cp932"),
    }
    for kind, data in made.items():
        book = open_book(data, "回答.txt")
        assert book.kind == kind
        assert [[cell.text for cell in row] for row in book.sheets[0].rows] == [
            ["施設名", "量"],
            ["㈱髙﨑プール", "0.1"],
            ["小学校", "1234567"],
        ]


def test_numbers_of_excel_are_what_was_typed() -> None:
    assert [str(exact(value)) for value in (0.1, 1e15, 0.1 + 0.2, 123456.789, 3)] == [
        "0.1", "1000000000000000", "0.3", "123456.789", "3",
    ]  # fmt: skip


def test_hidden_rows_and_joined_cells_are_seen_in_every_kind(samples) -> None:
    grid = [["題名", "", ""], ["a", 1, 2], ["b", 3, 4]]
    for book in (
        open_book(samples.as_xlsx({"表": grid}, merged={"表": [(0, 0, 0, 2)]}, hidden_rows={"表": [2]}), "x"),
        open_book(samples.as_ods({"表": grid}, spans={"表": {(0, 0): 3}}, hidden_rows={"表": [2]}), "x"),
    ):
        sheet = book.sheets[0]
        assert sheet.hidden_rows == {2}
        assert sheet.merged == ((0, 0, 0, 2),)
        assert sheet.label(0, 2).text == "題名"
    assert open_book(samples.as_xls({"表": grid}, hidden_rows={"表": [2]}), "x").sheets[0].hidden_rows == {2}


def test_hidden_columns_and_sheets_are_seen() -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet("表")
        sheet.write(0, 2, 5)
        sheet.set_column(2, 2, None, None, {"hidden": True})
        book.add_worksheet("旧").hide()
    shown, hidden = open_book(out.getvalue(), "x").sheets
    assert shown.hidden_columns == {2}
    assert (shown.visible, hidden.visible) == (True, False)


def test_errors_dates_and_formulas_without_result_are_told_apart(samples) -> None:
    cells = open_book(samples.as_xlsx({"表": [["=#REF!", "=A1", date(2024, 4, 1), 5]]}), "x").sheets[0].rows[0]
    assert [cell.kind for cell in cells] == ["error", "uncomputed", "date", "number"]
    assert cells[0].text == "#REF!"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "IM-01"),
        (b" \n", "IM-01"),
        (b"%PDF-1.7 ...", "IM-03"),
        (b"<html><table></table></html>", "IM-03"),
        (b"PK\x03\x04broken", "IM-04"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 2000, "IM-04"),
        (b"\x89\x00\x01\x02\xff\xfe\xfd", "IM-02"),
    ],
    ids=["empty", "blank", "pdf", "html", "broken zip", "broken ole", "no text"],
)
def test_what_cannot_be_read_is_refused_in_words(data: bytes, code: str) -> None:
    with pytest.raises(ImportFileError) as caught:
        open_book(data, "届いた.xlsx")
    assert caught.value.code == code
    assert "届いた.xlsx" in str(caught.value)


def test_a_word_file_is_no_spreadsheet() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
    with pytest.raises(ImportFileError, match="表計算のファイルではありません"):
        open_book(out.getvalue(), "x.xlsx")


def test_a_sheet_with_a_lone_cell_far_away_is_refused_before_it_fills_the_memory() -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, 1)
        sheet.write(1_048_575, 16_383, 1)
    with pytest.raises(ImportFileError) as caught:
        open_book(out.getvalue(), "x")
    assert caught.value.code == "IM-06"


def test_a_zip_bomb_is_refused_unopened() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open("xl/worksheets/sheet1.xml", "w") as member:
            for _ in range(301):
                member.write(b"0" * 1_000_000)
    with pytest.raises(ImportFileError) as caught:
        open_book(out.getvalue(), "x")
    assert caught.value.code == "IM-06"


@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_columns_are_divided_by_comma_tab_or_semicolon(samples, delimiter: str) -> None:
    book = open_book(samples.as_csv(NAMES, "utf-8", delimiter), "x.csv")
    assert [len(row) for row in book.sheets[0].rows] == [2, 2, 2]

"""The form a clerk gets, fills in and sends back."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal

import openpyxl
import pytest

from kotsukotsu.errors import ImportFileError
from kotsukotsu.importers.forms import Form, FormRow, form
from kotsukotsu.importers.items import Item
from kotsukotsu.periods import FiscalYear

LAST = [Decimal(100 + m) for m in range(11)] + [Decimal("7.5")]
ROWS = (
    FormRow("F001", "市役所本庁舎", "electricity", "電気", "kWh", last_year=LAST),
    FormRow("F001", "市役所本庁舎", "kerosene", "灯油", "L", last_year=["-", None, *LAST[:10]]),
    FormRow("F002", "㈱髙﨑プール", "electricity", "電気", "kWh"),
)


def made(rows=ROWS) -> bytes:
    return form(Form("こつこつ市", "総務課", FiscalYear(2025), tuple(rows), "令和8年4月24日"))


def filled(entries: dict[tuple[int, int], object], rows=ROWS, change=lambda sheet: None) -> bytes:
    """Row and month (0 is April) of the yellow cells to what the clerk enters, and what else they do to the sheet."""
    book = openpyxl.load_workbook(io.BytesIO(made(rows)))
    sheet = book["入力"]
    for (row, month), value in entries.items():
        sheet.cell(5 + 2 * row, month_column(sheet) + month).value = value
    change(sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def month_column(sheet) -> int:
    return next(cell.column for cell in sheet[4] if cell.value == "4月")


def test_title_names_the_year_in_both_ways() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(made()))["入力"]
    assert sheet["A1"].value.startswith("令和7（2025）年度")


def test_only_the_yellow_cells_can_be_changed() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(made()))["入力"]
    assert sheet.protection.sheet
    unlocked = [cell for row in sheet.iter_rows() for cell in row if not cell.protection.locked]
    assert len(unlocked) == len(ROWS) * 14
    assert {cell.fill.start_color.rgb for cell in unlocked} == {"FFFFF2CC"}


def test_sheet_is_made_for_a4_with_a_fixed_header_and_checked_entry() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(made()))["入力"]
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.print_title_rows == "$4:$4"
    assert sheet.freeze_panes == "G5"
    assert sheet.data_validations.dataValidation[0].formula1 == 'OR(AND(ISNUMBER(G5),G5>=0),G5="-")'


def test_nothing_is_hidden_and_nothing_is_joined() -> None:
    book = openpyxl.load_workbook(io.BytesIO(made()))
    for sheet in book:
        assert not sheet.merged_cells.ranges
        assert not [key for key, line in sheet.row_dimensions.items() if line.hidden]
        assert not [key for key, line in sheet.column_dimensions.items() if line.hidden]
        assert sheet.sheet_state == "visible"


def test_last_year_stands_below_each_row_of_entries() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(made()))["入力"]
    assert [sheet.cell(6, 7 + m).value for m in range(12)] == [float(value) for value in LAST]
    assert sheet.cell(8, 7).value == "-"


def test_filled_form_comes_back_exactly(load) -> None:
    entries = {(0, m): 1000.5 + m for m in range(12)} | {(1, 0): "-", (1, 1): 0, (2, 11): 12345678}
    result = load(filled(entries), "総務課.xlsx")
    found = {(row["facility_id"], row["item"], row["start"].month): row for row, _ in result.changes}
    assert result.layouts == ("entry_form",)
    assert [found["F001", "electricity", (m + 3) % 12 + 1]["quantity"] for m in range(12)] == [
        Decimal("1000.5") + m for m in range(12)
    ]
    assert found["F001", "kerosene", 4]["basis"] == "not_occurring"
    assert found["F001", "kerosene", 5]["quantity"] == 0
    assert found["F002", "electricity", 3]["start"] == date(2026, 3, 1)
    assert result.counts == {"new": 15, "same": 0, "corrects": 0, "rejected": 0, "blank": 21, "ignored": 0}


def test_last_year_is_never_read_back(load) -> None:
    assert load(made(), "総務課.xlsx").changes == []


def test_a_form_is_not_blamed_for_its_own_sums_title_guide_or_last_years_rows(load) -> None:
    assert load(filled({(0, 0): 5}, ROWS[:2]), "総務課.xlsx").findings == ()
    noted = load(filled({(0, 0): 5}, ROWS[:2], lambda sheet: sheet.cell(10, 2, "8月は休館")), "総務課.xlsx")
    assert [(one.code, one.where) for one in noted.findings] == [("L1-04", "入力!B10")]


MOVED = {
    "above": lambda sheet: sheet.insert_rows(1),
    "below the headings": lambda sheet: sheet.insert_rows(5),
    "between": lambda sheet: sheet.insert_rows(8),
    "to the left": lambda sheet: sheet.insert_cols(1, 2),
    "codes only": lambda sheet: (sheet.delete_cols(4), sheet.delete_cols(2)),
    "no code of the item": lambda sheet: sheet.delete_cols(3),
    "no total": lambda sheet: sheet.delete_cols(19),
    "another order": lambda sheet: sheet.move_range("E4:F8", cols=20),
    "another name": lambda sheet: setattr(sheet, "title", "Sheet1"),
}


@pytest.mark.parametrize("change", MOVED.values(), ids=MOVED)
def test_a_form_whose_rows_columns_or_sheet_were_moved_is_read_as_before(load, change) -> None:
    entries = {(0, 0): 5, (1, 1): 7, (1, 11): 9}
    plain, moved = (load(filled(entries, ROWS[:2], how), "総務課.xlsx") for how in (lambda sheet: None, change))
    said = [[(row["facility_id"], row["item"], row["start"], row["quantity"], row["unit"]) for row, _ in one.changes]
            for one in (plain, moved)]  # fmt: skip
    assert said[0] == said[1] != []
    assert {one.code for one in moved.findings} <= {"L1-03"}


@pytest.mark.parametrize("column", [5, 6], ids=["unit", "year"])
@pytest.mark.parametrize("code", [1, 3], ids=["facility", "item"])
def test_a_form_without_the_column_that_tells_the_years_apart_is_refused(load, column, code) -> None:
    def change(sheet):
        sheet.delete_cols(column)
        sheet.delete_cols(code)

    with pytest.raises(ImportFileError, match=r"入力!A4 .*「(単位|年度区分)」の列がありません"):
        load(filled({(0, 0): 5}, change=change), "総務課.xlsx")


def test_estimated_months_and_remarks_come_back(load) -> None:
    result = load(filled({(0, 4): 10, (0, 5): 11, (0, 12 + 1): "8月", (0, 12 + 2): "検針できず"}), "総務課.xlsx")
    assert [(row["basis"], row["note"]) for row, _ in result.changes] == [
        ("estimated", "検針できず"),
        ("measured", "検針できず"),
    ]


def test_two_meters_of_one_facility_are_kept_apart(load) -> None:
    rows = [FormRow("F001", "市役所本庁舎", "electricity", "電気", "kWh", meter) for meter in ("m1", "m2")]
    result = load(filled({(0, 0): 1, (1, 0): 2}, rows), "総務課.xlsx")
    assert [(row["meter_id"], row["quantity"]) for row, _ in result.changes] == [("m1", 1), ("m2", 2)]


def test_units_are_words_and_are_read_back(load) -> None:
    rows = [FormRow("F001", "市役所本庁舎", "septic_tank", "浄化槽", "person_year")]
    data = filled({(0, 3): 71}, rows)
    said = {cell.value for line in openpyxl.load_workbook(io.BytesIO(data))["入力"].iter_rows() for cell in line}
    assert ("人・年" in said, "person_year" in said) == (True, False)
    item = Item("septic_tank", "浄化槽", ("person_year",))
    ((row, _),) = load(data, "総務課.xlsx", items=(item,)).changes
    assert (row["quantity"], row["unit"]) == (71, "person_year")


@pytest.mark.parametrize("language", ["ja", "en"])
def test_form_is_japanese_whatever_the_language_of_the_user(monkeypatch, load, language: str) -> None:
    monkeypatch.setenv("KOTSUKOTSU_LANG", language)
    assert load(filled({(0, 0): 5}), "総務課.xlsx").counts["new"] == 1

"""Facility x month in one sheet: merged title, two header rows, sections with subtotals, a hidden row."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from examples.make_kotsukotsu_inbox.book import CREATED, Number, number
from examples.make_kotsukotsu_inbox.dress import dressed
from examples.make_kotsukotsu_inbox.tables import slip, title
from examples.make_kotsukotsu_inbox.truth import months, names, value

FIRST_MONTH_COLUMN = 3
SECTIONS = (("小学校", "小学校"), ("中学校", "中学校"), ("義務教育学校", "学園"))
WRONG_BY = 1000


def write(path: Path) -> None:
    """Write the workbook."""
    with xlsxwriter.Workbook(str(path)) as book:
        book.set_properties({"created": CREATED})
        bold = book.add_format({"bold": True, "align": "center", "border": 1})
        sheet = book.add_worksheet("R7電気")
        row = _head(sheet, path.name, bold)
        row, total = _sections(sheet, path.name, row)
        _line(sheet, row, "合計", total)
        row += 2
        for note in title(path.name)["below"].split("／"):
            sheet.write(row, 0, note)
            row += 1
        _guide(book.add_worksheet("記入要領"), path.name)


def _head(sheet: Worksheet, file: str, bold: Format) -> int:
    last = FIRST_MONTH_COLUMN + len(months(file))
    sheet.merge_range(0, 0, 0, last, title(file)["title"], bold)
    sheet.write(1, 0, title(file)["above"])
    sheet.merge_range(3, FIRST_MONTH_COLUMN, 3, FIRST_MONTH_COLUMN + 8, "令和７年", bold)
    sheet.merge_range(3, FIRST_MONTH_COLUMN + 9, 3, FIRST_MONTH_COLUMN + 11, "令和８年", bold)
    heads = ["No.", "施設名", "所管課", *(f"{m.month}月" for m in months(file)), "計"]
    for column, head in enumerate(heads):
        sheet.write(4, column, head, bold)
    return 5


def _sections(sheet: Worksheet, file: str, row: int) -> tuple[int, list[Decimal]]:
    total = [Decimal(0)] * len(months(file))
    for label, ending in SECTIONS:
        part = [Decimal(0)] * len(months(file))
        for index, name in enumerate((n for n in names(file) if n.endswith(ending)), start=1):
            values = [value(file, name, "electricity", month) or Decimal(0) for month in months(file)]
            _facility(sheet, file, row, (index, name), values)
            part = [a + b for a, b in zip(part, values, strict=True)]
            row += 1
        if label == "小学校":
            _closed(sheet, row)
            row += 1
        _line(sheet, row, f"{label}　小計", part)
        total = [a + b for a, b in zip(total, part, strict=True)]
        row += 1
    return row, total


def _facility(sheet: Worksheet, file: str, row: int, who: tuple[int, str], values: list[Decimal]) -> None:
    index, name = who
    sheet.write(row, 0, index)
    sheet.write(row, 1, name)
    sheet.write(row, 2, "教育総務課" if index == 1 else "〃")
    for offset, quantity in enumerate(values):
        written: Number = number(dressed(quantity, "kWh", file, name, str(offset)))
        sheet.write(row, FIRST_MONTH_COLUMN + offset, written)
    wrong = WRONG_BY if slip("wrong_total", file, name) else 0
    sheet.write(row, FIRST_MONTH_COLUMN + len(values), number(sum(values, Decimal(wrong))))


def _line(sheet: Worksheet, row: int, label: str, values: list[Decimal]) -> None:
    sheet.write(row, 1, label)
    for offset, quantity in enumerate([*values, sum(values, Decimal(0))]):
        sheet.write(row, FIRST_MONTH_COLUMN + offset, number(quantity))


def _closed(sheet: Worksheet, row: int) -> None:
    """A school closed years ago, in a row that someone hid."""
    sheet.write(row, 1, "月歩小学校")
    sheet.write(row, 2, "〃")
    for offset in range(12):
        sheet.write(row, FIRST_MONTH_COLUMN + offset, "-")
    sheet.set_row(row, None, None, {"hidden": True})


def _guide(sheet: Worksheet, file: str) -> None:
    sheet.write(0, 0, "記入要領")
    sheet.write(1, 0, "検針票を見て、黄色の欄に使用量を記入してください。")
    sheet.write(2, 0, f"担当：{title(file)['person']}")

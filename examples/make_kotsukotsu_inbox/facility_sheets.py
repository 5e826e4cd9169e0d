"""One sheet per facility, item x month, with what it does not use marked as －."""

from __future__ import annotations

from pathlib import Path

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from examples.make_kotsukotsu_inbox.book import CREATED, number
from examples.make_kotsukotsu_inbox.dress import dressed
from examples.make_kotsukotsu_inbox.tables import title, word
from examples.make_kotsukotsu_inbox.truth import items, months, names, value

HEAD_ROW = 4
FIRST_MONTH_COLUMN = 2
# Excel allows 31 characters and none of these in a sheet's name.
SHEET_NAME = str.maketrans("", "", "[]:*?/\\")


def write(path: Path) -> None:
    """Write the workbook."""
    with xlsxwriter.Workbook(str(path)) as book:
        book.set_properties({"created": CREATED})
        bold = book.add_format({"bold": True, "border": 1})
        for name in names(path.name):
            _sheet(book, path.name, name, bold)


def _sheet(book: Workbook, file: str, name: str, bold: Format) -> None:
    sheet = book.add_worksheet(name.translate(SHEET_NAME)[:31])
    last = FIRST_MONTH_COLUMN + len(months(file))
    sheet.merge_range(0, 0, 0, last, title(file)["title"], bold)
    sheet.write(1, 0, f"施設名：　{name}")
    sheet.write(2, 0, f"担当：{title(file)['person']}")
    sheet.write(3, 0, title(file)["above"])
    heads = ["項目", "単位", *(f"R{m.year - 2018}.{m.month}月" for m in months(file)), "計"]
    for column, head in enumerate(heads):
        sheet.write(HEAD_ROW, column, head, bold)
    for row, item in enumerate(items(file), start=HEAD_ROW + 1):
        _item(sheet, row, file, name, item)
    sheet.write(HEAD_ROW + len(items(file)) + 2, 0, title(file)["below"])


def _item(sheet: Worksheet, row: int, file: str, name: str, item: str) -> None:
    sheet.write(row, 0, word(item)["word"])
    sheet.write(row, 1, word(item)["unit"])
    used = item in items(file, name)
    values = [value(file, name, item, month) for month in months(file)]
    for column, quantity in enumerate(values, start=FIRST_MONTH_COLUMN):
        if quantity is not None:
            sheet.write(row, column, number(dressed(quantity, word(item)["unit"], file, name, item, str(column))))
        elif not used:
            sheet.write(row, column, "－")
    if used:
        total = sum(quantity for quantity in values if quantity is not None)
        sheet.write(row, FIRST_MONTH_COLUMN + len(values), float(total))

"""An .xls of the old kind: facility x month, last year's total and the change with △ beside it."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import xlwt

from examples.make_kotsukotsu_inbox.book import number
from examples.make_kotsukotsu_inbox.dress import change, dressed
from examples.make_kotsukotsu_inbox.tables import title
from examples.make_kotsukotsu_inbox.truth import last_year, months, names, value

HEAD_ROW = 3


def write(path: Path) -> None:
    """Write the workbook."""
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("保育所")
    columns = len(months(path.name)) + 4
    sheet.write_merge(0, 0, 0, columns - 1, title(path.name)["title"])
    sheet.write(1, columns - 1, title(path.name)["above"])
    heads = ["施設名", *(f"{m.month}月" for m in months(path.name)), "計", "前年度計", "増減（△は減）"]
    for column, head in enumerate(heads):
        sheet.write(HEAD_ROW, column, head)
    for row, name in enumerate(names(path.name), start=HEAD_ROW + 1):
        _facility(sheet, row, path.name, name)
    end = HEAD_ROW + len(names(path.name)) + 2
    sheet.write(end, 0, title(path.name)["below"])
    sheet.write(end + 1, 0, title(path.name)["person"])
    book.save(str(path))


def _facility(sheet: xlwt.Worksheet, row: int, file: str, name: str) -> None:
    sheet.write(row, 0, name)
    values = [value(file, name, "electricity", month) or Decimal(0) for month in months(file)]
    for column, quantity in enumerate(values, start=1):
        sheet.write(row, column, number(dressed(quantity, "kWh", file, name, str(column))))
    total = sum(values, Decimal(0))
    before = last_year(name, "electricity")
    for column, cell in enumerate((number(total), number(before), change(total, before))):
        sheet.write(row, 1 + len(values) + column, cell)

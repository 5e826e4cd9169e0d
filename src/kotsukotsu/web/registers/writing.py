"""A register as a workbook or CSV, which `fates` takes in again."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from functools import partial
from io import BytesIO, StringIO
from typing import Any

import xlsxwriter

from kotsukotsu import schema, texts
from kotsukotsu.documents.data import harmless
from kotsukotsu.schema import Column, Row
from kotsukotsu.web.registers import references, values
from kotsukotsu.web.registers.kinds import Register, heading, reading
from kotsukotsu.web.registers.references import Names

OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "remove_timezone": True}
WIDTH = 18


def workbook(register: Register, rows: Iterable[Row]) -> bytes:
    """Data with a heading each, and a sheet that says what the columns mean."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, OPTIONS)
    bold = book.add_format({"bold": True, "bottom": 1})
    sheet = book.add_worksheet(register.name[:31])
    columns = _columns(register, rows := list(rows))
    sheet.write_row(0, 0, [head for head, _ in columns], bold)
    for number, row in enumerate(rows, 1):
        for place, (_, cell) in enumerate(columns):
            _cell(sheet, number, place, *cell(row))
    sheet.freeze_panes(1, 1)
    sheet.set_column(0, len(columns), WIDTH)
    sheet.autofilter(0, 0, max(len(rows), 1), len(columns) - 1)
    _meanings(book, register, bold)
    book.close()
    return out.getvalue()


def _columns(register: Register, rows: Sequence[Row]) -> list[tuple[str, Callable[[Row], tuple[object, str]]]]:
    """Headings with what a row shows below them: value and text. Names to read stand beside their codes."""
    known = references.of(register.table, tuple(column.column for column in register.columns))
    found: list[tuple[str, Callable[[Row], tuple[object, str]]]] = []
    for column in register.columns:
        found.append((heading(column), partial(_own, column)))
        if references.is_named_beside(column.column, known):
            found.append((reading(column), partial(_name, column.column, known[column.column])))
    return [*found, *((name, partial(_more, name)) for name in _beyond(register, rows))]


def _own(column: Column, row: Row) -> tuple[object, str]:
    return row.get(column.column), values.shown(column, row.get(column.column))


def _name(column: str, names: Names, row: Row) -> tuple[object, str]:
    return None, names.get(row.get(column) or "", "")


def _more(name: str, row: Row) -> tuple[object, str]:
    return None, str(row.get(name) or "")


def _cell(sheet: Any, row: int, column: int, value: object, text: str) -> None:
    if isinstance(value, Decimal | int) and Decimal(str(float(value))) == value:
        sheet.write_number(row, column, float(value))
    elif text:
        sheet.write_string(row, column, text)


def _meanings(book: Any, register: Register, bold: Any) -> None:
    sheet = book.add_worksheet(texts.label("register.meanings"))
    heads = ("name", "column", "unit", "required", "meaning")
    sheet.write_row(0, 0, [texts.label(f"register.meaning.{head}") for head in heads], bold)
    for number, column in enumerate(register.columns, 1):
        needed = texts.label("web.required") if column.required else ""
        cells = (heading(column), column.column, column.unit, needed, column.meaning)
        for place, text in enumerate(cells):
            sheet.write_string(number, place, text)
    sheet.set_column(0, 3, WIDTH)
    sheet.set_column(4, 4, 80)


def table(register: Register, rows: Iterable[Row]) -> bytes:
    """CSV with a byte order mark, heads as in the city folder; no cell is a formula."""
    rows = list(rows)
    names = [*(column.column for column in register.columns), *_beyond(register, rows)]
    return csv_of(names, ([schema.cell(row.get(name)) for name in names] for row in rows))


def csv_of(names: Sequence[str], lines: Iterable[Sequence[str]]) -> bytes:
    """CSV with a byte order mark; a text that a spreadsheet would take for a formula is made harmless."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(names)
    writer.writerows([_safe(text) for text in line] for line in lines)
    return out.getvalue().encode("utf-8-sig")


def _safe(text: str) -> str:
    try:
        Decimal(text)
    except ArithmeticError:
        return harmless(text)
    return text


def _beyond(register: Register, rows: Sequence[Row]) -> list[str]:
    """Columns that the city has beyond the register's own."""
    own = {column.column for column in register.columns}
    return list(dict.fromkeys(name for row in rows for name in row if name not in own))

"""Rejected rows as a file: the sheet as it came, only the rows to mend, the reason beside each."""

from __future__ import annotations

import io
from decimal import Decimal
from typing import Any

import xlsxwriter

from kotsukotsu import texts
from kotsukotsu.importers.fates import Fate
from kotsukotsu.importers.model import Cell, Sheet
from kotsukotsu.importers.result import ImportResult

_FONT = {"font_name": "游ゴシック", "font_size": 10}
_EXCEL_DIGITS = 15


def rejects(result: ImportResult) -> bytes | None:
    """An xlsx to be mended and imported again; None if nothing was rejected.

    Notes
    -----
    Titles, headings and notes stay where they were, so that the mended file is read like the first; rows that were
    taken over, and totals, are left out.
    """
    if not result.rejected:
        return None
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        look = {
            "plain": book.add_format({**_FONT}),
            "day": book.add_format({**_FONT, "num_format": "yyyy/mm/dd"}),
            "bad": book.add_format({**_FONT, "bg_color": "#FDEEEE", "border": 1, "border_color": "#CE0000"}),
            "reason": book.add_format({**_FONT, "font_color": "#CE0000", "text_wrap": True, "valign": "top"}),
            "head": book.add_format({**_FONT, "bold": True, "font_color": "#CE0000"}),
        }
        for sheet in result.book.sheets:
            mine = [fate for fate in result.rejected if fate.raw.sheet == sheet.name]
            if mine:
                _write_sheet(book, look, sheet, mine, result)
    return out.getvalue()


def _write_sheet(
    book: xlsxwriter.Workbook, look: dict[str, Any], sheet: Sheet, rejected: list[Fate], result: ImportResult
) -> None:
    target = book.add_worksheet(sheet.name)
    reasons: dict[int, list[Fate]] = {}
    for fate in rejected:
        reasons.setdefault(fate.raw.row, []).append(fate)
    tables = [table for table in result.tables if table.sheet == sheet.name]
    read = {raw.row for table in tables for raw in table.rows} | {row for table in tables for row in table.totals}
    kept = [row for row in range(sheet.height) if row in reasons or row not in read]
    headers = {table.header for table in tables}
    for line, row in enumerate(kept):
        bad = {fate.raw.column for fate in reasons.get(row, ())}
        for column in range(sheet.width):
            _write(target, look, line, column, sheet.label(row, column), column in bad)
        if row in headers:
            target.write_string(line, sheet.width, texts.label("IM-R1"), look["head"])
        if row in reasons:
            target.write_string(line, sheet.width, _reason(reasons[row]), look["reason"])
    target.set_column(0, sheet.width - 1, 13)
    target.set_column(sheet.width, sheet.width, 70)


def _reason(fates: list[Fate]) -> str:
    """Every reason of a row once, with the cells it concerns."""
    cells: dict[str, list[str]] = {}
    for fate in fates:
        if fate.reason is not None:
            said = f"{fate.reason.message()} {fate.reason.advice()}"
            cells.setdefault(said, []).append(fate.raw.place.rpartition("!")[2])
    return "\n".join(f"{'、'.join(places)}: {said}" for said, places in cells.items())


def _write(target: Any, look: dict[str, Any], row: int, column: int, cell: Cell, bad: bool) -> None:
    form = look["bad" if bad else "plain"]
    value = cell.value
    if isinstance(value, bool):
        target.write_boolean(row, column, value, form)
    elif isinstance(value, Decimal) and len(value.as_tuple().digits) <= _EXCEL_DIGITS and value.is_finite():
        target.write_number(row, column, float(value), form)
    elif value is None or isinstance(value, str | Decimal):
        target.write_string(row, column, "" if value is None else str(value), form)
    elif bad:
        # In a cell formatted as a date the mended number would become a date again.
        target.write_string(row, column, value.isoformat(), form)
    else:
        target.write_datetime(row, column, value, look["day"])

"""Rejected rows as a file: the sheet as it came, only the rows to mend, the reason beside each."""

from __future__ import annotations

import io
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import xlsxwriter

from kotsukotsu import texts
from kotsukotsu.importers.fates import Fate
from kotsukotsu.importers.model import Book, Cell, Sheet
from kotsukotsu.importers.result import ImportResult

_FONT = {"font_name": "游ゴシック", "font_size": 10}
_EXCEL_DIGITS = 15
_LONGEST_NAME, _LONGEST_TEXT, _FIRST_YEAR = 31, 32_000, 1901


@dataclass(frozen=True, slots=True)
class Refused:
    """What of a sheet goes back.

    Attributes
    ----------
    headers : frozenset of int
        Lines of column headings.
    read : frozenset of int
        Lines that were read; those without a reason are left out.
    reasons : mapping
        Line to the columns at fault and the words of why.
    """

    headers: frozenset[int]
    read: frozenset[int]
    reasons: Mapping[int, tuple[frozenset[int], str]]


def rejects(result: ImportResult) -> bytes | None:
    """An xlsx to be mended and imported again; None if nothing was rejected."""
    if not result.rejected:
        return None
    return returned(result.book, {sheet.name: _refused(sheet.name, result) for sheet in result.book.sheets})


def _refused(name: str, result: ImportResult) -> Refused:
    tables = [table for table in result.tables if table.sheet == name]
    read = {raw.row for table in tables for raw in table.rows} | {row for table in tables for row in table.totals}
    fates: dict[int, list[Fate]] = {}
    for fate in result.rejected:
        if fate.raw.sheet == name:
            fates.setdefault(fate.raw.row, []).append(fate)
    reasons = {row: (frozenset(one.raw.column for one in mine), _reason(mine)) for row, mine in fates.items()}
    return Refused(frozenset(table.header for table in tables), frozenset(read), reasons)


def returned(book: Book, refused: Mapping[str, Refused]) -> bytes:
    """The lines of a file that were refused, each with its reason, as an xlsx to be mended and taken in again.

    Parameters
    ----------
    refused : mapping
        By the name of a sheet; sheets without a refused line are left out.

    Notes
    -----
    Titles, headings and notes stay where they were, so that the mended file is read like the first; rows that were
    taken over, and totals, are left out. No cell is a formula.
    """
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as target:
        look = {
            "plain": target.add_format({**_FONT}),
            "day": target.add_format({**_FONT, "num_format": "yyyy/mm/dd"}),
            "bad": target.add_format({**_FONT, "bg_color": "#FDEEEE", "border": 1, "border_color": "#CE0000"}),
            "reason": target.add_format({**_FONT, "font_color": "#CE0000", "text_wrap": True, "valign": "top"}),
            "head": target.add_format({**_FONT, "bold": True, "font_color": "#CE0000"}),
        }
        for sheet in book.sheets:
            if (mine := refused.get(sheet.name)) and mine.reasons:
                _write_sheet(target, look, sheet, mine)
    return out.getvalue()


def _write_sheet(book: xlsxwriter.Workbook, look: dict[str, Any], sheet: Sheet, refused: Refused) -> None:
    target = book.add_worksheet(sheet_name(sheet.name, {each.name.casefold() for each in book.worksheets()}))
    kept = [row for row in range(sheet.height) if row in refused.reasons or row not in refused.read]
    for line, row in enumerate(kept):
        bad, reason = refused.reasons.get(row, (frozenset(), ""))
        for column in range(sheet.width):
            _write(target, look, line, column, sheet.filled(row, column), column in bad)
        _join(target, look, sheet, row, line)
        if row in refused.headers:
            target.write_string(line, sheet.width, texts.label("IM-R1"), look["head"])
        if reason:
            target.write_string(line, sheet.width, reason[:_LONGEST_TEXT], look["reason"])
    target.set_column(0, sheet.width - 1, 13)
    target.set_column(sheet.width, sheet.width, 70)


def sheet_name(name: str, taken: Collection[str]) -> str:
    """A name that Excel accepts: at most 31 characters, without the signs it keeps for itself, each name once.

    >>> sheet_name("請求:2025/04", set()), sheet_name("a" * 40, {"a" * 31})
    ('請求_2025_04', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaa_2')
    """
    plain = re.sub(r"[\[\]:*?/\\\x00-\x1f]", "_", name).strip("'")[:_LONGEST_NAME] or "_"
    number = 2
    unique = plain
    while unique.casefold() in taken:
        unique = f"{plain[: _LONGEST_NAME - 1 - len(str(number)) - 1]}_{number}"
        number += 1
    return unique


def _join(target: Any, look: dict[str, Any], sheet: Sheet, row: int, line: int) -> None:
    """Cells joined within the row, so that a quantity for two months stays one."""
    taken: set[int] = set()
    for top, left, bottom, right in sheet.merged:
        columns = set(range(left, min(right, sheet.width) + 1))
        if top == bottom == row and len(columns) > 1 and not columns & taken:
            taken |= columns
            target.merge_range(line, left, line, max(columns), "", look["plain"])
            _write(target, look, line, left, sheet.cell(row, left), bad=False)


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
        target.write_string(row, column, "" if value is None else str(value)[:_LONGEST_TEXT], form)
    elif bad or value.year < _FIRST_YEAR:
        # In a cell formatted as a date the mended number would become a date again.
        target.write_string(row, column, value.isoformat(), form)
    else:
        target.write_datetime(row, column, value, look["day"])

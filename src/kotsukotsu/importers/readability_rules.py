"""How each rule of machine readability is looked for; see ``readability``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from kotsukotsu.findings import Finding
from kotsukotsu.importers import dates, words
from kotsukotsu.importers.encoding import has_private_use, unencodable
from kotsukotsu.importers.model import Book, Sheet, Table, column_name

_MAX_NAMED = 10
_MACHINE_SIGNS = frozenset(
    "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ㈱㈲㈹№℡㏍㍉㌔㌢㍍㌘㌧㌃㌶㍑㍗㌍㌦㌣㌫㍊㌻㎜㎝㎞㎎㎏㏄㎡㎥㍻㍼㍽㍾"
)


@dataclass(frozen=True)
class Received:
    """A file and the tables found in it."""

    book: Book
    tables: Sequence[Table]

    @property
    def sheets(self) -> list[Sheet]:
        """Sheets that hold a table."""
        used = {table.sheet for table in self.tables}
        return [sheet for sheet in self.book.sheets if sheet.name in used]

    def of(self, sheet: Sheet) -> list[Table]:
        """Tables of a sheet."""
        return [table for table in self.tables if table.sheet == sheet.name]


def _one_table(subject: Received) -> Iterable[Finding]:
    for sheet in subject.sheets:
        if (count := len(subject.of(sheet))) > 1:
            yield Finding("L1-02", sheet.name, {"count": count})


def _blank_rows(subject: Received) -> Iterable[Finding]:
    for table in subject.tables:
        sheet = next(sheet for sheet in subject.sheets if sheet.name == table.sheet)
        last = max((raw.row for raw in table.rows), default=table.header)
        blank = [
            row + 1 for row in range(table.header + 1, last) if not any(sheet.texts(row)) and row not in table.totals
        ]
        if blank:
            yield Finding("L1-03", sheet.name, {"rows": _named(map(str, blank))})


def _notes(subject: Received) -> Iterable[Finding]:
    for sheet in subject.sheets:
        last = max((raw.row for table in subject.of(sheet) for raw in table.rows), default=0)
        known = {row for table in subject.of(sheet) for row in table.totals | table.asides}
        after = [row for row in range(last + 1, sheet.height) if any(sheet.texts(row)) and row not in known]
        if after:
            place = sheet.place(after[0], next(sheet.texts(after[0]))[0])
            yield Finding("L1-04", place, {"text": next(sheet.texts(after[0]))[1][:40]})


def _layout_spaces(subject: Received) -> Iterable[Finding]:
    for sheet in subject.sheets:
        headers = {table.header for table in subject.of(sheet)}
        bad = [text for row in headers for _, text in sheet.texts(row) if "\n" in text or "　" in text or "  " in text]
        if bad:
            yield Finding("L1-06", sheet.name, {"texts": _named(words.key(text) for text in bad)})


def _several_data(subject: Received) -> Iterable[Finding]:
    bad = [raw for table in subject.tables for raw in table.rows if raw.reading.unit]
    yield from _cells("L1-07", [(raw.sheet, raw.row, raw.column) for raw in bad])


def _machine_signs(subject: Received) -> Iterable[Finding]:
    for sheet in subject.sheets:
        used = {sign for row in sheet.rows for cell in row if isinstance(cell.value, str) for sign in cell.value}
        signs = {sign for sign in used if sign in _MACHINE_SIGNS or has_private_use(sign) or unencodable(sign)}
        if signs:
            yield Finding("L1-08", sheet.name, {"signs": " ".join(sorted(signs))})


def _blank_and_zero(subject: Received) -> Iterable[Finding]:
    for table in subject.tables:
        kinds = {raw.reading.kind for raw in table.rows}
        zero = any(raw.reading.value == 0 for raw in table.rows)
        if "blank" in kinds and zero:
            count = sum(raw.reading.kind == "blank" for raw in table.rows)
            yield Finding("L1-09", table.sheet, {"count": count})


def _objects(subject: Received) -> Iterable[Finding]:
    return (Finding("L1-10", sheet.name, {}) for sheet in subject.sheets if sheet.objects)


def _merged(subject: Received) -> Iterable[Finding]:
    for sheet in subject.sheets:
        if sheet.merged:
            areas = (f"{column_name(b)}{a + 1}:{column_name(d)}{c + 1}" for a, b, c, d in sheet.merged)
            yield Finding("L1-12", sheet.name, {"cells": _named(areas)})


def _hidden(subject: Received) -> Iterable[Finding]:
    for sheet in subject.sheets:
        rows = [str(row + 1) for row in sorted(sheet.hidden_rows) if any(sheet.texts(row))]
        columns = [column_name(column) for column in sorted(sheet.hidden_columns) if column < sheet.width]
        if rows or columns:
            yield Finding("L1-13", sheet.name, {"rows": _named(rows) or "－", "columns": _named(columns) or "－"})


def _line_ends(subject: Received) -> Iterable[Finding]:
    places = [
        (sheet.name, row, column)
        for sheet in subject.sheets
        for row in range(sheet.height)
        for column, text in sheet.texts(row)
        if "\n" in text
    ]
    return _cells("L1-14", places)


def _texts_for_numbers(subject: Received) -> Iterable[Finding]:
    book = {sheet.name: sheet for sheet in subject.sheets}
    bad = [
        (raw.sheet, raw.row, raw.column)
        for table in subject.tables
        for raw in table.rows
        if raw.reading.kind == "number" and not _is_plain(book[raw.sheet], raw.row, raw.column, subject.book.kind)
    ]
    return _cells("L2-01", bad)


def _is_plain(sheet: Sheet, row: int, column: int, kind: str) -> bool:
    cell = sheet.cell(row, column)
    if kind == "csv":
        return cell.text.isascii() and not set(cell.text) - set("0123456789.-+eE")
    return cell.kind == "number"


def _omitted(subject: Received) -> Iterable[Finding]:
    for table in subject.tables:
        sheet = next(sheet for sheet in subject.sheets if sheet.name == table.sheet)
        names = {heading for heading, role in table.columns if role in ("facility", "item", "month")}
        columns = [column for column, text in sheet.texts(table.header) if words.key(text) in names]
        rows = {raw.row for raw in table.rows}
        bad = [
            (sheet.name, row, column)
            for row in sorted(rows)
            for column in columns
            if sheet.cell(row, column).text in ("", "〃", "同上", "″")
        ]
        yield from _cells("L2-02", bad)


def _same_headings(subject: Received) -> Iterable[Finding]:
    for table in subject.tables:
        sheet = next(sheet for sheet in subject.sheets if sheet.name == table.sheet)
        number = Counter(text for _, text in sheet.texts(table.header))
        twice = [(column, text) for column, text in sheet.texts(table.header) if number[text] > 1]
        if twice:
            names = _named(dict.fromkeys(text for _, text in twice))
            yield Finding("L2-03", sheet.place(table.header, twice[0][0]), {"headings": names})


def _formulas(subject: Received) -> Iterable[Finding]:
    return (Finding("L2-06", sheet.name, {"count": sheet.formulas}) for sheet in subject.sheets if sheet.formulas)


def _first_row(subject: Received) -> Iterable[Finding]:
    for sheet in subject.sheets:
        first = min(table.header for table in subject.of(sheet))
        if first:
            yield Finding("L3-01", sheet.name, {"row": first + 1})


def _no_unit(subject: Received) -> Iterable[Finding]:
    bad = [
        raw
        for table in subject.tables
        for raw in table.rows
        if raw.reading.kind == "number" and not raw.unit and not raw.reading.unit
    ]
    return _cells("L3-04", [(raw.sheet, raw.row, raw.column) for raw in bad])


def _time_axis(subject: Received) -> Iterable[Finding]:
    for table in subject.tables:
        sheet = next(sheet for sheet in subject.sheets if sheet.name == table.sheet)
        cells = [(at, cell) for at, cell in enumerate(sheet.rows[table.header]) if not isinstance(cell.value, date)]
        marks = [(at, cell, mark) for at, cell in cells if (mark := dates.month_mark(cell)) is not None]
        bad = [(at, cell) for at, cell, mark in marks if mark.year is None or not dates.plain(cell.text)[:4].isdigit()]
        if bad:
            yield Finding("L3-05", sheet.place(table.header, bad[0][0]), {"text": bad[0][1].text})


def _wide(subject: Received) -> Iterable[Finding]:
    wide = ("facility_months", "facility_sheets")
    return (Finding("L3-09", table.sheet, {}) for table in subject.tables if table.layout in wide)


def _cells(rule: str, places: Sequence[tuple[str, int, int]]) -> Iterable[Finding]:
    """One finding for all cells of a rule in a sheet."""
    for name in dict.fromkeys(place[0] for place in places):
        cells = [f"{column_name(column)}{row + 1}" for sheet, row, column in places if sheet == name]
        yield Finding(rule, f"{name}!{cells[0]}", {"cells": _named(cells), "count": len(cells)})


def _named(texts: Iterable[str]) -> str:
    every = list(texts)
    more = "" if len(every) <= _MAX_NAMED else f" …（{len(every)}）"
    return "、".join(every[:_MAX_NAMED]) + more


CHECKS: dict[str, Callable[[Received], Iterable[Finding]]] = {
    "L1-02": _one_table,
    "L1-03": _blank_rows,
    "L1-04": _notes,
    "L1-06": _layout_spaces,
    "L1-07": _several_data,
    "L1-08": _machine_signs,
    "L1-09": _blank_and_zero,
    "L1-10": _objects,
    "L1-12": _merged,
    "L1-13": _hidden,
    "L1-14": _line_ends,
    "L2-01": _texts_for_numbers,
    "L2-02": _omitted,
    "L2-03": _same_headings,
    "L2-06": _formulas,
    "L3-01": _first_row,
    "L3-04": _no_unit,
    "L3-05": _time_axis,
    "L3-09": _wide,
}

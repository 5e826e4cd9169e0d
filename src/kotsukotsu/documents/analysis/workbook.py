"""An analysis as an Excel workbook: one sheet for each table, numbers as printed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, time
from io import BytesIO
from typing import Any

import xlsxwriter

from kotsukotsu import texts
from kotsukotsu.documents.analysis import more_tables, tables
from kotsukotsu.documents.analysis.view import View
from kotsukotsu.documents.charts.picture import is_wide
from kotsukotsu.documents.table import Cell, Table
from kotsukotsu.rounding import minus

OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
FONT: dict[str, Any] = {"font_name": "BIZ UDPGothic", "font_size": 10, "valign": "top", "text_wrap": True}
A4, NARROWEST, WIDEST = 9, 9, 60
LINE = 15  # height of a line of text [pt]


def workbook(view: View) -> bytes:
    """The workbook."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, OPTIONS)
    book.set_properties({"title": tables.title(view), "created": datetime.combine(view.made, time(0), UTC)})
    sheet = Sheet(book)
    notes = (("doc.invented", view.invented), ("an.incomplete", not view.complete))
    said = [texts.label(code) for code, is_so in notes if is_so]
    said += [sentence.text for sentence in view.report.sentences]
    sheet.add("effects", tables.effects(view), [tables.title(view), *said])
    for kind, part in tables.PARTS.items():
        sheet.add(part, tables.ranked(view, kind))
    for kind in ("item", "facility"):
        sheet.add(f"by_{kind}", tables.by(view, kind))
    if view.report.chain:
        sheet.add("chain", tables.chain(view))
    sheet.add("index", tables.index(view))
    sheet.add("intensity", tables.intensity(view))
    _more(view, sheet)
    sheet.add("facility_sentences", tables.sentences(view))
    sheet.add("findings", tables.findings(view))
    book.close()
    return out.getvalue()


def _more(view: View, sheet: Sheet) -> None:
    """What was asked for beside the report."""
    more = view.more
    if more.weather:
        sheet.add("weather", more_tables.weather(view, more.weather))
    if more.measured:
        sheet.add("measured", more_tables.measured(view, more.measured))
    if more.unusual is not None:
        sheet.add("unusual", more_tables.unusual(view, more.unusual))
    if more.proposals is not None:
        sheet.add("proposals", more_tables.proposals(view, more.proposals))
    for number, unit in enumerate(more.units):
        sheet.add("units", more_tables.energy_units(view, unit), number=number)


class Sheet:
    """Adds tables to a workbook, a sheet each: A4 across, headings repeated and frozen."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._formats: dict[tuple[bool, int], Any] = {}

    def add(self, name: str, made: Table, above: Sequence[str] = (), number: int = 0) -> None:
        """A sheet with its table, and lines above it."""
        self.titled(texts.label(f"an.section.{name}") + (f" {number + 1}" if number else ""), made, above)

    def titled(self, title: str, made: Table, above: Sequence[str] = ()) -> None:
        """The same, under a title of its own."""
        sheet = self._book.add_worksheet(title)
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.fit_to_pages(1, 0)
        for row, line in enumerate((*above, made.title, made.unit)):
            sheet.write_string(row, 0, line)
        top = len(above) + 2
        sheet.freeze_panes(top + 1, 1)
        sheet.repeat_rows(top)
        self._row(sheet, top, made.headings, is_bold=True)
        widths = _widths(made)
        sheet.set_row(
            top, LINE * max(-(-_characters(one) // (room - 1)) for one, room in zip(made.headings, widths, strict=True))
        )
        for row, cells in enumerate((*made.rows, *made.totals), top + 1):
            self._row(sheet, row, cells, is_bold=row > top + len(made.rows))
        sheet.write_string(top + 2 + len(made.rows) + len(made.totals), 0, made.note)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)

    def _row(self, sheet: Any, row: int, cells: Sequence[Cell], *, is_bold: bool) -> None:
        for column, cell in enumerate(cells):
            if isinstance(cell, str) or cell.printed is None:
                sheet.write_string(row, column, str(cell), self._format(-1, is_bold=is_bold))
            else:
                digits = max(-int(cell.printed.as_tuple().exponent), 0)
                sheet.write_number(row, column, cell.printed, self._format(digits, is_bold=is_bold))

    def _format(self, digits: int, *, is_bold: bool) -> Any:
        """The format of a cell; numbers with the office's sign for minus."""
        if (is_bold, digits) not in self._formats:
            number = "#,##0" + ("." + "0" * digits if digits > 0 else "")
            shown = {"num_format": f'{number};"{minus()}"{number}'} if digits >= 0 else {}
            self._formats[is_bold, digits] = self._book.add_format({**FONT, "bold": is_bold, "bottom": 4, **shown})
        return self._formats[is_bold, digits]


def _widths(made: Table) -> list[int]:
    """Room for the widest cell of each column; headings are wrapped."""
    widths = [max(NARROWEST, -(-_characters(heading) // 2) + 2) for heading in made.headings]
    for row in (*made.rows, *made.totals):
        for column, cell in enumerate(row):
            widths[column] = max(widths[column], _characters(str(cell)) + 2)
    return [min(width, WIDEST) for width in widths]


def _characters(text: str) -> int:
    return sum(2 if is_wide(character) else 1 for character in text)

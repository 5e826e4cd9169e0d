"""Sheets to print: A4 across, heads repeated, units at the top right, numbers as printed on the page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kotsukotsu import texts
from kotsukotsu.documents import sentences
from kotsukotsu.documents.charts.picture import is_wide
from kotsukotsu.documents.model import Overview
from kotsukotsu.documents.printing import Figure
from kotsukotsu.documents.table import Row, Table
from kotsukotsu.rounding import minus

A4 = 9
FONT = "BIZ UDPGothic"
NARROWEST, WIDEST = 10, 50  # of a column [half-width characters]
LINE = 15  # height of a line of text [pt]
BASE: dict[str, Any] = {"font_name": FONT, "font_size": 10, "valign": "top"}
KINDS: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 14},
    "caption": {"bold": True, "font_size": 11},
    "plain": {"text_wrap": True},
    "note": {"font_color": "#4d4d4d", "font_size": 9},
    "unit": {"align": "right", "font_color": "#4d4d4d", "font_size": 9},
    "head": {"bold": True, "bottom": 2, "bg_color": "#f2f2f2", "text_wrap": True, "valign": "bottom",
             "align": "left", "indent": 1},
    "head_number": {"bold": True, "bottom": 2, "bg_color": "#f2f2f2", "text_wrap": True, "valign": "bottom",
                    "align": "right", "indent": 1},
    "text": {"bottom": 1, "bottom_color": "#cccccc", "text_wrap": True, "align": "left", "indent": 1},
    "number": {"bottom": 1, "bottom_color": "#cccccc", "align": "right", "indent": 1},
    "total_text": {"bold": True, "top": 1, "bottom": 1, "text_wrap": True, "align": "left", "indent": 1},
    "total_number": {"bold": True, "top": 1, "bottom": 1, "align": "right", "indent": 1},
}  # fmt: skip


class Cells:
    """Writes printed tables into the sheets of a workbook, each kind of cell with one format."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._formats: dict[tuple[str, int], Any] = {}

    def table(self, sheet: Any, top: int, made: Table, widths: Sequence[int]) -> int:
        """Caption and unit, heads, rows, note; the first free row after a gap."""
        numbers = made.numbers
        sheet.write_string(top, 0, made.title, self.format("caption"))
        sheet.write_string(top, len(made.headings) - 1, made.unit, self.format("unit"))
        headings = [_broken(heading) for heading in made.headings]
        for column, heading in enumerate(headings):
            kind = "head_number" if column in numbers else "head"
            sheet.write_string(top + 1, column, heading, self.format(kind))
        sheet.set_row(top + 1, LINE * max(map(lines_of, headings, widths)))
        row = top + 2
        for cells in made.rows:
            self._row(sheet, row, cells, "", widths)
            row += 1
        for cells in made.totals:
            self._row(sheet, row, cells, "total_", widths)
            row += 1
        if made.note:
            sheet.write_string(row, 0, made.note, self.format("note"))
            row += 1
        return row + 1

    def _row(self, sheet: Any, row: int, cells: Row, kind: str, widths: Sequence[int]) -> None:
        sheet.set_row(row, LINE * max(lines_of(str(cell), width) for cell, width in zip(cells, widths, strict=False)))
        for column, cell in enumerate(cells):
            if not isinstance(cell, Figure):
                sheet.write_string(row, column, cell, self.format(f"{kind}text"))
            elif cell.printed is None:
                sheet.write_string(row, column, cell.text, self.format(f"{kind}number"))
            else:
                digits = max(-int(cell.printed.as_tuple().exponent), 0)
                sheet.write_number(row, column, cell.printed, self.format(f"{kind}number", digits))

    def format(self, kind: str, digits: int = -1) -> Any:
        """The format of a kind of cell; numbers with the office's sign for minus."""
        if (kind, digits) not in self._formats:
            number = "#,##0" + ("." + "0" * digits if digits > 0 else "")
            shown = {"num_format": f'{number};"{minus()}"{number}'} if digits >= 0 else {}
            self._formats[kind, digits] = self._book.add_format({**BASE, **KINDS[kind], **shown})
        return self._formats[kind, digits]


class Sheets:
    """Adds print sheets to a workbook."""

    def __init__(self, book: Any, found: Overview, mark: str = "") -> None:
        self._book, self._found, self._cells, self._mark = book, found, Cells(book), mark

    def add(self, name: str, made: Sequence[Table], sentences_above: Sequence[str] = ()) -> None:
        """A sheet with its tables one under the other."""
        title = texts.label(f"doc.sheet.{name}")
        sheet = self._book.add_worksheet(title)
        last = max(len(table.headings) for table in made) - 1
        widths = widths_of(made)
        self._page(sheet, title)
        top = self._above(sheet, title, sentences_above, widths)
        if not sentences_above:
            sheet.fit_to_pages(1, 0)
        if len(made) == 1:
            sheet.repeat_rows(top + 1)
            sheet.freeze_panes(top + 2, 1)
        breaks = []
        for table in made:
            breaks.append(top)
            top = self._cells.table(sheet, top, table, widths)
        for index, width in enumerate(widths):
            sheet.set_column(index, index, width)
        if sentences_above:
            sheet.set_h_pagebreaks(breaks[1:2])
        sheet.print_area(0, 0, top - 1, last)

    def _page(self, sheet: Any, title: str) -> None:
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.set_margins(left=0.6, right=0.6, top=0.8, bottom=0.8)
        sheet.hide_gridlines(2)
        if self._mark:
            sheet.set_header(f"&R&12{self._mark.replace('&', '&&')}")
        footer = sentences.footer(self._found).replace("&", "&&")
        sheet.set_footer(f"&L&9{footer}&R&9{texts.label('doc.page', sheet=title)}")

    def _above(self, sheet: Any, title: str, told: Sequence[str], widths: Sequence[int]) -> int:
        """Title, whether the city is invented, sentences; the row where tables begin."""
        found = self._found
        head = f"{texts.label('doc.title', city=found.city, year=found.year.label)}{texts.gap()}{title}"
        invented = [texts.label("doc.invented")] if found.invented else []
        sheet.write_string(0, 0, head, self._cells.format("title"))
        for row, sentence in enumerate((*invented, *told), 1):
            sheet.merge_range(row, 0, row, len(widths) - 1, "", self._cells.format("plain"))
            sheet.write_string(row, 0, sentence, self._cells.format("plain"))
            sheet.set_row(row, LINE * lines_of(sentence, sum(widths)))
        return len(invented) + len(told) + 2


def widths_of(made: Sequence[Table]) -> list[int]:
    """Room for the widest cell of each column; heads are wrapped to half of theirs."""
    widths: dict[int, int] = {}
    for table in made:
        for row in (*table.rows, *table.totals):
            for index, cell in enumerate(row):
                widths[index] = max(widths.get(index, NARROWEST), _characters(str(cell)) + 3)
        for index, heading in enumerate(table.headings):
            widths[index] = max(widths.get(index, NARROWEST), _heading(_broken(heading)))
    return [min(widths[index], WIDEST) for index in sorted(widths)]


def _broken(heading: str) -> str:
    """A heading with its unit in brackets on a line of its own."""
    return heading if "\n" in heading else heading.replace("（", "\n（", 1)


def _heading(text: str) -> int:
    """Room for a heading: half of it where it may be wrapped, its longest line where it says its lines."""
    lines = text.split("\n")
    return max(map(_characters, lines)) + 3 if len(lines) > 1 else -(-_characters(text) // 2) + 3


def lines_of(text: str, width: int) -> int:
    """How many lines a text takes in a cell of this width, with room for its indent."""
    return sum(max(-(-(_characters(line) + 1) // max(width - 1, 1)), 1) for line in text.split("\n"))


def _characters(text: str) -> int:
    """Width of a text in half-width characters."""
    return sum(2 if is_wide(character) else 1 for character in text)

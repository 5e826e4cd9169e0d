"""The sheet 「記入のしかた」: what a clerk needs to fill in the form, on one page."""

from __future__ import annotations

from typing import Any

from kotsukotsu import texts
from kotsukotsu.importers.forms_look import Look
from kotsukotsu.periods import FiscalYear


def write(book: Any, look: Look, year: FiscalYear, *, by_reading: bool) -> None:
    """Add the sheet."""
    sheet = book.add_worksheet(texts.statement("IM-F6", {}, "ja"))
    sheet.set_column(0, 0, 100)
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 1)
    sheet.hide_gridlines(2)
    sheet.protect("")
    sheet.set_row(0, 30)
    sheet.write_string(0, 0, texts.statement("IM-F6", {}, "ja"), look.title)
    period = texts.statement("IM-H2" if by_reading else "IM-H1", {}, "ja")
    for row, code in enumerate(sorted(code for code in texts.entries() if code.startswith("IM-G")), 1):
        text = texts.statement(code, {"year": year.label(), "period": period}, "ja")
        sheet.set_row(row, 36 if len(text) > 66 else 22)
        sheet.write_string(row, 0, text, look.paragraph)

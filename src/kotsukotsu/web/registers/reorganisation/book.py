"""The facilities with their departments as a workbook: written out filled in, and read again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from io import BytesIO

import xlsxwriter

from kotsukotsu import texts
from kotsukotsu.importers.sheets import open_book
from kotsukotsu.schema.organisation import departments_of
from kotsukotsu.web.errors import WebError
from kotsukotsu.web.municipalities import tables
from kotsukotsu.web.municipalities.selectors import department_names
from kotsukotsu.web.registers.reorganisation.judge import DATED, FACILITIES, open_on
from kotsukotsu.web.registers.writing import OPTIONS

HEADS = ("code", "facility", "before", "after")
WIDTHS = (14, 40, 30, 30)


def written(day: date) -> bytes:
    """Every facility in use with its department of a day, and the same once more to be changed."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, OPTIONS)
    sheet = book.add_worksheet(texts.label("reorganise.title"))
    sheet.write_row(0, 0, [texts.label(f"reorganise.head.{head}") for head in HEADS], book.add_format({"bold": True}))
    names, facilities = department_names(day), tables.rows(FACILITIES)
    own = departments_of(facilities, tables.rows(DATED), day)
    for number, row in enumerate((row for row in facilities if open_on(row, day)), 1):
        department = names.get(own[row["facility_id"]], "")
        for place, text in enumerate((row["facility_id"], row["name"], department, department)):
            sheet.write_string(number, place, text)
    for place, width in enumerate(WIDTHS):
        sheet.set_column(place, place, width)
    sheet.freeze_panes(1, 2)
    book.close()
    return out.getvalue()


def moves(data: bytes, name: str) -> Iterator[tuple[str, str]]:
    """Facilities and their new departments, of the rows in which these are other than those of now.

    Raises
    ------
    ImportFileError
        If the file cannot be read.
    WebError
        WR-08 no sheet has the headings.
    """
    heads = [texts.label(f"reorganise.head.{head}") for head in HEADS]
    for sheet in open_book(data, name).sheets:
        places = {text: place for place, text in sheet.texts(0)} if sheet.height else {}
        if set(heads) <= places.keys():
            for number in range(1, sheet.height):
                code, _, before, after = (sheet.cell(number, places[head]).text for head in heads)
                if code and after and after != before:
                    yield code, after
            return
    raise WebError("WR-08", file=name, columns=texts.listed(heads))

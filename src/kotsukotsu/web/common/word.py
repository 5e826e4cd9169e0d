"""A Word file of paragraphs and tables on A4, as a city office writes letters and lists."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FONT, LATIN = "BIZ UDPゴシック", "Arial"
MARGIN, SIZE, SMALL, ROOM = 25, 10.5, 9, 2  # [mm], then [pt]; the last above and below a line of a table
NUMBER = re.compile(r"[\d,/.]+")
LEFT, CENTRE, RIGHT = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT


def begun() -> Any:
    """An empty document."""
    document: Any = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(MARGIN)
    for name in ("Normal", "Heading 1", "Heading 2"):
        style = document.styles[name]
        style.font.name = LATIN
        style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), FONT)
        style.font.color.rgb = None
    document.styles["Normal"].font.size = Pt(SIZE)
    return document


def line(document: Any, text: str, align: object = LEFT) -> None:
    """A paragraph."""
    document.add_paragraph(text).alignment = align


def table(document: Any, headings: Sequence[str], rows: Iterable[Sequence[str]], widths: Sequence[int] = ()) -> None:
    """A table with level rules, whose headings come again on each page; columns of numbers stand to the right.

    Parameters
    ----------
    widths : sequence of int, optional
        Of the columns; equal if left out. [mm]
    """
    made = document.add_table(rows=1, cols=len(headings))
    made.autofit = not widths
    _rule(made)
    again = OxmlElement("w:tblHeader")
    made.rows[0]._tr.get_or_add_trPr().append(again)  # noqa: SLF001  # python-docx has no word for it
    every = list(rows)
    numbers = [all(NUMBER.fullmatch(row[index]) for row in every) for index in range(len(headings))]
    _fill(made.rows[0], headings, numbers, bold=True)
    for row in every:
        _fill(made.add_row(), row, numbers, bold=False)
    for column, width in zip(made.columns, widths, strict=False):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)


def _rule(table: Any) -> None:
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        rule = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "4"), ("color", "666666")):
            rule.set(qn(f"w:{name}"), value)
        borders.append(rule)
    table._tbl.tblPr.find(qn("w:tblW")).addnext(borders)  # noqa: SLF001  # nor for this; Word wants the order


def _fill(row: Any, texts: Sequence[str], numbers: Sequence[bool], *, bold: bool) -> None:
    for cell, text, is_number in zip(row.cells, texts, numbers, strict=True):
        paragraph = cell.paragraphs[0]
        paragraph.alignment = RIGHT if is_number else LEFT
        paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(ROOM)
        run = paragraph.add_run(text)
        run.bold, run.font.size = bold, Pt(SMALL)


def written(document: Any) -> bytes:
    """The file."""
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()

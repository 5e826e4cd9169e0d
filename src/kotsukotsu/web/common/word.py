"""A Word file of paragraphs and tables on A4, as a city office writes letters and lists."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FONT, LATIN = "BIZ UDPゴシック", "Arial"
MARGIN, SIZE, SMALL = 25, 10.5, 9  # [mm], [pt], [pt]
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
    """A table whose headings come again on each page.

    Parameters
    ----------
    widths : sequence of int, optional
        Of the columns; equal if left out. [mm]
    """
    made = document.add_table(rows=1, cols=len(headings))
    made.style = "Table Grid"
    made.autofit = not widths
    again = OxmlElement("w:tblHeader")
    made.rows[0]._tr.get_or_add_trPr().append(again)  # noqa: SLF001  # python-docx has no word for it
    _fill(made.rows[0], headings, bold=True)
    for row in rows:
        _fill(made.add_row(), row, bold=False)
    for column, width in zip(made.columns, widths, strict=False):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)


def _fill(row: Any, texts: Sequence[str], *, bold: bool) -> None:
    for cell, text in zip(row.cells, texts, strict=True):
        run = cell.paragraphs[0].add_run(text)
        run.bold, run.font.size = bold, Pt(SMALL)


def written(document: Any) -> bytes:
    """The file."""
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()

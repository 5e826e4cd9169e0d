"""The reminder (督促文) as a Word file: one page for each department, with what is late."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from kotsukotsu import texts
from kotsukotsu.periods import FiscalYear
from kotsukotsu.web.entries.selectors import Task

FONT, LATIN = "BIZ UDPゴシック", "Arial"
MARGIN, SIZE = 25, 10.5  # [mm], [pt]


def reminder(city: str, fy: int, groups: Sequence[tuple[str, Sequence[Task]]], day: date) -> bytes:
    """The letters of all departments.

    Parameters
    ----------
    groups : sequence
        Department and its late sheets.
    day : date
        Date of the letters.
    """
    document: Any = Document()
    _page(document)
    for place, (department, tasks) in enumerate(groups):
        if place:
            document.add_page_break()
        _letter(document, city, fy, department, tasks, day)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _page(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(MARGIN)
    style = document.styles["Normal"]
    style.font.name, style.font.size = LATIN, Pt(SIZE)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)


def _letter(document: Any, city: str, fy: int, department: str, tasks: Iterable[Task], day: date) -> None:
    year = FiscalYear(fy).label("era")
    _line(
        document, texts.label("web.letter.date", year=day.year, month=day.month, day=day.day), WD_ALIGN_PARAGRAPH.RIGHT
    )
    _line(document, texts.label("web.letter.to", department=department))
    _line(document, texts.label("web.letter.from", city=city), WD_ALIGN_PARAGRAPH.RIGHT)
    _line(document, texts.label("web.letter.title", year=year), WD_ALIGN_PARAGRAPH.CENTER)
    _line(document, texts.label("web.letter.body", year=year))
    table = document.add_table(rows=1, cols=4)
    table.style = "Table Grid"
    for cell, code in zip(table.rows[0].cells, ("facility", "state", "progress", "due"), strict=True):
        cell.text = texts.label(f"web.{code}")
    for task in tasks:
        said = (
            task.facility.name, texts.label(f"look.state.{task.sheet.state}"), f"{task.done}/{task.wanted}",
            f"{task.sheet.due:%Y-%m-%d}",
        )  # fmt: skip
        for cell, text in zip(table.add_row().cells, said, strict=True):
            cell.text = text
    _line(document, texts.label("web.letter.end"), WD_ALIGN_PARAGRAPH.RIGHT)


def _line(document: Any, text: str, align: object = WD_ALIGN_PARAGRAPH.LEFT) -> None:
    paragraph = document.add_paragraph(text)
    paragraph.alignment = align

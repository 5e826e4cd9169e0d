"""The reminder (督促文) as a Word file: one page for each department, with what is late."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from kotsukotsu import texts
from kotsukotsu.periods import FiscalYear, day_name
from kotsukotsu.web.common import word
from kotsukotsu.web.entries.selectors import Task


def reminder(city: str, fy: int, groups: Sequence[tuple[str, Sequence[Task]]], day: date) -> bytes:
    """The letters of all departments.

    Parameters
    ----------
    groups : sequence
        Department and its late sheets.
    day : date
        Date of the letters.
    """
    document = word.begun()
    for place, (department, tasks) in enumerate(groups):
        if place:
            document.add_page_break()
        _letter(document, city, fy, department, tasks, day)
    return word.written(document)


def _letter(document: Any, city: str, fy: int, department: str, tasks: Iterable[Task], day: date) -> None:
    year = FiscalYear(fy).label("era")
    word.line(document, day_name(day), word.RIGHT)
    word.line(document, texts.label("web.letter.to", department=department))
    word.line(document, texts.label("web.letter.from", city=city), word.RIGHT)
    word.line(document, texts.label("web.letter.title", year=year), word.CENTRE)
    word.line(document, texts.label("web.letter.body", year=year))
    headings = [texts.label(f"web.{code}") for code in ("facility", "state", "progress", "due")]
    rows = (
        (task.facility.name, texts.label(f"look.state.{task.sheet.state}"), f"{task.done}/{task.wanted}",
         day_name(task.sheet.due))
        for task in tasks
    )  # fmt: skip
    word.table(document, headings, rows)
    word.line(document, texts.label("web.letter.end"), word.RIGHT)

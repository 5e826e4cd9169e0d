"""The filled entry form of this program (see ``forms``): codes stand beside the names."""

from __future__ import annotations

from collections.abc import Iterator

from kotsukotsu import texts
from kotsukotsu.errors import ImportFileError
from kotsukotsu.importers.layouts.grid import Grid
from kotsukotsu.importers.layouts.labels import Columns
from kotsukotsu.importers.layouts.months import Block
from kotsukotsu.importers.layouts.subject import Subject
from kotsukotsu.importers.model import Table

NAME = "entry_form"
_CODES = frozenset({"facility_id", "item_id"})
_NEEDED = {
    "unit": "IM-C-unit",
    "part": "IM-C-part",
}  # without the latter last year's grey row would be one of this year


def detect(subject: Subject) -> bool:
    """Whether months stand beside a column of item codes, or below the form's title."""
    return any(_is_form(block, columns) for block, columns in subject.blocks)


def read(subject: Subject) -> Iterator[Table]:
    """The tables of the sheet.

    Raises
    ------
    ImportFileError
        IM-13 a column was taken out that tells this year's row from last year's, or the unit.
    """
    for block, columns in subject.blocks:
        if not _is_form(block, columns):
            continue
        lacking = [texts.statement(code, {}, "ja") for role, code in _NEEDED.items() if role not in columns]
        if lacking:
            place = subject.sheet.place(block.header, 0)
            raise ImportFileError("IM-13", file=subject.guide.file, place=place, columns=texts.listed(lacking))
        yield Grid(subject.sheet, subject.guide, block, columns, codes=True).table(NAME)


def _is_form(block: Block, columns: Columns) -> bool:
    title = texts.statement("IM-F1", {}, "ja")
    return "item_id" in columns or any(title in text for text in block.titles)

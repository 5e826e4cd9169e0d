"""One sheet for each facility: rows are items, columns are months."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kotsukotsu.findings import Finding
from kotsukotsu.importers import words
from kotsukotsu.importers.guide import Guide
from kotsukotsu.importers.layouts.grid import Grid
from kotsukotsu.importers.layouts.labels import Columns
from kotsukotsu.importers.layouts.months import Block
from kotsukotsu.importers.layouts.subject import Subject
from kotsukotsu.importers.model import Sheet, Table

NAME = "facility_sheets"


def _has_items(guide: Guide, block: Block, columns: Columns) -> bool:
    return "facility" not in columns and ("item" in columns or bool(guide.first_item(block.titles)))


def detect(subject: Subject) -> bool:
    """Whether a table of the sheet has items beside its months, and no facilities."""
    return any(_has_items(subject.guide, block, columns) for block, columns in subject.blocks)


def read(subject: Subject) -> Iterator[Table]:
    """The tables of the sheet; nothing is read where its title and its name say two facilities."""
    sheet, guide = subject.sheet, subject.guide
    for block, columns in subject.blocks:
        if _has_items(guide, block, columns):
            name, doubts = sheet_facility(sheet, guide, block.header)
            table = Grid(sheet, guide, block, columns, facility=name).table(NAME)
            rows = tuple(replace(raw, problems=(*raw.problems, *doubts)) for raw in table.rows)
            yield replace(table, rows=rows)


def sheet_facility(sheet: Sheet, guide: Guide, header: int) -> tuple[str, tuple[Finding, ...]]:
    """The facility that a sheet speaks of, by 「施設名」 above the table or by the name of the sheet."""
    titled = _titled(sheet, guide, header)
    one, other = guide.facility(titled), guide.facility(sheet.name)
    if one and other and one != other:
        return titled, (Finding("IM-24", sheet.name, {"title": titled, "sheet": sheet.name}),)
    if titled and not one and other:
        return sheet.name, ()
    return titled or sheet.name, ()


def _titled(sheet: Sheet, guide: Guide, header: int) -> str:
    for row in range(header):
        texts = list(sheet.texts(row))
        for index, (_, text) in enumerate(texts):
            label, sign, rest = text.replace("：", ":").partition(":")
            if guide.role(label) == "facility" and sign and rest.strip():
                return rest.strip()
            if guide.role(text) == "facility" and index + 1 < len(texts):
                return texts[index + 1][1]
            if guide.facility(text) and not words.is_total(text):
                return text
    return ""

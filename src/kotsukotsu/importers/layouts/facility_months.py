"""Rows are facilities (or facility and item), columns are months; the item may stand in the title."""

from __future__ import annotations

from collections.abc import Iterator

from kotsukotsu.importers.guide import Guide
from kotsukotsu.importers.layouts.grid import Grid
from kotsukotsu.importers.layouts.labels import label_columns
from kotsukotsu.importers.layouts.months import Block, blocks
from kotsukotsu.importers.model import Sheet, Table

NAME = "facility_months"


def _has_facilities(sheet: Sheet, guide: Guide, block: Block) -> bool:
    return "facility" in label_columns(sheet, guide, block)


def detect(sheet: Sheet, guide: Guide) -> bool:
    """Whether a table of the sheet has a column of facilities beside its months."""
    return any(_has_facilities(sheet, guide, block) for block in blocks(sheet, guide))


def read(sheet: Sheet, guide: Guide) -> Iterator[Table]:
    """The tables of the sheet."""
    for block in blocks(sheet, guide):
        if _has_facilities(sheet, guide, block):
            yield Grid(sheet, guide, block).table(NAME)

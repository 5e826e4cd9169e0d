"""The filled entry form of this program (see ``forms``): codes stand beside the names."""

from __future__ import annotations

from collections.abc import Iterator

from kotsukotsu.importers.guide import Guide
from kotsukotsu.importers.layouts.grid import Grid
from kotsukotsu.importers.layouts.labels import label_columns
from kotsukotsu.importers.layouts.months import Block, blocks
from kotsukotsu.importers.model import Sheet, Table

NAME = "entry_form"


def _has_codes(sheet: Sheet, guide: Guide, block: Block) -> bool:
    return {"facility_id", "item_id", "unit", "part"} <= label_columns(sheet, guide, block).keys()


def detect(sheet: Sheet, guide: Guide) -> bool:
    """Whether months stand beside columns of facility and item codes."""
    return any(_has_codes(sheet, guide, block) for block in blocks(sheet, guide))


def read(sheet: Sheet, guide: Guide) -> Iterator[Table]:
    """The tables of the sheet."""
    for block in blocks(sheet, guide):
        if _has_codes(sheet, guide, block):
            yield Grid(sheet, guide, block, codes=True).table(NAME)

"""One sheet under examination; what several layouts ask about it is found out once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from kotsukotsu.importers.guide import Guide
from kotsukotsu.importers.layouts.columns import Heading, find_heading
from kotsukotsu.importers.layouts.labels import Columns, label_columns
from kotsukotsu.importers.layouts.months import Block, blocks
from kotsukotsu.importers.model import Sheet


@dataclass(frozen=True)
class Subject:
    """A sheet and the words to read it with."""

    sheet: Sheet
    guide: Guide

    @cached_property
    def blocks(self) -> list[tuple[Block, Columns]]:
        """Tables of months, with the columns beside them."""
        found = blocks(self.sheet, self.guide)
        return [(block, label_columns(self.sheet, self.guide, block)) for block in found]

    @cached_property
    def heading(self) -> Heading | None:
        """The header of a long list."""
        return find_heading(self.sheet, self.guide)

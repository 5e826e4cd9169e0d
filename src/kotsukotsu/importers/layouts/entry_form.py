"""The filled entry form of this program (see ``forms``): codes stand beside the names."""

from __future__ import annotations

from collections.abc import Iterator

from kotsukotsu.importers.layouts.grid import Grid
from kotsukotsu.importers.layouts.subject import Subject
from kotsukotsu.importers.model import Table

NAME = "entry_form"
_CODES = frozenset({"facility_id", "item_id", "unit", "part"})


def detect(subject: Subject) -> bool:
    """Whether months stand beside columns of facility and item codes."""
    return any(columns.keys() >= _CODES for _, columns in subject.blocks)


def read(subject: Subject) -> Iterator[Table]:
    """The tables of the sheet."""
    for block, columns in subject.blocks:
        if columns.keys() >= _CODES:
            yield Grid(subject.sheet, subject.guide, block, columns, codes=True).table(NAME)

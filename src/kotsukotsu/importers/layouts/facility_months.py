"""Rows are facilities (or facility and item), columns are months; the item may stand in the title."""

from __future__ import annotations

from collections.abc import Iterator

from kotsukotsu.importers.layouts.grid import Grid
from kotsukotsu.importers.layouts.subject import Subject
from kotsukotsu.importers.model import Table

NAME = "facility_months"


def detect(subject: Subject) -> bool:
    """Whether a table of the sheet has a column of facilities beside its months."""
    return any("facility" in columns for _, columns in subject.blocks)


def read(subject: Subject) -> Iterator[Table]:
    """The tables of the sheet."""
    for block, columns in subject.blocks:
        if "facility" in columns:
            yield Grid(subject.sheet, subject.guide, block, columns).table(NAME)

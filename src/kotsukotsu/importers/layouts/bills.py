"""A retailer's file with one bill in each row, told by its supply-point or customer numbers."""

from __future__ import annotations

from collections.abc import Iterator

from kotsukotsu.importers.guide import Guide
from kotsukotsu.importers.layouts.columns import find_heading
from kotsukotsu.importers.layouts.lists import List
from kotsukotsu.importers.model import Sheet, Table

NAME = "bills"
_NUMBERS = frozenset({"meter", "customer"})
_DAYS = frozenset({"period", "start", "reading_date"})


def detect(sheet: Sheet, guide: Guide) -> bool:
    """Whether a row names a supply point, days and a quantity."""
    heading = find_heading(sheet, guide)
    return heading is not None and bool(_NUMBERS & heading.roles.keys()) and bool(_DAYS & heading.roles.keys())


def read(sheet: Sheet, guide: Guide) -> Iterator[Table]:
    """The bills."""
    heading = find_heading(sheet, guide)
    if heading is not None:
        yield List(sheet, guide, heading).table(NAME)

"""A long list: facility, item, month or days, quantity and unit in columns of any order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kotsukotsu.importers.guide import Guide
from kotsukotsu.importers.layouts.columns import find_heading
from kotsukotsu.importers.layouts.facility_sheets import sheet_facility
from kotsukotsu.importers.layouts.lists import List
from kotsukotsu.importers.model import Sheet, Table

NAME = "long_list"


def detect(sheet: Sheet, guide: Guide) -> bool:
    """Whether a row names a quantity and a time."""
    return find_heading(sheet, guide) is not None


def read(sheet: Sheet, guide: Guide) -> Iterator[Table]:
    """The list; without a column of facilities the sheet itself is one facility's."""
    heading = find_heading(sheet, guide)
    if heading is None:
        return
    if {"facility", "facility_id"} & heading.roles.keys():
        yield List(sheet, guide, heading).table(NAME)
        return
    name, doubts = sheet_facility(sheet, guide, heading.row)
    table = List(sheet, guide, heading, facility=name).table(NAME)
    yield replace(table, rows=tuple(replace(raw, problems=(*raw.problems, *doubts)) for raw in table.rows))

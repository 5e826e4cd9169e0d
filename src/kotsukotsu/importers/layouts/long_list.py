"""A long list: facility, item, month or days, quantity and unit in columns of any order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kotsukotsu.importers.layouts.facility_sheets import sheet_facility
from kotsukotsu.importers.layouts.lists import List
from kotsukotsu.importers.layouts.subject import Subject
from kotsukotsu.importers.model import Table

NAME = "long_list"


def detect(subject: Subject) -> bool:
    """Whether a row names a quantity and a time."""
    return subject.heading is not None


def read(subject: Subject) -> Iterator[Table]:
    """The list; without a column of facilities the sheet itself is one facility's."""
    heading = subject.heading
    if heading is None:
        return
    if {"facility", "facility_id"} & heading.roles.keys():
        yield List(subject.sheet, subject.guide, heading).table(NAME)
        return
    name, doubts = sheet_facility(subject.sheet, subject.guide, heading.row)
    table = List(subject.sheet, subject.guide, heading, facility=name).table(NAME)
    yield replace(table, rows=tuple(replace(raw, problems=(*raw.problems, *doubts)) for raw in table.rows))

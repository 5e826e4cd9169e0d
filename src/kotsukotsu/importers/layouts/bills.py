"""A retailer's file with one bill in each row, told by its supply-point or customer numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kotsukotsu.importers.layouts.lists import List
from kotsukotsu.importers.layouts.subject import Subject
from kotsukotsu.importers.model import RawRow, Table
from kotsukotsu.importers.tables import table

NAME = "bills"
_NUMBERS = frozenset({"meter", "customer"})
_DAYS = frozenset({"period", "start", "reading_date"})


def detect(subject: Subject) -> bool:
    """Whether a row names a supply point, days and a quantity."""
    heading = subject.heading
    return heading is not None and bool(_NUMBERS & heading.roles.keys()) and bool(_DAYS & heading.roles.keys())


def read(subject: Subject) -> Iterator[Table]:
    """The bills."""
    heading = subject.heading
    if heading is not None:
        found = List(subject.sheet, subject.guide, heading).table(NAME)
        yield replace(found, rows=tuple(_with_item(raw) for raw in found.rows))


def _with_item(raw: RawRow) -> RawRow:
    """A bill that does not name its item: the length of a supply-point number tells power from gas."""
    if raw.item or not raw.meter.isdigit():
        return raw
    item = next((row["item"] for row in table("supply_points") if len(raw.meter) == int(row["digits"])), "")
    return replace(raw, item=item)

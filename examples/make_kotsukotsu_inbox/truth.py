"""What each file of the inbox should hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache

from examples.make_kotsukotsu_inbox.tables import slip
from examples.make_kotsukotsu_shi.city import halves
from examples.make_kotsukotsu_shi.facilities import Facility, facilities, ids
from examples.make_kotsukotsu_shi.rows import Row
from examples.make_kotsukotsu_shi.series import LAST
from examples.make_kotsukotsu_shi.tables import lines as city_lines
from kotsukotsu.periods import FiscalYear, Month


@dataclass(frozen=True, slots=True)
class Entry:
    """One value of a file; `new` if the ledger does not have it yet."""

    file: str
    facility: Facility
    item: str
    start: date
    end: date
    quantity: Decimal
    unit: str
    new: bool
    meter: str | None

    @property
    def month(self) -> Month:
        """The month of a monthly value."""
        return Month.of(self.start)


def files(layout: str) -> list[str]:
    """The files of a layout."""
    return list(dict.fromkeys(line["file"] for line in city_lines("inbox") if line["layout"] == layout))


@cache
def entries(file: str) -> tuple[Entry, ...]:
    """The values of a file, by facility, item and month; those of the ledger that it repeats included."""
    have, held = halves()
    found = [*_entries(file, have, new=False), *_entries(file, held, new=True)]
    return tuple(sorted(found, key=lambda entry: (entry.facility.facility_id, entry.start)))


def value(file: str, name: str, item: str, month: Month) -> Decimal | None:
    """The quantity of a cell, None if the file has none. [unit of the item]"""
    for entry in entries(file):
        if (entry.facility.name, entry.item, entry.month) == (name, item, month):
            return entry.quantity
    return None


def last_year(name: str, item: str) -> Decimal:
    """What a facility used of an item in the year before the open one. [unit of the item]"""
    rows = (row for row in halves()[0] if row["facility_id"] == ids()[name] and row["item"] == item)
    first, end = FiscalYear(LAST.number - 1).start, LAST.start
    return sum((row["quantity"] for row in rows if first <= row["start"] < end), Decimal(0))


def names(file: str) -> list[str]:
    """The facilities of a file, in the order of their ids."""
    return list(dict.fromkeys(entry.facility.name for entry in entries(file)))


def items(file: str, name: str | None = None) -> list[str]:
    """The items of a file, or of one of its facilities."""
    return list(dict.fromkeys(e.item for e in entries(file) if name in (None, e.facility.name)))


def months(file: str) -> list[Month]:
    """The months of a file, first to last."""
    return sorted({entry.month for entry in entries(file)})


def expected(file: str) -> Iterator[Entry]:
    """What the ledger should have gained once the file is imported and its slips are set right."""
    for entry in entries(file):
        if entry.new and not slip("unclear", file, entry.facility.name, str(entry.month)):
            yield entry


def _entries(file: str, rows: list[Row], *, new: bool) -> Iterator[Entry]:
    shown = {
        (line["kind"], line["item"]): date.fromisoformat(line["shown_from"])
        for line in city_lines("inbox")
        if line["file"] == file
    }
    for row in rows:
        if row["start"] < LAST.start or row["quantity"] is None or row["unit"].endswith("_year"):
            continue
        facility = facilities()[int(row["facility_id"][1:]) - 1]
        kind = facility.kind["kind"]
        since = shown.get((kind, row["item"])) or shown.get((kind, ""))
        if since and row["start"] >= since:
            yield Entry(
                file,
                facility,
                row["item"],
                row["start"],
                row["end"],
                row["quantity"],
                row["unit"],
                new,
                row["meter_id"],
            )

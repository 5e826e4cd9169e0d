"""Tables with a quantity in each row: which column holds what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kotsukotsu.importers import words
from kotsukotsu.importers.guide import Guide
from kotsukotsu.importers.model import Sheet

_LOOK_AT = 60
_TIMES = frozenset({"month", "start", "end", "period", "reading_date", "year"})


@dataclass(frozen=True)
class Heading:
    """The header of a long list.

    Attributes
    ----------
    roles : mapping
        Role to column; the first column of a role counts.
    quantities : mapping
        Column of quantities to the item that its heading names, empty if it names none.
    """

    row: int
    roles: Mapping[str, int]
    quantities: Mapping[int, str]
    headings: Mapping[int, str]

    def unit(self, column: int) -> str:
        """Unit in the heading of a column."""
        return words.unit_in(self.headings[column])

    @property
    def used(self) -> tuple[tuple[str, str], ...]:
        """Heading and role of the columns that are read."""
        named = [(words.key(self.headings[column]), role) for role, column in self.roles.items() if role != "quantity"]
        items = [
            (words.key(self.headings[column]), f"item:{item}" if item else "quantity")
            for column, item in self.quantities.items()
        ]
        return (*named, *items)


def find_heading(sheet: Sheet, guide: Guide) -> Heading | None:
    """The row that names the columns, None if no row among the first does."""
    best: Heading | None = None
    for row in range(min(sheet.height, _LOOK_AT)):
        heading = _heading(sheet, guide, row)
        size = len(heading.roles) + len(heading.quantities)
        complete = heading.quantities and _TIMES & heading.roles.keys()
        if complete and (best is None or size > len(best.roles) + len(best.quantities)):
            best = heading
    return best


def _heading(sheet: Sheet, guide: Guide, row: int) -> Heading:
    roles: dict[str, int] = {}
    quantities: dict[int, str] = {}
    headings: dict[int, str] = {}
    for column, text in sheet.texts(row):
        role = guide.role(text)
        headings[column] = text
        if role.startswith("item:"):
            quantities[column] = role.removeprefix("item:")
        elif role == "quantity":
            quantities[column] = ""
        elif role:
            roles.setdefault(role, column)
    return Heading(row, roles, quantities, headings)

"""The figures printed in a plan, as a folder's ``printed/`` has them: tables, and the figures of its text.

The names of the columns say what a figure is, in words joined by ``_``:

- ``fy2024`` the fiscal year; without other words, the emission of that year
- ``tco2``, ``kw``, ``kwh``, ``pct`` the unit
- ``reduction`` less than in the first year of the table, ``change`` last year minus first year
- ``share``, ``cumulative_share`` of the table's whole
- other words (``own``, ``at_national_rate``) tell columns apart; a rate belongs to the reduction with the same ones

A row is the total of its table if one of its words is total, 合計 or 計. ``subtotals.csv`` holds what is printed below
a table: ``table, where, column, figure, value, place``, where `figure` is ``sum`` or ``count``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from kotsukotsu.planning.verify_claims import Figure

UNITS = ("tco2", "kw", "kwh", "pct")
TOTALS = frozenset(("total", "合計", "計"))
SUBTOTALS, FACILITIES, SECTORS, HEADLINE = "subtotals", "facilities", "sector_targets", "headline.toml"
LIST_NUMBERS = ("no", "rank")
YEAR = re.compile(r"fy\d{4}")
Cells = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Column:
    """A column's name, taken apart."""

    name: str
    year: int | None
    words: frozenset[str]
    unit: str


@dataclass(frozen=True, slots=True)
class Table:
    """A printed table; line 1 of its file is the header."""

    name: str
    rows: Sequence[Cells]

    @property
    def columns(self) -> list[Column]:
        """Columns that hold figures with a unit."""
        return [column for name in self.rows[0] if (column := parsed(name)).unit] if self.rows else []

    def figure(self, index: int, column: str) -> Figure | None:
        """The figure of a cell; None if nothing (or no number) is printed there."""
        value = number(self.rows[index].get(column) or "")
        return None if value is None else Figure(value, f"{self.name}.csv {index + 2}行目 {column}")

    def parts(self) -> list[int]:
        """Rows that are no total."""
        return [index for index in range(len(self.rows)) if index != self.total()]

    def total(self) -> int | None:
        """The row of the total."""
        return next((i for i, row in enumerate(self.rows) if TOTALS & {cell.strip() for cell in row.values()}), None)

    def year_columns(self, unit: str) -> list[Column]:
        """Columns with the value of a year and nothing else, oldest first."""
        found = [column for column in self.columns if column.year and not column.words and column.unit == unit]
        return sorted(found, key=lambda column: column.year or 0)


@dataclass(frozen=True, slots=True)
class Print:
    """All that is printed."""

    tables: Mapping[str, Table] = field(default_factory=dict)
    headline: Mapping[str, Any] = field(default_factory=dict)

    def table(self, name: str) -> Table:
        """A table, empty if it is not there."""
        return self.tables.get(name, Table(name, ()))

    def sections(self) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """The headline's sections."""
        return ((name, part) for name, part in self.headline.items() if isinstance(part, Mapping))

    def years_of(self, section: str) -> list[int]:
        """Fiscal years that a section has an emission of."""
        part = self.headline.get(section, {})
        return sorted(int(key[2:]) for key in part if YEAR.fullmatch(key)) if isinstance(part, Mapping) else []

    def said(self, *keys: str, exact: bool = False) -> Figure | None:
        """A figure of the text."""
        part: Any = self.headline
        for key in keys:
            part = part.get(key) if isinstance(part, Mapping) else None
        if isinstance(part, bool) or not isinstance(part, int | Decimal):
            return None
        return Figure(Decimal(part), f"{HEADLINE} {'.'.join(keys)}", exact)


def parsed(name: str) -> Column:
    """A column's name, taken apart.

    >>> parsed("fy2030_reduction_own_tco2").year, sorted(parsed("fy2030_reduction_own_tco2").words)
    (2030, ['own', 'reduction'])
    """
    words = name.split("_")
    year = next((int(word[2:]) for word in words if YEAR.fullmatch(word)), None)
    unit = next((word for word in words if word in UNITS), "")
    return Column(name, year, frozenset(words) - {unit, f"fy{year}"}, unit)


def number(text: str) -> Decimal | None:
    """A printed number, with the digits it is printed with.

    >>> number("1,234.50"), number("△3"), number("－")
    (Decimal('1234.50'), Decimal('-3'), None)
    """
    plain = text.strip().replace(",", "").replace("△", "-").replace("▲", "-").replace("−", "-").replace("%", "")
    try:
        value = Decimal(plain)
    except InvalidOperation:
        return None
    return value if value.is_finite() else None

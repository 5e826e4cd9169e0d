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
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from kotsukotsu.planning.verify_claims import Figure

UNITS = ("tco2", "kw", "kwh", "pct")
TOTALS = frozenset(("total", "合計", "計"))
SUBTOTALS, FACILITIES, SECTORS, HEADLINE = "subtotals", "facilities", "sector_targets", "headline.toml"
LIST_NUMBERS = ("no", "rank")
YEAR = re.compile(r"fy\d{4}")
NUMBER = re.compile(r"-?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?", re.ASCII)
SIGNS = {ord(sign): "-" for sign in "△▲−"} | {ord(" "): None}
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
    lines: Sequence[int] = ()

    def place(self, index: int) -> str:
        """The line of its file in which a row stands."""
        return f"{self.name}.csv {self.line(index)}行目"

    def line(self, index: int) -> int:
        """Its number."""
        return self.lines[index] if self.lines else index + 2

    def has(self, column: str) -> bool:
        """Whether it has rows and a column."""
        return bool(self.rows) and column in self.rows[0]

    @property
    def columns(self) -> list[Column]:
        """Columns that hold figures with a unit."""
        return [column for name in self.rows[0] if (column := parsed(name)).unit] if self.rows else []

    def figure(self, index: int, column: str) -> Figure | None:
        """The figure of a cell; None if nothing (or no number) is printed there."""
        value = number(self.rows[index].get(column) or "")
        return None if value is None else Figure(value, f"{self.place(index)} {column}")

    def parts(self) -> list[int]:
        """Rows that are no total."""
        at = self.total()
        return [index for index in range(len(self.rows)) if index != at]

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

    def section(self, *names: str) -> Mapping[str, Any]:
        """A section of the headline; empty where there is none, or a figure in its place."""
        part: Any = self.headline
        for name in names:
            part = part.get(name) if isinstance(part, Mapping) else None
        return part if isinstance(part, Mapping) else {}

    def years_of(self, section: str) -> list[int]:
        """Fiscal years that a section has an emission of."""
        return sorted(int(key[2:]) for key in self.section(section) if YEAR.fullmatch(key))

    def said(self, *keys: str, exact: bool = False) -> Figure | None:
        """A figure of the text."""
        value = value_of(self.section(*keys[:-1]).get(keys[-1]))
        return None if value is None else Figure(value, f"{HEADLINE} {'.'.join(keys)}", exact)


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
    """A printed number, with the digits it is printed with; full-width ones and commas between threes are digits too.

    >>> number("1,234.50"), number("△３"), number("－"), number("約1,200"), number("17,6")
    (Decimal('1234.50'), Decimal('-3'), None, None, None)
    """
    plain = unicodedata.normalize("NFKC", text).translate(SIGNS).removesuffix("%").strip()
    return Decimal(plain.replace(",", "")) if NUMBER.fullmatch(plain) else None


def value_of(said: object) -> Decimal | None:
    """A figure of the text, written as a number or as one is printed."""
    if isinstance(said, str):
        return number(said)
    if isinstance(said, bool) or not isinstance(said, int | Decimal):
        return None
    return Decimal(said) if Decimal(said).is_finite() else None

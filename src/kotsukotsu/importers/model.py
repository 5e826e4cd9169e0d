"""What an importer handles: cells, sheets, books, and the rows read from them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Literal

from kotsukotsu.findings import Finding

Value = str | Decimal | date | bool | None
CellKind = Literal["empty", "text", "number", "date", "time", "boolean", "error", "uncomputed"]
Area = tuple[int, int, int, int]
"""First row, first column, last row, last column; zero-based, both ends included."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its value, and what the file says it is."""

    value: Value
    kind: CellKind

    @property
    def text(self) -> str:
        """As a person reads it, without outer spaces."""
        return "" if self.value is None else str(self.value).strip()


EMPTY = Cell(None, "empty")


@dataclass(frozen=True)
class Sheet:
    """One sheet; row and column numbers start at zero.

    Attributes
    ----------
    merged : tuple of Area
        Joined cells; the value stands in the first.
    checked : bool
        Whether hidden, joined and computed cells could be looked for in this kind of file.
    """

    name: str
    rows: tuple[tuple[Cell, ...], ...]
    merged: tuple[Area, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    visible: bool = True
    formulas: int = 0
    objects: bool = False
    checked: bool = True

    @property
    def height(self) -> int:
        """Number of rows."""
        return len(self.rows)

    @cached_property
    def width(self) -> int:
        """Number of columns of the longest row."""
        return max((len(row) for row in self.rows), default=0)

    @cached_property
    def _area_of(self) -> dict[tuple[int, int], Area]:
        return {
            (row, column): area
            for area in self.merged
            for row in range(area[0], min(area[2], self.height) + 1)
            for column in range(area[1], min(area[3], self.width) + 1)
        }

    def area(self, row: int, column: int) -> Area:
        """The joined cells that hold this one; itself alone if it is not joined."""
        return self._area_of.get((row, column), (row, column, row, column))

    def cell(self, row: int, column: int) -> Cell:
        """The cell as the file holds it; empty outside the sheet."""
        if 0 <= row < self.height and 0 <= column < len(self.rows[row]):
            return self.rows[row][column]
        return EMPTY

    def label(self, row: int, column: int) -> Cell:
        """The cell as a person sees it: joined cells show their first."""
        top, left, _, _ = self.area(row, column)
        return self.cell(top, left)

    def filled(self, row: int, column: int) -> Cell:
        """The cell itself; below the first of cells joined downwards, what the first says."""
        _, left, _, right = self.area(row, column)
        return self.label(row, column) if left == right else self.cell(row, column)

    def place(self, row: int, column: int) -> str:
        """Place for people, for example ``入力!B4``."""
        return f"{self.name}!{column_name(column)}{row + 1}"

    def texts(self, row: int) -> Iterator[tuple[int, str]]:
        """Column and text of the cells of a row that are not empty."""
        for column, cell in enumerate(self.rows[row] if 0 <= row < self.height else ()):
            if cell.text:
                yield column, cell.text


@dataclass(frozen=True)
class Book:
    """A received file: its sheets, and how it was written."""

    name: str
    kind: Literal["xlsx", "xls", "ods", "csv"]
    sheets: tuple[Sheet, ...]
    encoding: str = ""
    findings: tuple[Finding, ...] = ()


ReadingKind = Literal["number", "blank", "not_occurring", "missing", "text", "repeat", "error"]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a quantity cell says; blank, missing, not occurring and zero are four things.

    Attributes
    ----------
    unit : str
        Unit written inside the cell, as written.
    estimated : bool
        The cell says 約 or 推計.
    code : str
        Finding of a cell that cannot be read.
    """

    kind: ReadingKind
    value: Decimal | None = None
    unit: str = ""
    text: str = ""
    estimated: bool = False
    code: str = ""


@dataclass(frozen=True, slots=True)
class RawRow:
    """One quantity as a layout found it, in the words of the file.

    Attributes
    ----------
    start, end : date or None
        Half-open period; None if the file does not say.
    reading_date : date or None
        検針日, where the bill gives no period.
    as_written : bool
        `start` and `end` are days of a bill; the profile says whether the last one counts.
    codes : bool
        `facility_id` and `item` are codes; else `item` is the word of the file.
    """

    sheet: str
    row: int
    column: int
    reading: Reading
    facility: str = ""
    facility_id: str = ""
    item: str = ""
    unit: str = ""
    start: date | None = None
    end: date | None = None
    reading_date: date | None = None
    days: int | None = None
    meter: str = ""
    use: str = ""
    cost: Decimal | None = None
    basis: str = ""
    note: str = ""
    problems: tuple[Finding, ...] = ()
    as_written: bool = False
    codes: bool = False

    @property
    def place(self) -> str:
        """Place for people."""
        return f"{self.sheet}!{column_name(self.column)}{self.row + 1}"


@dataclass(frozen=True)
class Table:
    """One table of a sheet as a layout read it.

    Attributes
    ----------
    header : int
        Row of the column headings.
    totals : frozenset of int
        Rows that hold sums; checked, not read.
    asides : frozenset of int
        Rows of another year, which are for comparing; not read.
    findings : tuple of Finding
        Doubts that concern the table and not one row.
    """

    layout: str
    sheet: str
    header: int
    rows: tuple[RawRow, ...]
    totals: frozenset[int] = frozenset()
    asides: frozenset[int] = frozenset()
    findings: tuple[Finding, ...] = field(default=())
    columns: tuple[tuple[str, str], ...] = ()


def column_name(column: int) -> str:
    """Letters of a column.

    >>> column_name(0), column_name(25), column_name(26), column_name(701)
    ('A', 'Z', 'AA', 'ZZ')
    """
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name

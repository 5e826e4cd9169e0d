"""A printed table, the same for the page and for the workbook."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from kotsukotsu.documents.printing import Figure

Cell = str | Figure
Row = tuple[Cell, ...]
WHOLE = Figure(Decimal(100), Decimal("100.0"), "100.0", "%")


@dataclass(frozen=True, slots=True)
class Table:
    """A printed table: a heading for each column, units at its top right, totals as its last rows.

    Attributes
    ----------
    numbers : frozenset of int
        Columns that hold figures.
    """

    title: str
    unit: str
    headings: tuple[str, ...]
    rows: tuple[Row, ...]
    totals: tuple[Row, ...] = ()
    note: str = ""

    @property
    def numbers(self) -> frozenset[int]:
        """Columns that hold figures, found from the first rows."""
        return frozenset(
            index for row in (*self.rows, *self.totals) for index, cell in enumerate(row) if isinstance(cell, Figure)
        )

    def without_last(self) -> Table:
        """The table without its last column, where there is no room for a long text."""
        rows = tuple(row[:-1] for row in self.rows)
        return replace(self, headings=self.headings[:-1], rows=rows, totals=tuple(row[:-1] for row in self.totals))


def plain(text: str) -> Figure:
    """A text that stands in a column of figures."""
    return Figure(None, None, text, "")

"""What the spreadsheet reader does not tell: hidden rows, error cells, formulas without a value."""

from __future__ import annotations

from dataclasses import dataclass, field

from kotsukotsu.importers.model import Area, Cell

MAX_CELLS = 5_000_000


class TooLargeError(Exception):
    """A file would not fit into memory; the text names the limit."""


@dataclass
class Extras:
    """Facts about one sheet beside its values."""

    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merged: list[Area] = field(default_factory=list)
    special: dict[tuple[int, int], Cell] = field(default_factory=dict)
    formulas: int = 0
    objects: bool = False
    checked: bool = True


def limit(rows: int, columns: int) -> None:
    """Refuse a sheet whose used area is too large: the reader keeps it as one block.

    Raises
    ------
    TooLargeError
        With the limit as its text.
    """
    if rows * columns > MAX_CELLS:
        raise TooLargeError(f"{MAX_CELLS:,}")

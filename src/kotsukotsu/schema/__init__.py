"""The tables, one CSV each beside this file: column, type, unit, required, meaning, source.

Code, documents and checks read the same table; a type is text, date, datetime, decimal, integer or
``one_of:a|b``.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path
from typing import Any

from kotsukotsu.errors import FolderError

FOLDER = Path(__file__).parent
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table."""

    column: str
    type: str
    unit: str
    required: bool
    meaning: str
    source: str

    @property
    def choices(self) -> tuple[str, ...]:
        """The words a ``one_of`` column accepts."""
        return tuple(self.type.removeprefix("one_of:").split("|")) if self.type.startswith("one_of:") else ()


@cache
def columns(table: str) -> tuple[Column, ...]:
    """The columns of a table, in the order of the file."""
    with (FOLDER / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            Column(r["column"], r["type"], r["unit"], r["required"] == "yes", r["meaning"], r["source"])
            for r in csv.DictReader(file)
        )


def tables() -> tuple[str, ...]:
    """The names of all tables."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.csv")))


def read(text: str, table: str, file: str) -> list[Row]:
    """Typed rows of a CSV text; an empty cell is None.

    Parameters
    ----------
    text : str
        The whole file, without a byte order mark.
    table : str
        Which schema it must follow; columns beyond it are kept as text.
    file : str
        Name for error messages.

    Raises
    ------
    FolderError
        F-02 missing column, F-03 a cell that is not of its type, F-04 an empty required cell, F-05 too many cells.
    """
    reader = csv.DictReader(io.StringIO(text), strict=True)
    schema = columns(table)
    present = set(reader.fieldnames or ())
    for column in schema:
        if column.required and column.column not in present:
            raise FolderError("F-02", file=file, column=column.column)
    return [_typed(row, schema, file, reader.line_num) for row in reader]


def _typed(row: Mapping[str | None, Any], schema: Iterable[Column], file: str, line: int) -> Row:
    if None in row:
        raise FolderError("F-05", file=file, line=line)
    typed: Row = {str(name): (value or None) for name, value in row.items()}
    for column in schema:
        text = row.get(column.column) or ""
        if column.required and not text:
            raise FolderError("F-04", file=file, line=line, column=column.column)
        try:
            typed[column.column] = value_of(text, column.type)
        except (ValueError, InvalidOperation):
            raise FolderError(
                "F-03", file=file, line=line, column=column.column, value=text, type=column.type
            ) from None
    return typed


def value_of(text: str, kind: str) -> Any:
    """The value of a cell, None if it is empty.

    Raises
    ------
    ValueError, InvalidOperation
        If the text is not of the kind.
    """
    if not text:
        return None
    if kind.startswith("one_of:"):
        if text not in kind.removeprefix("one_of:").split("|"):
            raise ValueError(text)
        return text
    return _READERS[kind](text)


def _decimal(text: str) -> Decimal:
    value = Decimal(text)
    if not value.is_finite():
        raise ValueError(text)
    return value


_READERS: Mapping[str, Callable[[str], Any]] = {
    "text": str,
    "date": date.fromisoformat,
    "datetime": datetime.fromisoformat,
    "decimal": _decimal,
    "integer": int,
}


def write(rows: Iterable[Mapping[str, Any]], table: str) -> str:
    """CSV text of rows, columns of the schema first, then any others in order of appearance."""
    rows = list(rows)
    names = [column.column for column in columns(table)]
    names += [name for name in dict.fromkeys(name for row in rows for name in row) if name not in names]
    out = io.StringIO()
    writer = csv.DictWriter(out, names, lineterminator="\n", restval="")
    writer.writeheader()
    writer.writerows({name: cell(value) for name, value in row.items()} for row in rows)
    return out.getvalue()


def cell(value: Any) -> str:
    """A value as text: plain decimals, ISO dates, empty for None."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value)

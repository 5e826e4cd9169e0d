"""The tables, one CSV each beside this file: column, type, unit, required, meaning, source.

Code, documents and checks read the same table; a type is text, date, datetime, decimal, integer or
``one_of:a|b``.
"""

from __future__ import annotations

import csv
import io
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from kotsukotsu import texts
from kotsukotsu.errors import FolderError

FOLDER = Path(__file__).parent
ALIKE = 0.85  # how alike a column and a missing one must be written to be taken for a slip
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
        F-02 missing column, F-03 a cell that is not of its type, F-04 an empty required cell, F-05 another number
        of cells than the header, F-13 a quote that does not end, F-14 a column given twice, F-16 a column that is
        perhaps a misspelt one.
    """
    return [row for _, row in numbered(text, table, file)]


def numbered(text: str, table: str, file: str) -> Iterator[tuple[int, Row]]:
    """The same, each row with the last line of the file that it stands in."""
    lines = cells_of(text, file)
    schema = {column.column: column for column in columns(table)}
    _, names = next(lines, (0, []))
    _check_header([name.casefold() for name in names], schema.values(), file)
    _check_spelling(names, schema, file)
    plan = [(name, *_kind(schema.get(name))) for name in names]
    absent: Row = {name: None for name in schema if name not in names}
    for line, cells in lines:
        yield line, _typed(cells, plan, absent, file, line)


def cells_of(text: str, file: str) -> Iterator[tuple[int, list[str]]]:
    """The header and every row that is not blank, each with the last line of the file that it stands in.

    Raises
    ------
    FolderError
        F-05 another number of cells than the header, F-13 a quote that does not end, F-14 a column given twice.
    """
    lines = csv.reader(io.StringIO(text, newline=""), strict=True)
    names: list[str] | None = None
    try:
        for cells in lines:
            if names is None:
                _check_twice([name.casefold() for name in cells], file)
                names = cells
                yield lines.line_num, names
            elif cells and len(cells) != len(names):
                raise FolderError("F-05", file=file, line=lines.line_num)
            elif cells:
                yield lines.line_num, cells
    except csv.Error:
        raise FolderError("F-13", file=file, line=lines.line_num) from None


def _check_twice(names: list[str], file: str) -> None:
    for name in names:
        if names.count(name) > 1:
            raise FolderError("F-14", file=file, column=name)


def _kind(column: Column | None) -> tuple[str, bool]:
    """Type of a column and whether it is required; one beyond the schema is text."""
    return (column.type, column.required) if column else ("text", False)


def _check_header(names: list[str], schema: Iterable[Column], file: str) -> None:
    for column in schema:
        if column.required and column.column not in names:
            raise FolderError("F-02", file=file, column=column.column)


def _check_spelling(names: list[str], schema: Mapping[str, Column], file: str) -> None:
    """A city may have columns of its own, but one that only looks like a missing one would be lost without a word."""
    missing = [name for name in schema if name not in names]
    for name in names:
        near = get_close_matches(name.casefold(), missing, 1, ALIKE) if name not in schema else []
        if near:
            raise FolderError("F-16", file=file, column=name, near=near[0])


def _typed(cells: list[str], plan: list[tuple[str, str, bool]], absent: Row, file: str, line: int) -> Row:
    typed = dict(absent)
    for text, (name, kind, required) in zip(cells, plan, strict=True):
        if not text and required:
            raise FolderError("F-04", file=file, line=line, column=name)
        try:
            typed[name] = (text or None) if kind == "text" else _remembered(text, kind)
        except (ValueError, InvalidOperation):
            raise FolderError("F-03", file=file, line=line, column=name, value=text, type=named(kind)) from None
    return typed


def named(kind: str) -> str:
    """What people call a type of column."""
    name, _, choices = kind.partition(":")
    return texts.label(f"type.{name}", choices="・".join(choices.split("|")))


@lru_cache(maxsize=1 << 17)
def _remembered(text: str, kind: str) -> Any:
    """The same few dates and words stand in every line of a ledger."""
    return value_of(text, kind)


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
    if kind in _PLAIN and not _PLAIN[kind].fullmatch(text):
        raise ValueError(text)  # every engine must read it as this library does
    return _READERS[kind](text)


_PLAIN = {
    "date": re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII),
    "datetime": re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?([+-]\d{2}:\d{2}|Z)?", re.ASCII),
    "decimal": re.compile(r"-?\d+(\.\d+)?", re.ASCII),
    "integer": re.compile(r"-?\d+", re.ASCII),
}
_READERS: Mapping[str, Callable[[str], Any]] = {
    "text": str,
    "date": date.fromisoformat,
    "datetime": datetime.fromisoformat,
    "decimal": Decimal,
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


def toml_place(error: tomllib.TOMLDecodeError) -> str:
    """Where a file of settings cannot be read, in the language of the interface; the parser says it in English."""
    found = re.search(r"line (\d+), column (\d+)", str(error))
    return texts.label("toml.place", line=found[1], column=found[2]) if found else texts.label("toml.end")

"""A CSV as a book of one sheet; comma, semicolon or tab, whichever divides its lines evenly."""

from __future__ import annotations

import csv
import io
from pathlib import PurePath

from kotsukotsu.errors import ImportFileError
from kotsukotsu.importers.encoding import decode
from kotsukotsu.importers.extras import limit
from kotsukotsu.importers.model import EMPTY, Book, Cell, Sheet

_LOOK_AT = 50


def open_csv(data: bytes, name: str) -> Book:
    """The one sheet of a CSV, named as the file without its ending.

    Raises
    ------
    ImportFileError
        IM-02 no text, IM-04 a cell that never ends.
    """
    text, encoding = decode(data, name)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text)))
    except csv.Error as error:
        raise ImportFileError("IM-04", file=name, detail=str(error)) from None
    limit(len(rows), max((len(row) for row in rows), default=0))
    cells = tuple(tuple(_cell(value) for value in row) for row in rows)
    return Book(name, "csv", (Sheet(PurePath(name).stem or "CSV", cells),), encoding)


def _delimiter(text: str) -> str:
    lines = text.splitlines()[:_LOOK_AT]
    return max(",\t;", key=lambda sign: sum(line.count(sign) > 0 for line in lines))


def _cell(value: str) -> Cell:
    return Cell(value, "text") if value.strip() else EMPTY

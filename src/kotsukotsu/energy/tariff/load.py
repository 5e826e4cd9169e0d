"""The tables of tariffs that are shipped, and with them a site's own."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path

from kotsukotsu import schema
from kotsukotsu.energy.errors import EnergyError
from kotsukotsu.energy.tariff.model import TABLES, Book, Row

SHIPPED = Path(__file__).parent / "data"
DATED = ("prices", "adjustments", "rates")


@cache
def shipped() -> Book:
    """What comes with the program: rates of the law, and tariffs that say they are examples."""
    return book({name: (SHIPPED / f"{name}.csv").read_text(encoding="utf-8") for name in TABLES})


def with_own(own: Mapping[str, str]) -> Book:
    """The shipped tables, and below each the site's own (name of a table to its text)."""
    mine, known = book(own), shipped()
    replaced = {row["tariff_id"] for row in mine.rows["tariffs"]}
    return Book({name: (*_kept(known.rows[name], replaced), *mine.rows[name]) for name in TABLES})


def book(texts: Mapping[str, str]) -> Book:
    """Tables from their texts; an absent one has no rows.

    Raises
    ------
    FolderError
        F-02 to F-05 with file, line and column.
    EnergyError
        TF-04 a validity that does not begin with a month.
    """
    rows = {name: _read(texts.get(name), name) for name in TABLES}
    return Book(rows)


def _read(text: str | None, name: str) -> tuple[Row, ...]:
    if text is None:
        return ()
    numbered = list(schema.numbered(text, f"energy/{name}", f"{name}.csv"))
    if name in DATED:
        for line, row in numbered:
            for column in ("valid_from", "valid_to"):
                _first_of_month(row[column], f"{name}.csv", line, column)
    return tuple(row for _, row in numbered)


def _first_of_month(day: date | None, file: str, line: int, column: str) -> None:
    if day is not None and day.day != 1:
        raise EnergyError("TF-04", file=file, line=line, column=column, value=day)


def _kept(rows: tuple[Row, ...], replaced: set[str]) -> tuple[Row, ...]:
    """Rows of tariffs that the site does not name anew."""
    return tuple(row for row in rows if row.get("tariff_id") not in replaced)

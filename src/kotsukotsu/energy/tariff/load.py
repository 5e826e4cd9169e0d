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
SERIES = {"adjustments": "series", "rates": "kind"}  # by which column rows of one series are known


@cache
def shipped() -> Book:
    """What comes with the program: rates of the law, and tariffs that say they are examples."""
    return book({name: (SHIPPED / f"{name}.csv").read_text(encoding="utf-8") for name in TABLES})


def with_own(own: Mapping[str, str]) -> Book:
    """The shipped tables, and below each the site's own (name of a table to its text).

    A tariff that the site names is the site's alone; a levy, tax or adjustment of the site takes the place of shipped
    ones that were in force in the same months.
    """
    mine, known = book(own), shipped()
    replaced = {row["tariff_id"] for row in mine.rows["tariffs"]}
    return Book({
        name: (*_beside(_kept(known.rows[name], replaced), mine.rows[name], SERIES.get(name)), *mine.rows[name])
        for name in TABLES
    })  # fmt: skip


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


def _beside(rows: tuple[Row, ...], own: tuple[Row, ...], column: str | None) -> tuple[Row, ...]:
    """Rows of a series whose months no own row of the series speaks of."""
    if column is None:
        return rows
    return tuple(row for row in rows if not any(one[column] == row[column] and _overlap(one, row) for one in own))


def _overlap(one: Row, other: Row) -> bool:
    return bool(one["valid_from"] < (other["valid_to"] or date.max)
                and other["valid_from"] < (one["valid_to"] or date.max))  # fmt: skip


def _kept(rows: tuple[Row, ...], replaced: set[str]) -> tuple[Row, ...]:
    """Rows of tariffs that the site does not name anew."""
    return tuple(row for row in rows if row.get("tariff_id") not in replaced)

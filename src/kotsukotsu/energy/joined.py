"""What the tables of a site owe each other: numbers used once, rows that belong to something, values that can be.

A row that belongs to nothing would be left out without a word, and of two rows for one thing the later would win.
"""

from __future__ import annotations

import csv
from collections.abc import Hashable, Iterable, Mapping, Sequence
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TypeVar

from kotsukotsu import texts
from kotsukotsu.energy.errors import EnergyError
from kotsukotsu.schema import Row

RANGES = Path(__file__).parent / "site_ranges.csv"
ONCE = {
    "buildings": ("building_id",), "generators": ("generator_id",), "bills": ("building_id", "month"),
    "shares": ("generator_id", "building_id"), "ppas": ("ppa_id",), "settlements": ("ppa_id", "fiscal_year"),
    "menus": ("menu_id",), "contracts": ("meter_id", "valid_from"), "heat": ("building_id", "month"),
}  # fmt: skip
# Column of a table, and the columns in one of which its value must stand.
BELONGS = (
    ("generators", "meter_id", (("buildings", "meter_id"),)),
    ("bills", "building_id", (("buildings", "building_id"), ("buildings", "meter_id"), ("generators", "generator_id"))),
    ("shares", "generator_id", (("generators", "generator_id"),)),
    ("shares", "building_id", (("buildings", "building_id"),)),
    ("ppas", "meter_id", (("buildings", "meter_id"),)),
    ("settlements", "ppa_id", (("ppas", "ppa_id"),)),
    ("spending", "ppa_id", (("ppas", "ppa_id"),)),
    ("menus", "ppa_id", (("ppas", "ppa_id"),)),
    ("heat", "building_id", (("buildings", "building_id"),)),
    ("contracts", "meter_id", (("buildings", "meter_id"),)),
    ("options", "meter_id", (("buildings", "meter_id"),)),
)
T = TypeVar("T", bound=Hashable)
Numbered = Mapping[str, Sequence[tuple[int, Row]]]


def check(tables: Numbered) -> None:
    """Refuse tables that do not fit together; each row with its line.

    Raises
    ------
    EnergyError
        ST-05 a number used twice, ST-14 a row that belongs to nothing, ST-15 a value out of its range, TF-04 a
        contract that does not begin with a month.
    """
    for table, columns in ONCE.items():
        _once(tables[table], columns, f"{table}.csv")
    for table, column, others in BELONGS:
        _belongs(tables, table, column, others)
    for line, row in tables["contracts"]:
        if row["valid_from"].day != 1:
            raise EnergyError("TF-04", file="contracts.csv", line=line, column="valid_from", value=row["valid_from"])
    for table, column, least, most in _ranges():
        for line, row in tables[table]:
            if row[column] is not None and not least <= row[column] <= most:
                raise EnergyError("ST-15", file=f"{table}.csv", line=line, column=column, value=row[column],
                                  least=f"{least:,}", most=f"{most:,}")  # fmt: skip


def _once(rows: Iterable[tuple[int, Row]], columns: tuple[str, ...], file: str) -> None:
    key = twice(tuple(row[column] for column in columns) for _, row in rows)
    if key is not None:
        raise EnergyError("ST-05", file=file, value="・".join(str(part) for part in key))


def twice(values: Iterable[T]) -> T | None:
    """The first value that stands a second time."""
    seen: set[T] = set()
    for value in values:
        if value in seen:
            return value
        seen.add(value)
    return None


def _belongs(tables: Numbered, table: str, column: str, others: tuple[tuple[str, str], ...]) -> None:
    known = {row[other] for name, other in others for _, row in tables[name]}
    for line, row in tables[table]:
        if row[column] is not None and row[column] not in known:
            files = dict.fromkeys(f"{name}.csv" for name, _ in others)
            raise EnergyError("ST-14", file=f"{table}.csv", line=line, column=column, value=row[column],
                              other=texts.listed(files))  # fmt: skip


@cache
def _ranges() -> tuple[tuple[str, str, Decimal, Decimal], ...]:
    with RANGES.open(encoding="utf-8", newline="") as file:
        return tuple((row["table"], row["column"], Decimal(row["least"]), Decimal(row["most"]))
                     for row in csv.DictReader(file))  # fmt: skip

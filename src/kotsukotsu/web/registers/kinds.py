"""What each register is: its table, the columns that name a row, the columns it is filtered by."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kotsukotsu import schema, texts
from kotsukotsu.schema import Column, Row
from kotsukotsu.web.municipalities import tables
from kotsukotsu.web.municipalities.tabled import Tabled

FILE = Path(__file__).parent / "kinds.csv"
Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Register:
    """One register.

    Attributes
    ----------
    keys : tuple of str
        Columns that together name a row.
    filters : tuple of str
        Columns that the list can be narrowed by.
    """

    table: str
    keys: tuple[str, ...]
    filters: tuple[str, ...]

    @property
    def name(self) -> str:
        """Name for people."""
        return texts.label(f"register.{self.table}")

    @property
    def about(self) -> str:
        """What it holds."""
        return texts.label(f"register.{self.table}.about")

    @property
    def model(self) -> type[Tabled]:
        """The model of its rows."""
        return tables.MODELS[self.table]

    @property
    def columns(self) -> tuple[Column, ...]:
        """Its columns."""
        return schema.columns(self.table)

    def key(self, row: Row) -> Key:
        """What names a row."""
        return tuple(schema.cell(row.get(name)) for name in self.keys)


@cache
def registers() -> Mapping[str, Register]:
    """Every register by its table, in the order of the index."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return {
            row["table"]: Register(row["table"], _names(row["keys"]), _names(row["filters"]))
            for row in csv.DictReader(file)
        }


def _names(text: str) -> tuple[str, ...]:
    return tuple(text.split(";")) if text else ()


def reading(column: Column) -> str:
    """The heading of the names beside a column of codes, which taking in passes over."""
    return texts.label("register.reading", name=texts.label(f"register.column.{column.column}"))


def heading(column: Column) -> str:
    """A column's heading, with its unit."""
    name = texts.label(f"register.column.{column.column}")
    if column.unit in ("", "1", "FY"):
        return name
    said = texts.entries().get(f"register.unit.{column.unit}")
    return texts.label("register.heading", name=name, unit=said.says[texts.language()] if said else column.unit)

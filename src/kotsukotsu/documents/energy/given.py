"""Numbers of ``site.toml`` that a result rests on, each with its source and status, or the word that none is named."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from kotsukotsu import texts
from kotsukotsu.documents.energy.study import Part, figure
from kotsukotsu.documents.table import Row, Table
from kotsukotsu.energy import exact
from kotsukotsu.findings import Finding
from kotsukotsu.rounding import plain

KINDS = Path(__file__).parent / "given.csv"
SETTINGS, CONFIRMED, CRITICAL = "site.toml", "confirmed", "critical"
TRANSFERS = "transfers"
MOST = 3  # names that a finding tells
BY_NAME = (CRITICAL, TRANSFERS)  # a row of each has its own name and a power
WHOLE = ("year", "cars", "machines")


@dataclass(frozen=True, slots=True)
class Given:
    """A number with its source and status, empty where ``site.toml`` names none.

    A critical load, and a line between meters, goes by its own name.
    """

    section: str
    key: str
    value: float
    source: str
    status: str

    @property
    def name(self) -> str:
        """In words."""
        return self.key if self.section in BY_NAME else label(f"{self.section}.{self.key}")

    @property
    def kind(self) -> Kind:
        """Its unit and range."""
        return kinds(self.section)["kw" if self.section in BY_NAME else self.key]


@dataclass(frozen=True, slots=True)
class Kind:
    """A number that ``site.toml`` can hold; outside of its range it is taken for a slip of the unit.

    Attributes
    ----------
    unit : str
        A key of texts.
    """

    unit: str
    digits: int
    least: float
    most: float

    def holds(self, value: float) -> bool:
        """Whether the value is in the range, and whole where it counts years or cars."""
        return self.least <= value <= self.most and (self.unit not in WHOLE or value == int(value))


@cache
def kinds(section: str) -> dict[str, Kind]:
    """The numbers of a section, in the order of the table."""
    with KINDS.open(encoding="utf-8", newline="") as file:
        return {row["key"]: Kind(row["unit"], int(row["digits"]), float(row["least"]), float(row["most"]))
                for row in csv.DictReader(file) if row["section"] == section}  # fmt: skip


def part(found: Sequence[Given]) -> Part:
    """The section of a page."""
    return Part("given", label("part"), tables=(table(found),), on_terminal=False)


def table(found: Sequence[Given]) -> Table:
    """All numbers with their sources."""
    rows: list[Row] = [
        (one.name, figure(exact.decimal(one.value), one.kind.digits), label(f"unit.{one.kind.unit}"),
         one.source or label("no_source"), _status(one))
        for one in found
    ]  # fmt: skip
    heads = tuple(label(f"head.{name}") for name in ("what", "value", "unit", "source", "status"))
    return Table(label("table"), "", heads, tuple(rows))


def finding(found: Sequence[Given]) -> list[Finding]:
    """ED-13 where a number has no source or was not confirmed."""
    bare = [one.name for one in found if not one.source]
    loose = sum(one.status != CONFIRMED for one in found)
    if not bare and not loose:
        return []
    return [Finding("ED-13", SETTINGS, {"bare": len(bare), "names": _some(bare), "loose": loose, "all": len(found)})]


def _some(names: Sequence[str]) -> str:
    """The first of some names in brackets, and that there are more; nothing where there are none."""
    if not names:
        return ""
    return label("names" if len(names) <= MOST else "names.more", names=texts.listed(names[:MOST]))


def data(found: Sequence[Given]) -> list[dict[str, Any]]:
    """The same for programs."""
    return [
        {"section": one.section, "key": one.key, "value": plain(exact.decimal(one.value)),
         "source": one.source or None, "status": one.status or None}
        for one in found
    ]  # fmt: skip


def label(key: str, /, **more: Any) -> str:
    """A text of this table."""
    return texts.label(f"energy.given.{key}", **more)


def _status(one: Given) -> str:
    return texts.label(f"energy.status.{one.status or 'unconfirmed'}")

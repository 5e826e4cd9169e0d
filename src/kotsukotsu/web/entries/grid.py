"""The month grid of a sheet: lines x April to March, with last year's values and what is doubtful."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cached_property, lru_cache
from types import MappingProxyType
from typing import Any

from kotsukotsu import units
from kotsukotsu.accounting import exact
from kotsukotsu.findings import Finding
from kotsukotsu.ledger.states import State, combined, months_of, state
from kotsukotsu.periods import LONG_DAYS, FiscalYear, Month, last_day
from kotsukotsu.rounding import plain
from kotsukotsu.schema import Row
from kotsukotsu.web.common import advice

Key = tuple[str, str, str]  # item, meter, use
KEPT = 1 << 12  # periods whose month is at hand


@dataclass(frozen=True, slots=True)
class File:
    """A file that proves a cell, and where it is opened."""

    name: str
    address: str


Files = Mapping[tuple[Key, str], tuple[File, ...]]  # by line and month; no month is the whole year
NO_FILES: Files = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class GridCell:
    """A month of a line.

    Attributes
    ----------
    rows : tuple of Row
        The rows that count; more than one are bills with their own periods.
    before : Decimal or None
        Last year's quantity. [unit of the line]
    findings : tuple of Finding
        What the ledger's checks say of it.
    files : tuple of File
        What proves it.
    is_closed : bool
        Nothing can be entered: the vehicle was not there in that month.
    """

    month: Month
    rows: tuple[Row, ...]
    value: Decimal | None
    state: State
    before: Decimal | None
    before_state: State
    findings: tuple[Finding, ...] = ()
    files: tuple[File, ...] = ()
    is_closed: bool = False

    @property
    def seen(self) -> str:
        """What a person has before their eyes; it must still be so when their change arrives."""
        return "+".join(row["activity_id"] for row in self.rows)

    @property
    def is_one(self) -> bool:
        """Whether the cell can be typed into: no row, or one."""
        return len(self.rows) < 2 and not self.is_closed

    @property
    def text(self) -> str:
        """The quantity in plain digits; － where nothing was used."""
        if self.state == "not_occurring":
            return "－"
        return "" if self.value is None else plain(self.value)

    def as_dict(self) -> dict[str, Any]:
        """For the page's script."""
        return {
            "month": str(self.month),
            "text": self.text,
            "state": self.state,
            "seen": self.seen,
            "editable": self.is_one,
            "before": "" if self.before is None else plain(self.before),
            "before_state": self.before_state,
            "findings": [advice.as_dict(finding) for finding in self.findings],
        }


@dataclass(frozen=True)
class GridLine:
    """An item of a meter and use.

    Attributes
    ----------
    long_rows : tuple of Row
        Rows over more than a month that stand in no cell (a year in one row).
    contracts : tuple
        Supplier and menu from month to month, for the band above electricity.
    owed : frozenset of int, optional
        Running numbers of the months that must say something; all of the year if left out.
    """

    item: str
    item_name: str
    meter_id: str
    use: str
    unit: str
    cells: tuple[GridCell, ...]
    long_rows: tuple[Row, ...] = ()
    contracts: tuple[tuple[str, int], ...] = ()
    decimals: int = field(default=0)
    owed: frozenset[int] | None = None

    @property
    def key(self) -> Key:
        """Item, meter and use."""
        return self.item, self.meter_id, self.use

    @property
    def ident(self) -> str:
        """The key as one text, for the page's script."""
        return "|".join(self.key)

    @cached_property
    def total(self) -> Decimal | None:
        """Sum of what is known; None where nothing is. [unit]"""
        known = [cell.value for cell in self.cells if cell.value is not None]
        return exact.total(known) if known else None

    @cached_property
    def before_total(self) -> Decimal | None:
        """The same of last year. [unit]"""
        known = [cell.before for cell in self.cells if cell.before is not None]
        return exact.total(known) if known else None

    @cached_property
    def change(self) -> Decimal | None:
        """Change against the same months of last year, where both are known. [%]"""
        pairs = [(c.value, c.before) for c in self.cells if c.value is not None and c.before is not None]
        before = exact.total(b for _, b in pairs)
        if not before:
            return None
        return exact.quotient(exact.difference(exact.total(v for v, _ in pairs), before) * 100, before)

    @cached_property
    def said(self) -> frozenset[int]:
        """Months that say something, in their cell or in a row over more than one."""
        own = {cell.month.index for cell in self.cells}
        long = {index for row in self.long_rows if _speaks(row) for index in months_of(row["start"], row["end"])}
        return frozenset({cell.month.index for cell in self.cells if cell.state != "missing"} | (long & own))

    @property
    def filled(self) -> int:
        """How many months say something."""
        return len(self.said)

    @property
    def wanted(self) -> int:
        """How many months must say something or do."""
        owed = {cell.month.index for cell in self.cells} if self.owed is None else self.owed
        return len(owed | self.said)

    def as_dict(self) -> dict[str, Any]:
        """For the page's script."""
        return {
            "line": self.ident,
            "item": self.item,
            "name": self.item_name,
            "unit": self.unit,
            "meter": self.meter_id,
            "use": self.use,
            "total": "" if self.total is None else plain(self.total),
            "before_total": "" if self.before_total is None else plain(self.before_total),
            "change": "" if self.change is None else f"{self.change:.1f}",
            "filled": self.filled,
            "wanted": self.wanted,
            "cells": [cell.as_dict() for cell in self.cells],
        }


def _speaks(row: Row) -> bool:
    return row["quantity"] is not None or row["basis"] == "not_occurring"


def month_of(row: Row) -> Month | None:
    """The month in whose cell a row stands: that of its last day; none where it covers more than a month."""
    return _month(row["start"], row["end"])


@lru_cache(maxsize=KEPT)
def _month(start: date, end: date) -> Month | None:
    return None if (end - start).days > LONG_DAYS else Month.of(last_day(end))


def key_of(row: Row) -> Key:
    """The line that a row belongs to."""
    return row["item"], row.get("meter_id") or "", row.get("use") or ""


def place_of(row: Row) -> tuple[Key, str]:
    """The line and month of a row; no month where it covers more."""
    month = month_of(row)
    return key_of(row), "" if month is None else str(month)


def line_of(
    key: Key,
    names: tuple[str, str],
    year: FiscalYear,
    rows: Sequence[Row],
    findings: Sequence[Finding],
    files: Files = NO_FILES,
) -> GridLine:
    """One line of the grid.

    Parameters
    ----------
    names : tuple of str
        Name and unit of the item.
    rows : sequence of Row
        Rows that count of this line, of this year and the one before.
    findings : iterable of Finding
        What the checks say; those of this line and year are placed in its cells.
    files : mapping
        What proves the cells; a file of the whole year proves those in which something stands.
    """
    by_month: dict[Month | None, list[Row]] = {}
    since = year.before.start
    for row in rows:
        if row["end"] > since:
            by_month.setdefault(month_of(row), []).append(row)
    ids = {row["activity_id"] for row in rows}
    own = [finding for finding in findings if _is_of(finding, key, ids)]
    beside = [finding for finding in findings if _ids(finding, "beside") & ids]
    months = zip(year.months(), year.before.months(), strict=True)
    made = (_cell(month, by_month.get(month, ()), by_month.get(past, ()), names[1], (own, beside))
            for month, past in months)  # fmt: skip
    cells = tuple(_filed(cell, key, files) for cell in made) if files else tuple(made)
    long_rows = tuple(row for row in by_month.get(None, ()) if FiscalYear.of(last_day(row["end"])) == year)
    return GridLine(key[0], names[0], key[1], key[2], names[1], cells, long_rows)


def _cell(
    month: Month, rows: Sequence[Row], before: Sequence[Row], unit: str, found: tuple[Sequence[Finding], ...]
) -> GridCell:
    own, beside = found
    name, ids = str(month), {row["activity_id"] for row in rows}
    told = [finding for finding in own if _is_in(finding, name)]
    said = (*told, *(finding for finding in beside if _ids(finding, "beside") & ids))
    return GridCell(
        month, tuple(rows), _sum(rows, unit), combined(state(row) for row in rows), _sum(before, unit),
        combined(state(row) for row in before), said,
    )  # fmt: skip


def _is_in(finding: Finding, month: str) -> bool:
    """Whether a finding is of a month: it names one, or the first and the last of a run (C-01)."""
    first = finding.data.get("month")
    return first is not None and first <= month <= finding.data.get("until", first)


def _filed(cell: GridCell, key: Key, files: Files) -> GridCell:
    whole = files.get((key, ""), ()) if cell.rows else ()
    own = files.get((key, str(cell.month)), ())
    return replace(cell, files=tuple(dict.fromkeys((*own, *whole)))) if own or whole else cell


def _sum(rows: Iterable[Row], unit: str) -> Decimal | None:
    """What the rows of a cell say together; None where one has no quantity or another kind of unit."""
    known = []
    for row in rows:
        if row["basis"] == "not_occurring":
            continue
        if row["quantity"] is None or not units.same_dimension(row["unit"], unit):
            return None
        known.append(exact.product(row["quantity"], units.ratio(row["unit"], unit)))
    return exact.total(known) if known else None


def _is_of(finding: Finding, key: Key, ids: AbstractSet[str]) -> bool:
    """Whether a finding speaks of a line: of its item and meter, and of one of its rows if it names any."""
    named = _ids(finding, "activity_id")
    return series_of(finding) == key[:2] and (not named or bool(named & ids))


def series_of(finding: Finding) -> tuple[str | None, str]:
    """Item and meter that a finding speaks of."""
    return finding.data.get("item"), finding.data.get("meter_id") or ""


def _ids(finding: Finding, name: str) -> set[str]:
    """Rows that a finding names: those that it is of, or those ``beside`` which one stands (C-38)."""
    return set(str(finding.data.get(name) or "").split(", ")) - {""}

"""What a file leaves unsaid means what the city's latest rows of the same series say: the meter, the use of a fuel.

Without this, a department's sheet beside a retailer's bills would stand twice in the ledger, and be counted twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from kotsukotsu.importers.resolve import Resolved

Series = tuple[str, ...]
METER = ("facility_id", "item")
USE = ("facility_id", "item", "meter_id")


@dataclass(frozen=True)
class Unsaid:
    """The one value of a column that the latest rows of each series name; two values are not chosen between."""

    column: str
    keys: tuple[str, ...]
    known: Mapping[Series, str]

    @classmethod
    def of(cls, existing: Iterable[Mapping[str, Any]], column: str, keys: tuple[str, ...]) -> Unsaid:
        """What the current rows say.

        Parameters
        ----------
        column : str
            ``meter_id`` or ``use``.
        keys : tuple of str
            The columns that make a series.
        """
        latest: dict[Series, tuple[date, set[str]]] = {}
        for row in existing:
            series = _series(row, keys)
            end, values = latest.get(series, (row["end"], set()))
            if row["end"] > end:
                values = set()
            if row["end"] >= end:
                latest[series] = (row["end"], values | {row.get(column) or ""})
        return cls(column, keys, {series: values.pop() for series, (_, values) in latest.items() if len(values) == 1})

    def filled(self, resolved: Resolved) -> Resolved:
        """The row with the value of its series, where the file names none."""
        row = resolved.row
        if row is None or row[self.column]:
            return resolved
        value = self.known.get(_series(row, self.keys), "")
        return replace(resolved, row={**row, self.column: value}) if value else resolved


def _series(row: Mapping[str, Any], keys: tuple[str, ...]) -> Series:
    return tuple(row.get(key) or "" for key in keys)

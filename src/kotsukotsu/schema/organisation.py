"""Departments as they were: one id may have several rows, one for each name or place, each with its days."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from kotsukotsu.schema import Row


def departments_at(rows: Iterable[Row], day: date | None) -> Mapping[str, Row]:
    """Each department as it was on a day, or as it stands last where no day is given.

    One that was not there on the day is as it was next to it: the last before, else the first after. An office that
    has been abolished keeps its name beside the figures of its years, and a new one names what it took over.

    >>> rows = [
    ...     {"department_id": "d1", "name": "管財課", "valid_from": None, "valid_to": date(2021, 4, 1)},
    ...     {"department_id": "d1", "name": "財産経営課", "valid_from": date(2021, 4, 1), "valid_to": None},
    ... ]
    >>> [departments_at(rows, day)["d1"]["name"] for day in (date(2014, 3, 31), date(2021, 4, 1), None)]
    ['管財課', '財産経営課', '財産経営課']
    """
    found: dict[str, Row] = {}
    for row in sorted(rows, key=lambda row: row["valid_from"] or date.min):
        if row["department_id"] not in found or _began(row, day):
            found[row["department_id"]] = row
    return found


def _began(row: Row, day: date | None) -> bool:
    return day is None or row["valid_from"] is None or row["valid_from"] <= day

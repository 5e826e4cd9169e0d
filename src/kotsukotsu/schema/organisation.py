"""Departments as they were, and the facilities that they had: rows with their days."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import combinations, groupby, pairwise
from typing import NamedTuple

from kotsukotsu.schema import Row


def in_force(row: Row, day: date) -> bool:
    """Whether a dated row holds on a day."""
    return _began(row, day) and day < (row.get("valid_to") or date.max)


def departments_at(rows: Iterable[Row], day: date | None) -> Mapping[str, Row]:
    """Each department as it was on a day, or as it stands last where no day is given.

    One id may have several rows, one for each name or place. One that was not there on the day is as it was next to
    it: the last before, else the first after. An office that has been abolished keeps its name beside the figures of
    its years, and a new one names what it took over.

    >>> rows = [
    ...     {"department_id": "d1", "name": "管財課", "valid_from": None, "valid_to": date(2021, 4, 1)},
    ...     {"department_id": "d1", "name": "財産経営課", "valid_from": date(2021, 4, 1), "valid_to": None},
    ... ]
    >>> [departments_at(rows, day)["d1"]["name"] for day in (date(2014, 3, 31), date(2021, 4, 1), None)]
    ['管財課', '財産経営課', '財産経営課']
    """
    found: dict[str, Row] = {}
    for row in sorted(rows, key=_first):
        if row["department_id"] not in found or day is None or _began(row, day):
            found[row["department_id"]] = row
    return found


def departments_of(facilities: Iterable[Row], dated: Iterable[Row], day: date) -> dict[str, str]:
    """The department of each facility on a day; empty where none is named.

    Parameters
    ----------
    facilities, dated : iterable of Row
        The tables ``facilities`` and ``facility_departments``. A row of the latter says it for its days, the former
        for all others.

    Examples
    --------
    >>> facilities = [{"facility_id": "f1", "department_id": "d2"}]
    >>> dated = [{"facility_id": "f1", "department_id": "d1", "valid_from": None, "valid_to": date(2021, 4, 1)}]
    >>> [departments_of(facilities, dated, date(year, 3, 31)) for year in (2021, 2022)]
    [{'f1': 'd1'}, {'f1': 'd2'}]
    """
    found = {row["facility_id"]: row.get("department_id") or "" for row in facilities}
    return found | {row["facility_id"]: row["department_id"] or "" for row in dated if in_force(row, day)}


class Span(NamedTuple):
    """Days on which a facility belonged to a department, the first and the first no longer; open where None."""

    department: str
    start: date | None
    end: date | None


def spans(department: str, dated: Iterable[Row]) -> list[Span]:
    """All days of a facility, parted where its department changes.

    Parameters
    ----------
    department : str
        Of the register of facilities.
    dated : iterable of Row
        The facility's rows of ``facility_departments``.

    Examples
    --------
    >>> spans("d2", [{"department_id": "d1", "valid_from": None, "valid_to": date(2021, 4, 1)}])
    [Span(department='d1', start=None, end=datetime.date(2021, 4, 1)), Span(department='d2', \
start=datetime.date(2021, 4, 1), end=None)]
    """
    rows = list(dated)
    cuts = {day for row in rows for day in (row["valid_from"], row["valid_to"]) if day}
    found: list[Span] = []
    for start, end in pairwise([None, *sorted(cuts), None]):
        own = next((row["department_id"] or "" for row in rows if in_force(row, start or date.min)), department)
        if found and found[-1].department == own:
            found[-1] = found[-1]._replace(end=end)
        else:
            found.append(Span(own, start, end))
    return found


def handed_over(known: Iterable[Span], department: str, day: date) -> list[Span]:
    """The spans of a facility that belongs to another department from a day on, whatever was known of later days.

    The last span is that of the register of facilities, those before are rows of ``facility_departments``.
    """
    before = [span for span in known if span.start is None or span.start < day]
    *past, last = before
    if last.department == department:
        return [*past, last._replace(end=None)]
    return [*past, last._replace(end=day), Span(department, day, None)]


def below(departments: Iterable[str], tree: Mapping[str, Row]) -> frozenset[str]:
    """Departments with all that stand below them in the tree of a day (`departments_at`)."""
    found = set(departments)
    while more := {key for key, row in tree.items() if row["parent_id"] in found} - found:
        found |= more
    return frozenset(found)


def overlaps(rows: Iterable[Row], column: str) -> Iterator[tuple[Row, Row]]:
    """Rows of one department, or of one facility, that hold on the same day, two and two.

    Parameters
    ----------
    column : str
        Whose rows they are: ``department_id`` or ``facility_id``.
    """
    ordered = sorted(rows, key=lambda row: (row[column], _first(row)))
    for _, own in groupby(ordered, key=lambda row: row[column]):
        for one, other in combinations(own, 2):
            if _first(other) < (one.get("valid_to") or date.max):
                yield one, other


def _first(row: Row) -> date:
    return row.get("valid_from") or date.min


def _began(row: Row, day: date) -> bool:
    return _first(row) <= day

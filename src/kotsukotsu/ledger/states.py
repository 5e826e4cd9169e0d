"""Missing, zero, estimated, not occurring and measured are different things, told apart only here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from typing import Literal

from kotsukotsu.periods import FiscalYear, Month, last_day
from kotsukotsu.schema import Row

State = Literal["missing", "estimated", "measured", "zero", "not_occurring"]
# Where several rows share a cell, the first of these that one of them has: a value never covers a doubt.
ORDER: tuple[State, ...] = ("missing", "estimated", "measured", "zero", "not_occurring")
Piece = tuple[date, date, State]


def state(row: Row | None) -> State:
    """What a row says; no row at all is missing.

    An estimate of zero is an estimate. An empty quantity is missing unless the row says that nothing
    occurred.
    """
    if row is None:
        return "missing"
    if row["basis"] == "not_occurring":
        return "not_occurring"
    quantity = row["quantity"]
    if quantity is None:
        return "missing"
    if row["basis"] == "estimated":
        return "estimated"
    return "measured" if quantity else "zero"


def combined(states: Iterable[State]) -> State:
    """What the rows of one cell say together; none of them is missing."""
    return min(states, key=ORDER.index, default="missing")


@lru_cache(maxsize=1 << 14)
def months_of(start: date, end: date) -> range:
    """The months that a half-open period answers for, as running numbers (`Month.index`).

    The month of its last day (検針月), and those before it of which the period holds the first day.

    >>> [str(Month.at(index)) for index in months_of(date(2024, 3, 15), date(2024, 4, 15))]
    ['2024-04']
    >>> [str(Month.at(index)) for index in months_of(date(2024, 4, 1), date(2024, 7, 1))]
    ['2024-04', '2024-05', '2024-06']
    """
    last = Month.of(last_day(end)).index
    first = Month.of(start).index + (start.day > 1)
    return range(min(first, last), last + 1)


def by_month(pieces: Sequence[Piece]) -> dict[int, State]:
    """States of one series by month (running number); a month without a row is left out.

    The earliest period answers for the month in which it begins too: no earlier bill can.
    """
    found: dict[int, State] = {}
    for start, end, said in pieces:
        for index in months_of(start, end):
            found[index] = combined((found[index], said)) if index in found else said
    if pieces:
        start, _, said = min(pieces, key=lambda piece: piece[0])
        first = Month.of(start).index
        found[first] = combined((found.get(first, said), said))
    return found


def cells(rows: Iterable[Row], facility: str, item: str, fy: FiscalYear) -> dict[Month, State]:
    """The twelve cells of a facility and an item in a fiscal year.

    Parameters
    ----------
    rows : iterable of Row
        Rows that count (`current.as_of`), of any facility.
    facility, item : str
        Which of them.
    fy : FiscalYear
        April to March.

    Returns
    -------
    dict
        Month to state, all meters and uses together.
    """
    series: dict[str | None, list[Piece]] = {}
    for row in rows:
        if row["facility_id"] == facility and row["item"] == item:
            series.setdefault(row.get("meter_id"), []).append((row["start"], row["end"], state(row)))
    said = [by_month(pieces) for pieces in series.values()]
    return {month: combined(states[month.index] for states in said if month.index in states) for month in fy.months()}

"""Dated shares that must add up to one on every day: contracts, apportionments, bodies, compositions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from kotsukotsu.schema import Row


class Segment(NamedTuple):
    """Days on which the same rows are in force, and the sum of their shares."""

    start: date
    end: date
    rows: tuple[Row, ...]
    total: Decimal


def segments(rows: Sequence[Row], start: date, end: date) -> Iterator[Segment]:
    """The stretches of ``[start, end)`` between changes; an empty share is 1.

    Parameters
    ----------
    rows : sequence of Row
        Rows with `valid_from`, `valid_to` and, where the table has it, `share`.
    start, end : date
        The days to look at.
    """
    cuts = {start, end}
    for row in rows:
        cuts.update(day for day in (row.get("valid_from"), row.get("valid_to")) if day and start < day < end)
    days = sorted(cuts)
    for first, stop in pairwise(days):
        in_force = tuple(row for row in rows if _holds(row, first))
        yield Segment(first, stop, in_force, sum((_share(row) for row in in_force), Decimal(0)))


def runs(pieces: Sequence[Segment], wanted: Callable[[Segment], bool]) -> Iterator[Segment]:
    """The wanted segments, neighbours of equal sum and equal number of rows taken together."""
    current: Segment | None = None
    for piece in pieces:
        if not wanted(piece):
            continue
        if current and current.end == piece.start and _alike(current, piece):
            current = current._replace(end=piece.end)
            continue
        if current:
            yield current
        current = piece
    if current:
        yield current


def _alike(one: Segment, other: Segment) -> bool:
    return one.total == other.total and len(one.rows) == len(other.rows)


def _holds(row: Row, day: date) -> bool:
    begins, ends = row.get("valid_from"), row.get("valid_to")
    return (begins is None or begins <= day) and (ends is None or day < ends)


def _share(row: Row) -> Decimal:
    share = row.get("share")
    return Decimal(1) if share is None else share

"""Posting and correcting: rows are only ever added."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from kotsukotsu import schema
from kotsukotsu.errors import LedgerError
from kotsukotsu.ledger import chain, rules
from kotsukotsu.ledger.current import refuse
from kotsukotsu.periods import JST
from kotsukotsu.schema import Row

_NUMBERED = re.compile(r"A(\d+)", re.ASCII)


def post(existing: Sequence[Row], new: Iterable[Row], *, actor: str, now: datetime) -> list[Row]:
    """The rows to append to the ledger, all of them or none.

    Parameters
    ----------
    existing : sequence of Row
        The whole ledger.
    new : iterable of Row
        Rows of ``activities``; one without an `activity_id` gets the next number.
    actor : str
        Who posts.
    now : datetime
        Aware; kept in Japan Standard Time.

    Returns
    -------
    list of Row
        Complete rows, with `posted_at` and `posted_by`.

    Raises
    ------
    LedgerError
        LG-01 no actor, LG-02 a moment without a time zone, LG-04 rows that are refused, with their findings.
    """
    if not actor.strip():
        raise LedgerError("LG-01")
    if now.tzinfo is None:
        raise LedgerError("LG-02", moment=now.isoformat())
    stamp = {"posted_at": now.astimezone(JST), "posted_by": actor.strip()}
    given = list(new)
    numbers = _free_ids([*existing, *given])
    rows = [_complete({**row, **stamp}, numbers) for row in given]
    found = [fault for row in rows for fault in rules.faults(row, _where(row))]
    refuse([*found, *chain.faults([*existing, *rows])], "LG-04")
    return rows


def correct(
    existing: Sequence[Row],
    activity_id: str,
    changes: Mapping[str, Any],
    *,
    actor: str,
    now: datetime,
    note: str,
) -> Row:
    """The row that takes the place of another one.

    Parameters
    ----------
    existing : sequence of Row
        The whole ledger.
    activity_id : str
        The row to replace; it must still count.
    changes : mapping
        Columns of ``activities`` with their new values.
    actor, now
        As in `post`.
    note : str
        Why; it follows the remark that the row already had.

    Raises
    ------
    LedgerError
        LG-05 no reason, LG-06 no such row, LG-07 already replaced, LG-08 a column that cannot be changed,
        LG-09 nothing changes, and those of `post`.
    """
    if not note.strip():
        raise LedgerError("LG-05", activity_id=activity_id)
    old = _standing(existing, activity_id)
    fixed = [name for name in changes if name in rules.ASSIGNED or name not in _columns()]
    if fixed:
        raise LedgerError("LG-08", columns="・".join(fixed))
    if all(old.get(name) == value for name, value in changes.items()):
        raise LedgerError("LG-09", activity_id=activity_id)
    row = {**old, **changes, "activity_id": None, "replaces": activity_id}
    row["note"] = f"{row['note']}（{note.strip()}）" if row.get("note") else note.strip()
    return post(existing, [row], actor=actor, now=now)[0]


def withdraw(existing: Sequence[Row], activity_id: str, *, actor: str, now: datetime, note: str) -> Row:
    """The row that takes back another one (entered twice): not occurring, without a quantity.

    Raises
    ------
    LedgerError
        As `correct`.
    """
    changes = {"basis": "not_occurring", "quantity": None, "cost_yen": None}
    return correct(existing, activity_id, changes, actor=actor, now=now, note=note)


def _columns() -> list[str]:
    return [column.column for column in schema.columns("activities")]


def _complete(row: Row, numbers: Iterator[str]) -> Row:
    ordered = {name: row.get(name) for name in [*_columns(), *row]}
    return {**ordered, "activity_id": row.get("activity_id") or next(numbers)}


def _free_ids(existing: Iterable[Row]) -> Iterator[str]:
    taken = (_NUMBERED.fullmatch(row.get("activity_id") or "") for row in existing)
    number = max((int(match[1]) for match in taken if match), default=0)
    while True:
        number += 1
        yield f"A{number:06d}"


def _standing(existing: Iterable[Row], activity_id: str) -> Row:
    old: Row | None = None
    for row in existing:
        if row.get("replaces") == activity_id:
            raise LedgerError("LG-07", activity_id=activity_id, by=row["activity_id"])
        if row["activity_id"] == activity_id:
            old = row
    if old is None:
        raise LedgerError("LG-06", activity_id=activity_id)
    return old


def _where(row: Row) -> str:
    named = ("source", "facility_id", "item", "start", "activity_id")
    return " ".join(str(row[name]) for name in named if row.get(name))

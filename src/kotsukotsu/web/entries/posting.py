"""The only way into the ledger: rows are posted by `ledger.post`, in the order of their numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from secrets import randbelow
from typing import cast

from django.db import connection, transaction
from django.db.models import F, Q

from kotsukotsu.ledger.post import post
from kotsukotsu.schema import Row
from kotsukotsu.web.accounts.models import User
from kotsukotsu.web.common.asking import objects, write
from kotsukotsu.web.entries.models import Activity
from kotsukotsu.web.errors import WebError
from kotsukotsu.web.municipalities import tables
from kotsukotsu.web.municipalities.models import Municipality

STEP = 1 << 24  # of the numbers of registers, at most


@transaction.atomic
def rows_post(*, rows: Iterable[Row], now: datetime, actor: User) -> list[Row]:
    """Add rows to the ledger, all of them or none.

    Parameters
    ----------
    rows : iterable of Row
        Rows of ``activities`` without numbers; a correction names what it `replaces`.

    Raises
    ------
    LedgerError
        LG-04 with the findings, as `ledger.post`.
    """
    given = list(rows)
    return rows_add(given, lock(), _standing(given), now=now, actor=actor) if given else []


def rows_add(
    rows: Sequence[Row], turn: Municipality, standing: Iterable[Row], *, now: datetime, actor: User
) -> list[Row]:
    """Add rows within the transaction of whoever has taken their turn and has read since what the rows replace.

    Parameters
    ----------
    turn : Municipality
        What `lock` gave.
    standing : iterable of Row
        The rows that the new ones replace, without what those replaced, and the rows that replace them already.
    """
    if not rows:
        return []
    numbered = [
        {**row, "activity_id": number_of(turn.last_activity + place)} for place, row in enumerate(rows, start=1)
    ]
    posted = post(list(standing), numbered, actor=actor.username, now=now)
    tables.put(Activity.table, posted)
    write("UPDATE municipalities_municipality SET last_activity = last_activity + %s", [len(posted)])
    return posted


def number_of(place: int) -> str:
    """The id of the row that is given a place in the order of posting."""
    return f"A{place:06d}"


def lock() -> Municipality:
    """Take one's turn: until the transaction ends nobody else posts."""
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("lock() outside a transaction")
    held = " FOR UPDATE" if connection.features.has_select_for_update else ""  # SQLite's transactions write one by one
    found = objects((Municipality,), f"municipalities_municipality{held}", [])
    if not found:
        raise WebError("W-10")
    return cast("Municipality", found[0][0])


def registers_changed() -> None:
    """Say within a transaction that a register has changed: results are computed anew.

    A number that a transaction has had which was taken back is not given again: what was kept under it is of no state.
    So the next one is drawn; a clock would give it again when it is put back.
    """
    Municipality.objects.update(revision=F("revision") + 1 + randbelow(STEP))


def _standing(given: Sequence[Row]) -> list[Row]:
    """The rows that the new ones speak of: what they replace, and what replaces that already."""
    named = [row["replaces"] for row in given if row.get("replaces")]
    found = Activity.objects.filter(Q(activity_id__in=named) | Q(replaces__in=named))
    # The chain before a replaced row is whole already, and is not looked at again.
    return [{**one.as_row(), "replaces": None if one.activity_id in named else one.replaces} for one in found]

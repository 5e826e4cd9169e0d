"""The ledger as it stood at a moment."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from kotsukotsu.errors import LedgerError
from kotsukotsu.findings import Finding
from kotsukotsu.ledger.chain import faults
from kotsukotsu.schema import Row


def as_of(rows: Sequence[Row], moment: datetime | None) -> list[Row]:
    """The rows that count at a moment.

    Parameters
    ----------
    rows : sequence of Row
        The whole ledger (table ``activities``).
    moment : datetime or None
        Aware; None asks for everything posted. A row without `posted_at` has always been there.

    Returns
    -------
    list of Row
        Rows posted by then that no row posted by then replaces, in their order. A replaced row does not come
        back when the row that replaced it is itself replaced.

    Raises
    ------
    LedgerError
        LG-10 a chain of corrections is broken, LG-02 the moment names no time zone, LG-03 a `posted_at` names
        none.
    """
    refuse(faults(rows), "LG-10")
    return counting(rows, moment)


def counting(rows: Sequence[Row], moment: datetime | None) -> list[Row]:
    """The same for rows whose chains are known to be whole."""
    posted = [row for row in rows if moment is None or _posted_by(row, moment)]
    replaced = {row["replaces"] for row in posted if row.get("replaces")}
    return [row for row in posted if row["activity_id"] not in replaced]


def _posted_by(row: Row, moment: datetime) -> bool:
    if moment.tzinfo is None:
        raise LedgerError("LG-02", moment=moment.isoformat())
    posted_at = row.get("posted_at")
    if posted_at is None:
        return True
    if posted_at.tzinfo is None:
        raise LedgerError("LG-03", activity_id=row["activity_id"], moment=posted_at.isoformat())
    return bool(posted_at <= moment)


def refuse(found: Sequence[Finding], code: str, **data: Any) -> None:
    """Raise if something was found; the error carries the findings.

    Raises
    ------
    LedgerError
        `code`, with `count`, `details` and `findings`.
    """
    if found:
        details = " / ".join(f"{one.where}: {one.message()}" for one in found[:10])
        raise LedgerError(code, count=len(found), details=details, findings=tuple(found), **data)

"""Fiscal years that pages can turn to: from the ledger's first day to its last."""

from __future__ import annotations

from datetime import date

from django.db import connection

from kotsukotsu.periods import FiscalYear, last_day

# Each by its index; Django's way reads every row.
FIRST_AND_LAST = 'SELECT (SELECT MIN(start) FROM entries_activity), (SELECT MAX("end") FROM entries_activity)'


def fiscal_years() -> tuple[int, ...]:
    """Years with rows, and those between them; none where the ledger is empty."""
    with connection.cursor() as cursor:
        cursor.execute(FIRST_AND_LAST)
        first, end = cursor.fetchone()
    if first is None:
        return ()
    return tuple(range(FiscalYear.of(_day(first)).number, FiscalYear.of(last_day(_day(end))).number + 1))


def _day(value: date | str) -> date:
    """SQLite keeps days as text."""
    return date.fromisoformat(value) if isinstance(value, str) else value

"""What is asked of the ledger for one facility."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet

from kotsukotsu.periods import FiscalYear
from kotsukotsu.schema import Row
from kotsukotsu.web.entries.models import Activity
from kotsukotsu.web.municipalities import tables

# As `counting`, in SQL.
COUNTS = "NOT EXISTS (SELECT 1 FROM entries_activity newer WHERE newer.replaces = t.activity_id)"
IN_ORDER = 'ORDER BY t.start, t."end", t.id'


def counting(facility_id: str | None = None) -> QuerySet[Activity]:
    """Rows that count now: those that no other row replaces."""
    newer = Activity.objects.filter(replaces=OuterRef("activity_id"))
    found = Activity.objects.filter(~Exists(newer))
    return found if facility_id is None else found.filter(facility_id=facility_id)


def of_years(facility_id: str, first: int, last: int, items: Iterable[str] | None = None) -> list[Row]:
    """A facility's rows that count and whose last day lies in some fiscal years."""
    named = None if items is None else sorted(items)
    days = [connection.ops.adapt_datefield_value(day) for day in (FiscalYear(first).start, FiscalYear(last).end)]
    of_items = "" if named is None else f"AND t.item IN ({', '.join(['%s'] * len(named))})" if named else "AND 1 = 0"
    condition = f't.facility_id = %s AND t."end" > %s AND t."end" <= %s {of_items} AND {COUNTS} {IN_ORDER}'
    return tables.rows_where(Activity.table, condition, [facility_id, *days, *(named or ())])


def with_new(rows: Iterable[Row], posted: Sequence[Row]) -> list[Row]:
    """Rows that count once others have been posted after them, in the order of `of_years`."""
    replaced = {row["replaces"] for row in posted}
    standing = [row for row in rows if row["activity_id"] not in replaced]
    return sorted([*standing, *posted], key=lambda row: (row["start"], row["end"]))


def row(activity_id: str) -> Row | None:
    """A row by its number, whether it counts or not."""
    found = Activity.objects.filter(activity_id=activity_id).first()
    return None if found is None else found.as_row()


def between(facility_id: str, start: date, end: date) -> QuerySet[Activity]:
    """A facility's rows that count and whose period touches another one."""
    return counting(facility_id).filter(start__lt=end, end__gt=start)


def chains(facility_id: str, rows: Iterable[Row]) -> dict[str, list[Activity]]:
    """What each of a facility's rows replaced, the newest first; in one query however many rows there are."""
    listed = list(rows)
    if not any(row["replaces"] for row in listed):
        return {}
    replaced = Activity.objects.filter(replaces__isnull=False).values("replaces")
    known = {one.activity_id: one for one in Activity.objects.filter(facility_id=facility_id, activity_id__in=replaced)}
    found: dict[str, list[Activity]] = {}
    for row in listed:
        wanted, chain = row["replaces"], []
        while wanted in known:
            chain.append(known[wanted])
            wanted = known[wanted].replaces
        found[row["activity_id"]] = chain
    return found

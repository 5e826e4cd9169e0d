"""The ledger of a facility: rows that count, and readings posted as bills are."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Path, Router

from kotsukotsu.periods import last_day
from kotsukotsu.rounding import plain
from kotsukotsu.schema import Row
from kotsukotsu.web.api.access import Needs
from kotsukotsu.web.api.described import described
from kotsukotsu.web.api.posting import readings_post
from kotsukotsu.web.api.shapes import Code, LedgerRow, Named, Readings, Refusal, Taken, Year
from kotsukotsu.web.entries import ledger, selectors

router = Router(tags=["ledger"])
NAMES = ("activity_id", "facility_id", "item", "meter_id", "use", "unit", "basis", "source", "note", "replaces",
         "posted_at", "posted_by")  # fmt: skip


def _row(row: Row) -> dict[str, Any]:
    numbers = {name: None if row[name] is None else plain(row[name]) for name in ("quantity", "cost_yen")}
    return {name: row[name] for name in NAMES} | numbers | {"first": row["start"], "last": last_day(row["end"])}


@router.get(
    "/{facility_id}/{fy}", response={200: list[LedgerRow], 404: Refusal}, auth=Needs("see"), **described("ledger_rows")
)
def ledger_rows(
    request: HttpRequest, facility_id: Path[Named], fy: Path[Year], item: Code = ""
) -> list[dict[str, Any]]:
    """Rows that count and whose last day lies in the fiscal year."""
    return [_row(row) for row in ledger.of_years(facility_id, fy, fy, [item] if item else None)]


@router.post(
    "/{facility_id}/{fy}",
    response={200: Taken, 404: Refusal, 409: Refusal, 422: Refusal},
    auth=Needs("enter", writes=True),
    **described("ledger_post"),
)
def ledger_post(request: HttpRequest, facility_id: Path[Named], fy: Path[Year], sent: Readings) -> dict[str, Any]:
    """Post readings of a facility into the open sheet of the year, all of them or none.

    What has been posted before, to the last digit, is known and not posted again: a gateway may send twice.
    """
    sheet = selectors.sheet_of(fy, facility_id)
    source = f"API：{request.auth.name}"
    return {"rows": readings_post(sheet=sheet, readings=sent.rows, source=source, actor=request.user)}

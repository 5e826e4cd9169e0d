"""Fiscal years that pages can turn to: from the ledger's first day to its last."""

from __future__ import annotations

from django.db.models import Max, Min

from kotsukotsu.periods import FiscalYear, last_day
from kotsukotsu.web.entries.models import Activity


def fiscal_years() -> tuple[int, ...]:
    """Years with rows, and those between them; none where the ledger is empty."""
    found = Activity.objects.aggregate(first=Min("start"), last=Max("end"))
    if found["first"] is None:
        return ()
    first, last = FiscalYear.of(found["first"]).number, FiscalYear.of(last_day(found["last"])).number
    return tuple(range(first, last + 1))

"""The inventory of a fiscal year, as the command line writes it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Path, Router

from kotsukotsu.accounting.completeness import completeness
from kotsukotsu.accounting.inventory import COLUMNS
from kotsukotsu.sessions.inventory_body import body
from kotsukotsu.sessions.session import Session
from kotsukotsu.web.api.access import Needs
from kotsukotsu.web.api.described import described
from kotsukotsu.web.api.shapes import Code, Refusal, Year
from kotsukotsu.web.errors import WebError
from kotsukotsu.web.municipalities.dated import PAGES, computed
from kotsukotsu.web.municipalities.figures import kept

router = Router(tags=["inventory"])
BY = "item,gas"


@router.get("/{fy}", response={200: dict[str, Any], 422: Refusal}, auth=Needs("overview"), **described("inventory"))
def inventory(request: HttpRequest, fy: Path[Year], by: Code = BY) -> dict[str, Any]:
    """Emissions of a year added up by columns: item, gas, facility, department, sector, month, body, use, supplier."""
    columns = tuple(name.strip() for name in by.split(",") if name.strip())
    if not columns or any(name not in COLUMNS for name in columns):
        raise WebError("WA-14", choices=", ".join(COLUMNS))

    _, found = computed(written, fy, columns, lane=PAGES)
    return dict(found)


def written(fy: int, columns: tuple[str, ...]) -> dict[str, Any]:
    """The body of the answer; kept until the city's data change."""

    def made(session: Session) -> dict[str, Any]:
        result = session.inventory(fy, by_month="month" in columns)
        return body(result, columns, (*completeness(result), *session.doubts(fy)))

    found: dict[str, Any] = kept("inventory body", made, fy, columns)
    return found

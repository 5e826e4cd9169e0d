"""Long lists in pages: ``?page=2``, beside whatever else the address asks for (order, filters)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest

SIZE = 100  # rows that a page still shows at once


def paged(request: HttpRequest, rows: Sequence[Any], size: int = SIZE) -> Page:
    """The page of some rows that the address asks for; the nearest where there is no such page."""
    return Paginator(rows, size).get_page(request.GET.get("page"))


def query_without_page(request: HttpRequest) -> str:
    """What else the address asks for."""
    query = request.GET.copy()
    query.pop("page", None)
    return query.urlencode()

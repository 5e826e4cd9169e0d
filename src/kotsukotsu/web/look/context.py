"""What the frame of every page shows: the city, and the years one can turn to."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from django.http import HttpRequest

from kotsukotsu.web.look.years import fiscal_years
from kotsukotsu.web.municipalities import selectors


def frame(request: HttpRequest) -> dict[str, Callable[[], Any]]:
    """Asked of the database only by the pages that show it, once."""
    return {"city_name": cache(_city_name), "fiscal_years": cache(fiscal_years)}


def _city_name() -> str:
    return str(selectors.municipality() or "")

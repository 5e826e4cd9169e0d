"""Rows in the order that the address asks for: ``?sort=tonnes``, ``?sort=-tonnes`` for the largest first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from django.http import HttpRequest

Row = TypeVar("Row")


def asked(request: HttpRequest) -> tuple[str, bool]:
    """The column, and whether the largest comes first."""
    column = request.GET.get("sort", "")
    return column.removeprefix("-"), column.startswith("-")


def in_order(request: HttpRequest, rows: Iterable[Row], keys: Mapping[str, Callable[[Row], Any]]) -> list[Row]:
    """The rows sorted as asked, those without a value last; as they came where no such column is asked for."""
    column, descending = asked(request)
    found = list(rows)
    if column not in keys:
        return found
    key = keys[column]
    known = [row for row in found if key(row) is not None]
    unknown = [row for row in found if key(row) is None]
    return [*sorted(known, key=key, reverse=descending), *unknown]

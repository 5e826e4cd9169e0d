"""The tables beside the code."""

from __future__ import annotations

import csv
from datetime import date
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data"
Line = dict[str, str]


@cache
def lines(name: str) -> tuple[Line, ...]:
    """Lines of ``data/<name>.csv``, every cell as text."""
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


@cache
def by_key(name: str, key: str) -> dict[str, Line]:
    """Lines of a table by the text of one column."""
    return {line[key]: line for line in lines(name)}


def day(text: str) -> date | None:
    """An ISO date, None for an empty cell."""
    return date.fromisoformat(text) if text else None


def latest(*days: date | None) -> date | None:
    """The latest of the days that are known."""
    return max((d for d in days if d), default=None)


def earliest(*days: date | None) -> date | None:
    """The earliest of the days that are known."""
    return min((d for d in days if d), default=None)

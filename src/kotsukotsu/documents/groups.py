"""Which items share a colour in charts, by ``item_groups.csv`` and ``chart_groups.csv``.

The colours are told apart without colour vision (Okabe and Ito's set, darkened for brown and greys).
"""

from __future__ import annotations

import csv
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path

from kotsukotsu.catalogue.model import Item

OTHER = "other"


@cache
def _rows(name: str) -> tuple[dict[str, str], ...]:
    with (Path(__file__).parent / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def chart_group(item: Item) -> str:
    """The chart group of an item: the first rule that fits; the last one fits all."""
    return next(
        row["chart_group"]
        for row in _rows("item_groups")
        if fnmatchcase(item.item, row["item"]) and fnmatchcase(item.group, row["group"])
    )


@cache
def colours() -> dict[str, str]:
    """Colour of each chart group, in their order; `OTHER` is last."""
    return {row["chart_group"]: row["colour"] for row in _rows("chart_groups")}

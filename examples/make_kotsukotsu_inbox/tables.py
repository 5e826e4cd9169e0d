"""The tables beside the code."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data"
Line = dict[str, str]


@cache
def lines(name: str) -> tuple[Line, ...]:
    """Lines of ``data/<name>.csv``, every cell as text."""
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def title(file: str) -> Line:
    """Title, notes and person of a file."""
    return next(line for line in lines("titles") if line["file"] == file)


def word(item: str) -> Line:
    """What a department calls an item, and how it writes its unit."""
    return next(line for line in lines("item_words") if line["item"] == item)


def slip(kind: str, file: str, name: str, month: str = "") -> Line | None:
    """The deliberate mistake of a kind at a facility of a file, None if there is none."""
    for line in lines("slips"):
        if (line["slip"], line["file"], line["name"], line["month"]) == (kind, file, name, month):
            return line
    return None

"""How wide the columns of a table are, and how large its letters: numbers are never broken, texts share the rest."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from kotsukotsu.documents.render.model import Placed

TEXT_WIDTH = 160  # of A4 between margins of 25 mm [mm]
POINT = 0.3528  # [mm]
SIZES = (9.0, 8.0, 7.0, 6.0)  # [pt]
PADDING = 2.2  # both sides of a cell [mm]
SAFETY = 1.2  # Word may have to do with another, wider font
WHOLE_HEAD = 8  # a head up to this long is not broken [half-width characters]
SHORT = 18  # a column of texts up to this long is not broken either [half-width characters]
LEAST = 13  # of a column of long texts [half-width characters]


@dataclass(frozen=True, slots=True)
class Layout:
    """Widths of the columns, and the size of the letters. [%], [pt]"""

    shares: tuple[float, ...]
    size: float


def layout(placed: Placed, room: float = TEXT_WIDTH) -> Layout:
    """The largest letters at which every number and short word stays on one line. [mm]"""
    wanted = placed.widths or _wanted(placed)
    if placed.widths:
        return Layout(_shares([float(width) for width in wanted]), SIZES[0])
    firm = [width if width <= SHORT or index in placed.table.numbers else 0 for index, width in enumerate(wanted)]
    loose = [width if not firm[index] else 0 for index, width in enumerate(wanted)]
    for size in SIZES:
        half = size * POINT / 2 * SAFETY
        fixed = sum(width * half + PADDING for width in firm if width)
        least = sum(LEAST * half + PADDING for width in loose if width)
        if fixed + least <= room:
            return Layout(_spread(firm, loose, half, room - fixed), size)
    return Layout(_shares([float(width) for width in wanted]), SIZES[-1])


def _spread(firm: list[int], loose: list[int], half: float, left: float) -> tuple[float, ...]:
    """Long texts share what numbers leave, by their square roots; without long texts, all columns share it alike."""
    weights = [width**0.5 for width in loose]
    total = sum(weights)
    if total:
        return _shares(
            [
                width * half + PADDING if width else max(left * weight / total, 1.0)
                for width, weight in zip(firm, weights, strict=True)
            ]
        )
    return _shares([width * half + PADDING + left / len(firm) for width in firm])


def _shares(widths: list[float]) -> tuple[float, ...]:
    total = sum(widths) or 1
    return tuple(width * 100 / total for width in widths)


def _wanted(placed: Placed) -> tuple[int, ...]:
    """The longest cell of each column; a head may be broken in two, or says its own lines. [half-width characters]"""
    table = placed.table
    found = [_head(head) for head in table.headings]
    for row in (*table.rows, *table.totals):
        for index, cell in enumerate(row):
            longest = max(map(characters, str(cell).split("\n")), default=0)
            found[index] = max(found[index], longest)
    return tuple(max(width, 2) for width in found)


def _head(head: str) -> int:
    lines = head.split("\n")
    longest = max(map(characters, lines))
    return longest if len(lines) > 1 or longest <= WHOLE_HEAD else max(-(-longest // 2) + 1, WHOLE_HEAD)


def characters(text: str) -> int:
    """Width of a text in half-width characters.

    >>> characters("排出量t")
    7
    """
    return sum(2 if unicodedata.east_asian_width(sign) in "WFA" else 1 for sign in text)

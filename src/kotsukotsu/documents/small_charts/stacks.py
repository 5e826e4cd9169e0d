"""Stacked columns over fiscal years; a year without rows keeps its place and stays open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kotsukotsu.documents.charts.picture import LINE, QUIET, position
from kotsukotsu.documents.hatches import hatched
from kotsukotsu.documents.small_charts.svg import SIZE, drawing, line, rect, words

WIDTH, HEIGHT = 360.0, 190.0
TOP, BOTTOM, SIDE = 16.0, 34.0, 4.0
GAP = 0.28  # between two columns, of a column's place
SWATCH = 8.0
LEGEND_TEXT = 4.0  # between a swatch and its name


@dataclass(frozen=True, slots=True)
class Stack:
    """A fiscal year: short label, total as printed, segments from the bottom up; none where nothing is known."""

    label: str
    total: str
    segments: Mapping[str, Decimal]


def stacks(
    rows: Sequence[Stack], colours: Mapping[str, str], names: Mapping[str, str], ident: str, title: str, text: str
) -> str:
    """The picture; totals stand above the first, the highest and the last column, a legend below."""
    heights = [sum(position(max(value, Decimal(0))) for value in row.segments.values()) for row in rows]
    most = max(heights, default=0) or 1
    place = (WIDTH - 2 * SIDE) / max(len(rows), 1)
    floor = HEIGHT - BOTTOM
    parts = [line(SIDE, floor, WIDTH - SIDE, floor, QUIET)]
    told = _told(heights)
    for index, row in enumerate(rows):
        left, width = SIDE + place * (index + GAP / 2), place * (1 - GAP)
        parts += _column(row, colours, left, width, floor, (floor - TOP) / most)
        top = floor - heights[index] * (floor - TOP) / most
        if index in told:
            parts.append(words(left + width / 2, top - 3, row.total, font_weight="bold"))
        parts.append(words(left + width / 2, floor + SIZE + 2, row.label, font_size=9))
    used = [code for code in colours if any(row.segments.get(code) for row in rows)]
    parts += _legend(used, colours, names)
    return hatched(drawing(WIDTH, HEIGHT, parts, ident, title, text))


def _told(heights: Sequence[float]) -> set[int]:
    """First, highest and last of the columns that are there."""
    there = [index for index, height in enumerate(heights) if height > 0]
    return {there[0], max(there, key=lambda index: heights[index]), there[-1]} if there else set()


def _column(row: Stack, colours: Mapping[str, str], left: float, width: float, floor: float, scale: float) -> list[str]:
    parts, bottom = [], floor
    for code, colour in colours.items():
        height = position(max(row.segments.get(code, Decimal(0)), Decimal(0))) * scale
        bottom -= height
        parts.append(rect(left, bottom, width, height, colour, stroke="#ffffff", stroke_width=0.4))
    return parts


def _legend(used: Sequence[str], colours: Mapping[str, str], names: Mapping[str, str]) -> list[str]:
    parts, x, y = [], SIDE, HEIGHT - 4
    for code in used:
        parts.append(rect(x, y - SWATCH, SWATCH, SWATCH, colours[code], stroke=LINE, stroke_width=0.4))
        parts.append(words(x + SWATCH + LEGEND_TEXT, y, names[code], "start", font_size=9))
        x += SWATCH + 2 * LEGEND_TEXT + 6 + sum(9 if ord(sign) > 0xFF else 5 for sign in names[code])
    return parts

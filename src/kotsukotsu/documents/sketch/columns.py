"""Stacked columns by fiscal year for a printed page: totals above, a legend below, years without rows left open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kotsukotsu.documents.charts.picture import LINE, QUIET, position
from kotsukotsu.documents.hatches import hatched
from kotsukotsu.documents.sketch.paper import NORMAL, SMALL, WIDTH, bold, legend, lines_of, ticks
from kotsukotsu.documents.small_charts.svg import drawing, line, rect, words

LEFT, TOP, PLOT = 44.0, 22.0, 210.0
FADED = 0.45
GAP = 0.28
Places = tuple[float, float, float]  # left edge, width, floor [px]


@dataclass(frozen=True, slots=True)
class Column:
    """A year: lines under it, text above it, segments from the bottom up; hollow for a target."""

    label: tuple[str, ...]
    total: str
    segments: Mapping[str, Decimal]
    is_faded: bool = False
    strong: bool = False


def columns(
    rows: Sequence[Column], colours: Mapping[str, str], names: Mapping[str, str], ident: str, title: str, text: str,
    plot: float = PLOT,
) -> str:  # fmt: skip
    """The picture; `colours` is in the order from the bottom up."""
    heights = [sum(position(max(value, Decimal(0))) for value in row.segments.values()) for row in rows]
    marks = ticks(max(heights, default=0))
    floor, scale = TOP + plot, plot / marks[-1]
    each = (WIDTH - LEFT) / max(len(rows), 1)
    parts = _scale(marks, floor, scale)
    for index, (row, height) in enumerate(zip(rows, heights, strict=True)):
        left, width = LEFT + each * (index + GAP / 2), each * (1 - GAP)
        parts += _stack(row, colours, (left, width, floor), scale)
        parts.append(bold(left + width / 2, floor - height * scale - 5, row.total, size=_total_size(each, rows)))
        parts += lines_of(left + width / 2, floor + 14, row.label, font_weight="bold" if row.strong else "normal")
    below = floor + 14 + 13 * max((len(row.label) for row in rows), default=1)
    used = [code for code in colours if any(row.segments.get(code) for row in rows)]
    drawn, high = legend([(colours[code], names[code]) for code in used if names.get(code)], LEFT, below)
    return hatched(drawing(WIDTH, below + high + 2, [*parts, *drawn], ident, title, text))


def _total_size(each: float, rows: Sequence[Column]) -> float:
    longest = max((len(row.total) for row in rows), default=1)
    return min(NORMAL, each / max(longest, 1) / 0.62)


def _scale(marks: Sequence[float], floor: float, scale: float) -> list[str]:
    parts = []
    for mark in marks:
        y = floor - mark * scale
        parts.append(line(LEFT - 4, y, WIDTH, y, QUIET if mark == 0 else LINE, stroke_width=1 if mark == 0 else 0.6))
        parts.append(words(LEFT - 8, y + 3.5, f"{mark:,.0f}", "end", font_size=SMALL, fill=QUIET))
    return parts


def _stack(row: Column, colours: Mapping[str, str], place: Places, scale: float) -> list[str]:
    left, width, bottom = place
    parts = []
    for code, colour in colours.items():
        height = position(max(row.segments.get(code, Decimal(0)), Decimal(0))) * scale
        bottom -= height
        parts.append(
            rect(left, bottom, width, height, colour, stroke="#ffffff", stroke_width=0.6,
                 opacity=FADED if row.is_faded else 1)
        )  # fmt: skip
    return parts

"""Bars across a printed page: shares of a whole, facilities by item, changes to both sides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kotsukotsu.documents.charts.picture import INK, LESS, LINE, MORE, QUIET, TRACK, position
from kotsukotsu.documents.hatches import hatched
from kotsukotsu.documents.sketch.paper import NORMAL, SMALL, WIDTH, bold, fitted, legend, room
from kotsukotsu.documents.small_charts.svg import drawing, line, rect, words

LEAST_TOLD = 5.5  # a share below this has no room for its text [%]
DARK = ("#0072B2", "#7F4F24", "#009E73", "#767676", "#D55E00", "#00118f")


@dataclass(frozen=True, slots=True)
class Shares:
    """A whole in parts: its name, and code to share and printed share. [%]"""

    name: str
    parts: Mapping[str, tuple[Decimal, str]]


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a list: name, value as printed, segments by code."""

    name: str
    value: str
    segments: Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class Change:
    """A change to the left or right, with its text."""

    name: str
    change: Decimal
    told: str


def shares(
    rows: Sequence[Shares], colours: Mapping[str, str], names: Mapping[str, str], ident: str, title: str, text: str
) -> str:
    """Bars of 100 % one under the other."""
    height, gap, left = 46.0, 26.0, 4.0
    parts: list[str] = []
    for index, row in enumerate(rows):
        top = 18 + index * (height + gap)
        parts.append(bold(left, top - 5, row.name, "start"))
        x = left
        for code, colour in colours.items():
            share, told = row.parts.get(code, (Decimal(0), ""))
            width = position(share) * (WIDTH - 2 * left) / 100
            parts.append(rect(x, top, width, height, colour, stroke="#ffffff", stroke_width=0.8))
            if position(share) >= LEAST_TOLD:
                fill = "#ffffff" if colour in DARK else INK
                parts += _inside(x + width / 2, top + height / 2 + 4, f"{told}%", fill, colour)
            x += width
    used = [code for code in colours if any(code in row.parts for row in rows)]
    bottom = 18 + len(rows) * (height + gap) - gap + 12
    drawn, high = legend([(colours[code], names[code]) for code in used], left, bottom)
    return hatched(drawing(WIDTH, bottom + high, [*parts, *drawn], ident, title, text))


def _inside(x: float, y: float, text: str, fill: str, colour: str) -> list[str]:
    """A text on an area, over a rim of the area's colour that keeps the hatch off it."""
    rim = words(x, y, text, font_size=NORMAL, fill=colour, stroke=colour, stroke_width=6, stroke_linejoin="round")
    return [rim, words(x, y, text, font_size=NORMAL, fill=fill)]


def rows_of(
    rows: Sequence[Row], colours: Mapping[str, str], names: Mapping[str, str], ident: str, title: str, text: str,
    height: float = 15.0,
) -> str:  # fmt: skip
    """A list with a stacked bar for each line, all on one scale."""
    left = min(max((room(row.name, SMALL) for row in rows), default=0) + 8, WIDTH * 0.4)
    right = WIDTH - 8 - max((room(row.value, SMALL) for row in rows), default=0)
    most = max((sum(map(position, row.segments.values())) for row in rows), default=0) or 1
    used = [code for code in colours if any(row.segments.get(code) for row in rows)]
    head, high = legend([(colours[code], names[code]) for code in used if names.get(code)], left, 2)
    parts = [*head, line(left, high + 4, left, high + 4 + len(rows) * height, QUIET)]
    for index, row in enumerate(rows):
        top, x = high + 5 + index * height, left
        shown = fitted(row.name, left - 8, SMALL)
        parts.append(
            words(left - 6, top + height - 5, shown[0] + ("…" if len(shown) > 1 else ""), "end", font_size=SMALL)
        )
        for code, colour in colours.items():
            width = position(max(row.segments.get(code, Decimal(0)), Decimal(0))) * (right - left) / most
            parts.append(rect(x, top, width, height - 4, colour))
            x += width
        parts.append(words(x + 4, top + height - 5, row.value, "start", font_size=SMALL))
    return hatched(drawing(WIDTH, high + 8 + len(rows) * height, parts, ident, title, text))


def changes(rows: Sequence[Change], ident: str, title: str, text: str) -> str:
    """Bars to the left for less and to the right for more, each with its text outside."""
    height, left = 24.0, min(max((room(row.name) for row in rows), default=0) + 12, WIDTH * 0.35)
    told = max((room(row.told, SMALL) for row in rows), default=0) + 8
    most = max((abs(position(row.change)) for row in rows), default=0) or 1
    middle, half = left + (WIDTH - left) / 2, (WIDTH - left) / 2 - told
    parts = [rect(left, 0, WIDTH - left, height * len(rows), TRACK)]
    for index, row in enumerate(rows):
        top, width = index * height, abs(position(row.change)) * half / most
        is_less = row.change < 0
        parts.append(words(left - 8, top + height / 2 + 4, row.name, "end", font_size=NORMAL))
        parts.append(rect(middle - width if is_less else middle, top + 4, width, height - 8, LESS if is_less else MORE))
        x = middle - width - 4 if is_less else middle + width + 4
        parts.append(words(x, top + height / 2 + 4, row.told, "end" if is_less else "start", font_size=SMALL))
        parts.append(line(left, top + height, WIDTH, top + height, LINE, stroke_width=0.4))
    parts.append(line(middle, 0, middle, height * len(rows), QUIET))
    return hatched(drawing(WIDTH, height * len(rows) + 2, parts, ident, title, text))

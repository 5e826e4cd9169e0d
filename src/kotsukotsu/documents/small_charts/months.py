"""Twelve months as columns, the years before as marks joined by lines; a month without a value stays open."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from kotsukotsu.documents.charts.picture import QUIET, position
from kotsukotsu.documents.small_charts.svg import SIZE, drawing, line, rect, tag, words

WIDTH, HEIGHT = 360.0, 160.0
TOP, BOTTOM, SIDE = 16.0, 32.0, 4.0
GAP = 0.3
NOW = "#3460fb"
BEFORE = (("#1a1a1a", "#ffffff", ""), ("#767676", "#767676", "3 3"))  # line, inside of the mark, dashes
ENTRY, SAMPLE = 118.0, 16.0  # room of a name in the legend, and of the line before it
Values = Sequence[Decimal | None]


def months(
    labels: Sequence[str], years: Sequence[Values], names: Sequence[str], ident: str, title: str, text: str,
    largest: str,
) -> str:  # fmt: skip
    """The picture.

    Parameters
    ----------
    years, names : sequence
        Values of the year and of up to two years before it, and what the legend calls them.
    largest : str
        The largest value as printed, which stands above its column or mark.
    """
    known = [position(value) for values in years for value in values if value is not None]
    most = max(known, default=0) or 1
    place, floor = (WIDTH - 2 * SIDE) / len(labels), HEIGHT - BOTTOM
    scale = (floor - TOP) / most
    centres = [SIDE + place * (index + 0.5) for index in range(len(labels))]
    parts = [line(SIDE, floor, WIDTH - SIDE, floor, QUIET)]
    for centre, value in zip(centres, years[0], strict=True):
        height = position(value) * scale if value is not None else 0
        parts.append(rect(centre - place * (1 - GAP) / 2, floor - height, place * (1 - GAP), height, NOW))
    for index, before in reversed(list(enumerate(years[1:]))):
        heights = [None if value is None else floor - position(value) * scale for value in before]
        parts += _line(list(zip(centres, heights, strict=True)), index)
    parts += [words(x, floor + SIZE + 2, label, font_size=9) for x, label in zip(centres, labels, strict=True)]
    if known:
        parts.append(words(SIDE, TOP - 6, largest, "start", font_weight="bold"))
    return drawing(WIDTH, HEIGHT, [*parts, *_legend(names)], ident, title, text)


def _line(points: Sequence[tuple[float, float | None]], index: int) -> list[str]:
    """Marks, joined where two neighbours are known."""
    ink, inside, dashes = BEFORE[index]
    parts = [
        line(x1, y1, x2, y2, ink, stroke_width=1, stroke_dasharray=dashes or "none")
        for (x1, y1), (x2, y2) in pairwise(points)
        if y1 is not None and y2 is not None
    ]
    return parts + [tag("circle", cx=x, cy=y, r=2.2, fill=inside, stroke=ink) for x, y in points if y is not None]


def _legend(names: Sequence[str]) -> list[str]:
    y = HEIGHT - 4
    parts = [rect(SIDE, y - 8, 8, 8, NOW), words(SIDE + 12, y, names[0], "start", font_size=9)]
    for index, name in enumerate(names[1:]):
        x = SIDE + ENTRY * (index + 1) - SAMPLE
        parts += _line([(x, y - 4), (x + SAMPLE, y - 4)], index)
        parts.append(words(x + SAMPLE + 4, y, name, "start", font_size=9))
    return parts

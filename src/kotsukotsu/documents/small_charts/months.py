"""Twelve months as columns, the year before as marks joined by a line; a month without a value stays open."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from kotsukotsu.documents.charts.picture import QUIET, position
from kotsukotsu.documents.small_charts.svg import SIZE, drawing, line, rect, tag, words

WIDTH, HEIGHT = 360.0, 160.0
TOP, BOTTOM, SIDE = 16.0, 32.0, 4.0
GAP = 0.3
NOW, BEFORE = "#3460fb", "#1a1a1a"
Values = Sequence[Decimal | None]


def months(
    labels: Sequence[str], now: Values, before: Values, names: tuple[str, str], ident: str, title: str, text: str,
    largest: str,
) -> str:  # fmt: skip
    """The picture.

    Parameters
    ----------
    names : pair of str
        Of the year and of the year before, for the legend.
    largest : str
        The largest value as printed, which stands above its column or mark.
    """
    known = [position(value) for value in (*now, *before) if value is not None]
    most = max(known, default=0) or 1
    place, floor = (WIDTH - 2 * SIDE) / len(labels), HEIGHT - BOTTOM
    scale = (floor - TOP) / most
    centres = [SIDE + place * (index + 0.5) for index in range(len(labels))]
    parts = [line(SIDE, floor, WIDTH - SIDE, floor, QUIET)]
    for centre, value in zip(centres, now, strict=True):
        height = position(value) * scale if value is not None else 0
        parts.append(rect(centre - place * (1 - GAP) / 2, floor - height, place * (1 - GAP), height, NOW))
    parts += _line(
        [(x, None if v is None else floor - position(v) * scale) for x, v in zip(centres, before, strict=True)]
    )
    parts += [words(x, floor + SIZE + 2, label, font_size=9) for x, label in zip(centres, labels, strict=True)]
    if known:
        parts.append(words(SIDE, TOP - 6, largest, "start", font_weight="bold"))
    return drawing(WIDTH, HEIGHT, [*parts, *_legend(names)], ident, title, text)


def _line(points: Sequence[tuple[float, float | None]]) -> list[str]:
    """Marks, joined where two neighbours are known."""
    parts = [
        line(x1, y1, x2, y2, BEFORE, stroke_width=1)
        for (x1, y1), (x2, y2) in pairwise(points)
        if y1 is not None and y2 is not None
    ]
    return parts + [tag("circle", cx=x, cy=y, r=2.2, fill="#ffffff", stroke=BEFORE) for x, y in points if y is not None]


def _legend(names: tuple[str, str]) -> list[str]:
    y = HEIGHT - 4
    return [
        rect(SIDE, y - 8, 8, 8, NOW),
        words(SIDE + 12, y, names[0], "start", font_size=9),
        line(SIDE + 112, y - 4, SIDE + 128, y - 4, BEFORE),
        tag("circle", cx=SIDE + 120, cy=y - 4, r=2.2, fill="#ffffff", stroke=BEFORE),
        words(SIDE + 133, y, names[1], "start", font_size=9),
    ]

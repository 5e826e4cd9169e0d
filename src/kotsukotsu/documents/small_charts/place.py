"""One value among its peers: a dot on a box from the lower to the upper quartile."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from kotsukotsu.documents.charts.picture import INK, QUIET, TRACK, position
from kotsukotsu.documents.small_charts.svg import SIZE, drawing, line, rect, tag, words

WIDTH, HEIGHT = 360.0, 64.0
SIDE, MIDDLE, BOX = 16.0, 30.0, 14.0
DOT = "#0017c1"


@dataclass(frozen=True, slots=True)
class Among:
    """A value, its peers' quartiles and their ends, each with its printed text. [any unit]"""

    value: Decimal
    lower: Decimal
    median: Decimal
    upper: Decimal
    least: Decimal
    most: Decimal
    texts: tuple[str, str, str]  # of the value, the median and the largest


def place(among: Among, ident: str, title: str, description: str) -> str:
    """The picture, from 0 to the largest."""
    most = position(max(among.most, among.value)) or 1

    def at(value: Decimal) -> float:
        return SIDE + (WIDTH - 2 * SIDE) * position(value) / most

    own, median = at(among.value), at(among.median)
    parts = [
        line(SIDE, MIDDLE, WIDTH - SIDE, MIDDLE, TRACK, stroke_width=2),
        line(at(among.least), MIDDLE, at(among.most), MIDDLE, QUIET),
        rect(at(among.lower), MIDDLE - BOX / 2, at(among.upper) - at(among.lower), BOX, "#d9e6ff", stroke=QUIET),
        line(median, MIDDLE - BOX / 2, median, MIDDLE + BOX / 2, INK, stroke_width=2),
        tag("circle", cx=own, cy=MIDDLE, r=5.0, fill=DOT, stroke="#ffffff", stroke_width=1.5),
        words(_inside(own), MIDDLE - BOX / 2 - 5, among.texts[0], font_weight="bold", fill=DOT),
        words(_inside(median), MIDDLE + BOX / 2 + SIZE + 2, among.texts[1], font_size=9),
        words(SIDE, MIDDLE + BOX / 2 + SIZE + 2, "0", font_size=9) if median > 4 * SIDE else "",
    ]
    return drawing(WIDTH, HEIGHT, parts, ident, title, description)


def _inside(x: float) -> float:
    """A place for a text that does not leave the paper."""
    return min(max(x, 60.0), WIDTH - 60)

"""Totals of the past as marks on a line, the path to the goals dashed, each goal with its value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from kotsukotsu.documents.charts.picture import LINE, QUIET, position
from kotsukotsu.documents.small_charts.svg import drawing, line, rect, tag, words

WIDTH, HEIGHT = 480.0, 250.0
LEFT, RIGHT, TOP, BOTTOM = 24.0, 34.0, 24.0, 44.0
NOW, GOAL = "#0017c1", "#ce0000"
TEXT = 12.0


@dataclass(frozen=True, slots=True)
class Dot:
    """A value of a fiscal year with its printed text; a faded one is not complete. [any unit]"""

    fy: int
    value: Decimal
    text: str
    is_faded: bool = False


def path(
    past: Sequence[Dot], way: Sequence[Dot], goals: Sequence[Dot], names: tuple[str, str], ident: str, title: str,
    description: str,
) -> str:  # fmt: skip
    """The picture; the scale begins at 0, values stand at the first and last mark and at every goal."""
    every = [*past, *way, *goals]
    most = max((position(dot.value) for dot in every), default=0) or 1
    first, last = min(dot.fy for dot in every), max(dot.fy for dot in every)
    floor = HEIGHT - BOTTOM

    def at(dot: Dot) -> tuple[float, float]:
        x = LEFT + (WIDTH - LEFT - RIGHT) * (dot.fy - first) / max(last - first, 1)
        return x, floor - (floor - TOP) * max(position(dot.value), 0) / most

    parts = [line(LEFT - 8, floor, WIDTH - RIGHT + 8, floor, QUIET)]
    parts += [_joined(at(one), at(two), GOAL, dashed=True) for one, two in pairwise(way)]
    parts += [_joined(at(one), at(two), NOW, dashed=False) for one, two in pairwise(past) if two.fy - one.fy == 1]
    for dot in past:
        parts += _mark(at(dot), dot, NOW, told=dot in (past[0], past[-1]), beside=dot is past[-1])
    for dot in goals:
        parts += _mark(at(dot), dot, GOAL, told=True)
    years = {dot.fy for dot in (*past[:1], *past[-1:], *goals)}
    parts += [words(at(Dot(fy, Decimal(0), ""))[0], floor + 16, str(fy), font_size=TEXT) for fy in sorted(years)]
    return drawing(WIDTH, HEIGHT, [*parts, *_legend(names)], ident, title, description)


def _joined(one: tuple[float, float], two: tuple[float, float], stroke: str, *, dashed: bool) -> str:
    more: dict[str, float | str] = {"stroke_dasharray": "6 4"} if dashed else {}
    return line(one[0], one[1], two[0], two[1], stroke, **{"stroke_width": 2.0, **more})


def _mark(place: tuple[float, float], dot: Dot, colour: str, *, told: bool, beside: bool = False) -> list[str]:
    """A mark with its text above it, or to its upper right where a line comes from above."""
    x, y = place
    fill = LINE if dot.is_faded else colour
    where = (x + 7, y - 5, dot.text, "start") if beside else (x, y - 9, dot.text, "middle")
    text = words(*where, font_size=TEXT, font_weight="bold", fill=colour) if told else ""
    return [tag("circle", cx=x, cy=y, r=4.0, fill=fill, stroke="#ffffff"), text]


def _legend(names: tuple[str, str]) -> list[str]:
    y = HEIGHT - 6
    middle = WIDTH / 2
    return [
        rect(LEFT, y - 6, 18, 3, NOW),
        words(LEFT + 24, y, names[0], "start", font_size=TEXT),
        line(middle, y - 4, middle + 18, y - 4, GOAL, stroke_width=2, stroke_dasharray="6 4"),
        words(middle + 24, y, names[1], "start", font_size=TEXT),
    ]

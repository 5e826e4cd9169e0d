"""Lines over the years with their names at the end: told apart by colour, by dash and by the name beside them.

Places are worked out here in pixels, as in `multiples`; a year without a value is left open, not joined.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil, floor
from typing import Any

import altair as alt

from kotsukotsu.documents.charts.picture import INK, LINE, QUIET, SIZE, position, svg

HEIGHT = 300
WIDTHS = {True: (720, 190), False: (250, 120)}  # of the plot, and of the names beside it [px]
LEFT, TOP, BELOW = 48, 14, 48
GAP = 18
STEPS = 4
DASHES = ([1, 0], [7, 3], [2, 2], [9, 3, 2, 3], [12, 4], [4, 4])
PADDING = {"left": 4, "right": 4, "top": 4, "bottom": 4}
Values = Mapping[int, Decimal | None]
Place = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Series:
    """One line, with what stands at its end."""

    name: str
    label: str
    colour: str
    values: Values


def lines(
    series: Sequence[Series], years: Sequence[int], base: int, ident: str, title: str, text: str, *, wide: bool
) -> str:
    """The picture.

    Parameters
    ----------
    years : sequence of int
        All years, those without a value too.
    base : int
        Value of the rule that stands for the base year. [unit of the values]
    """
    width, side = WIDTHS[wide]
    values = [position(value) for one in series for value in one.values.values() if value is not None]
    low, high, step = _scale(min([base, *values]), max([base, *values]))
    places = _Places(width, low, high, years)
    labels = _labels(series, places)
    layers = [*_grid(places, base, step), *_years(places, wide=wide)]
    for number, one in enumerate(series):
        layers += _line(one, places, DASHES[number % len(DASHES)])
    layers.append(_words(labels, "left"))
    height = TOP + HEIGHT + BELOW
    chart = alt.LayerChart(layer=layers).properties(width=LEFT + width + side, height=height)
    return svg(chart, ident, title, text, PADDING)


@dataclass(frozen=True, slots=True)
class _Places:
    width: int
    low: float
    high: float
    years: Sequence[int]

    def x(self, year: int) -> float:
        return LEFT + self.width * (year - self.years[0]) / max(self.years[-1] - self.years[0], 1)

    def y(self, value: float) -> float:
        return TOP + HEIGHT * (1 - (value - self.low) / (self.high - self.low))


def _scale(low: float, high: float) -> tuple[float, float, float]:
    """Lowest and highest mark and the step between them, in round numbers."""
    rough = max((high - low) / STEPS, 1.0)
    power = 10.0 ** floor(len(str(int(rough))) - 1)
    step = next(size * power for size in (1, 2, 2.5, 5, 10) if size * power >= rough)
    return floor(low / step) * step, ceil(high / step) * step, step


def _grid(places: _Places, base: int, step: float) -> list[alt.Chart]:
    marks = []
    value = places.low
    while value <= places.high + step / 2:
        marks.append({"x": LEFT, "x2": LEFT + places.width, "y": places.y(value), "text": f"{value:g}"})
        value += step
    rule = [{"x": LEFT, "x2": LEFT + places.width, "y": places.y(base)}]
    return [
        _chart(marks).mark_rule(color=LINE, strokeWidth=0.7).encode(x2="x2:Q"),
        _chart(rule).mark_rule(color=INK, strokeWidth=1.3).encode(x2="x2:Q"),
        _words([{**mark, "x": LEFT - 8} for mark in marks], "right", QUIET),
    ]


def _years(places: _Places, *, wide: bool) -> list[alt.Chart]:
    shown = places.years if wide else (places.years[0], places.years[-1])
    below = TOP + HEIGHT + 16
    return [_words([{"x": places.x(year), "y": below, "text": str(year)} for year in shown], "center", QUIET)]


def _line(one: Series, places: _Places, dash: Sequence[int]) -> list[alt.Chart]:
    points: list[Place] = []
    run = 0
    for year in places.years:
        value = one.values.get(year)
        if value is None:
            run += 1
        else:
            points.append({"x": places.x(year), "y": places.y(position(value)), "run": f"{one.name} {run}"})
    path = _chart(points).mark_line(strokeWidth=2.5, strokeDash=list(dash), color=one.colour).encode(detail="run:N")
    return [path, _chart(points).mark_point(filled=True, size=28, opacity=1, color=one.colour)]


def _labels(series: Sequence[Series], places: _Places) -> list[Place]:
    """Names beside the last values, pushed apart where they would meet, and kept within the picture."""
    ends = [
        (one.label, next((v for _, v in sorted(one.values.items(), reverse=True) if v is not None), None))
        for one in series
    ]
    known = sorted(((label, position(value)) for label, value in ends if value is not None), key=lambda end: end[1])
    labels: list[Place] = []
    above = float(TOP + HEIGHT + GAP)
    for label, value in known:
        above = min(places.y(value), above - GAP)
        labels.append({"x": LEFT + places.width + 10, "y": above, "text": label})
    return labels


def _chart(places: Sequence[Place]) -> alt.Chart:
    x, y = alt.X("x:Q", scale=None, axis=None), alt.Y("y:Q", scale=None, axis=None)
    return alt.Chart(alt.InlineData(values=list(places))).encode(x=x, y=y)


def _words(places: Sequence[Place], align: Any, colour: str = INK) -> alt.Chart:
    words: alt.Chart = _chart(places).mark_text(align=align, baseline="middle", fontSize=SIZE, color=colour)
    return words.encode(text="text:N")

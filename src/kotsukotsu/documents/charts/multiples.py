"""Index series as small multiples in one picture: emission solid, use dashed, the base year as 100.

Places are worked out here in pixels, so that all panels share one scale and the picture is drawn once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

import altair as alt

from kotsukotsu.documents.charts.picture import INK, LINE, QUIET, SIZE, position, svg, wrapped

PLOT_WIDTH, PLOT_HEIGHT = 240, 110
LEFT, RIGHT, HEAD, FOOT, BETWEEN = 36, 110, 50, 24, 24
LINE_HEIGHT = 18
GAP = 17  # least distance of two labels [px]
HUNDRED = 100
SOLID, DASHED = [1, 0], [6, 4]
PADDING = {"left": 4, "right": 4, "top": 4, "bottom": 4}
Place = dict[str, Any]
Values = Mapping[int, Decimal | None]  # fiscal year to a value; None where there is none


@dataclass(frozen=True, slots=True)
class Line:
    """A series with the label at its end; a year without a value stays open."""

    values: Values
    label: str
    is_dashed: bool


@dataclass(frozen=True, slots=True)
class Panel:
    """One item."""

    name: str
    colour: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Places:
    """What stands where in the picture. [px]"""

    rules: list[Place]
    marks: list[Place]
    names: list[Place]
    first_years: list[Place]
    last_years: list[Place]
    labels: list[Place]
    solid: list[Place]
    dashed: list[Place]


def multiples(panels: Sequence[Panel], columns: int, ident: str, title: str, description: str) -> str:
    """The picture, its panels in so many columns."""
    scale = max([HUNDRED, *_values(line.values for panel in panels for line in panel.lines)])
    width, height = LEFT + PLOT_WIDTH + RIGHT, HEAD + PLOT_HEIGHT + FOOT + BETWEEN
    places = Places([], [], [], [], [], [], [], [])
    for number, panel in enumerate(panels):
        _place(places, panel, number % columns * width + LEFT, number // columns * height + HEAD, scale)
    rows = -(-len(panels) // columns)
    chart = alt.LayerChart(layer=_layers(places)).properties(width=columns * width, height=rows * height)
    return svg(chart, ident, title, description, PADDING)


def _values(series: Iterable[Values]) -> list[float]:
    return [position(value) for one in series for value in one.values() if value is not None]


def _place(places: Places, panel: Panel, x: int, y: int, scale: float) -> None:
    """One panel whose plot has its upper left corner at `x`, `y`."""
    years = sorted(year for line in panel.lines for year in line.values)
    right, below = x + PLOT_WIDTH, y + PLOT_HEIGHT + 6
    for mark in (0, HUNDRED):
        places.rules.append({"x": x, "x2": right, "y": _height(y, mark, scale)})
        places.marks.append({"x": x - 6, "y": _height(y, mark, scale), "text": str(mark)})
    for row, name in enumerate(wrapped(panel.name, LEFT + PLOT_WIDTH + RIGHT - SIZE)):
        places.names.append({"x": x - LEFT, "y": y - HEAD + row * LINE_HEIGHT, "text": name})
    places.first_years.append({"x": x, "y": below, "text": str(years[0])})
    places.last_years.append({"x": right, "y": below, "text": str(years[-1])})
    places.labels.extend(_labels(panel, right + 8, y, scale))
    for line in panel.lines:
        points = _points(line, years, x, y, scale)
        own = places.dashed if line.is_dashed else places.solid
        own.extend({**point, "colour": panel.colour, "run": f"{panel.name} {point['run']}"} for point in points)


def _layers(places: Places) -> list[alt.Chart]:
    colour = alt.Color("colour:N", scale=None, legend=None)
    layers = [_chart(places.rules).mark_rule(color=LINE).encode(x2="x2:Q")]
    for points, dash in ((places.solid, SOLID), (places.dashed, DASHED)):
        path = _chart(points).mark_line(strokeWidth=2.5, strokeDash=dash)
        layers += [path.encode(detail="run:N", color=colour)]
        layers += [_chart(points).mark_point(filled=dash == SOLID, size=18, opacity=1).encode(color=colour)]
    return [
        *layers,
        _words(places.marks, "right", "middle", QUIET),
        _words(places.names, "left", "top", INK),
        _words(places.first_years, "left", "top", QUIET),
        _words(places.last_years, "right", "top", QUIET),
        _words(places.labels, "left", "middle", INK),
    ]


def _height(y: int, value: float, scale: float) -> float:
    return y + PLOT_HEIGHT * (1 - value / scale)


def _points(line: Line, years: Sequence[int], x: int, y: int, scale: float) -> list[Place]:
    """Places of the years that have a value, in runs without a gap."""
    step = PLOT_WIDTH / max(years[-1] - years[0], 1)
    points: list[Place] = []
    run = 0
    for year, value in sorted(line.values.items()):
        if value is None:
            run += 1
        else:
            points.append({"x": x + (year - years[0]) * step, "y": _height(y, position(value), scale), "run": run})
    return points


def _labels(panel: Panel, x: int, y: int, scale: float) -> list[Place]:
    """Labels beside the last values, pushed apart where they would meet."""
    ends = [(line.label, value) for line in panel.lines if (value := _last(line.values)) is not None]
    labels: list[Place] = []
    above = float(y + PLOT_HEIGHT + GAP)
    for label, value in sorted(ends, key=lambda end: end[1]):
        above = min(_height(y, position(value), scale), above - GAP)
        labels.append({"x": x, "y": above, "text": label})
    return labels


def _last(values: Values) -> Decimal | None:
    return next((value for _, value in sorted(values.items(), reverse=True) if value is not None), None)


def _chart(places: Sequence[Place]) -> alt.Chart:
    x, y = alt.X("x:Q", scale=None, axis=None), alt.Y("y:Q", scale=None, axis=None)
    return alt.Chart(alt.InlineData(values=list(places))).encode(x=x, y=y)


def _words(
    places: Sequence[Place], align: Literal["left", "right"], baseline: Literal["top", "middle"], colour: str
) -> alt.Chart:
    words: alt.Chart = _chart(places).mark_text(align=align, baseline=baseline, fontSize=SIZE, color=colour)
    return words.encode(text="text:N")

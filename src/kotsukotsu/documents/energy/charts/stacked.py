"""Columns over months or years, made of parts; what is negative hangs below zero; a line may cross them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from kotsukotsu.documents.charts.picture import INK, QUIET, SIZE, svg, width
from kotsukotsu.rounding import minus

WIDTH, HEIGHT = 1000, 300
NARROW, LOW = 420, 260
ROW = 26
PADDING = {"left": 84, "right": 24, "top": 6, "bottom": 34}
GRID = "#e6e6e6"


@dataclass(frozen=True, slots=True)
class Series:
    """A part of every column, or a line across them.

    Attributes
    ----------
    values : sequence of float or None
        One for each column; none leaves it open.
    """

    name: str
    colour: str
    values: Sequence[float | None]


def stacked(
    columns: Sequence[str], parts: Sequence[Series], lines: Sequence[Series] = (), *,
    ident: str, title: str, description: str, every: int = 1,
) -> tuple[str, str]:  # fmt: skip
    """The picture for a wide and for a narrow screen.

    Parameters
    ----------
    every : int
        On a narrow screen only each of so many columns has its name below it; twice as many on it as on a wide one.
    """
    wide, narrow = (
        svg(_drawn(columns, parts, lines, *size), f"{ident}-{name}", title, description, PADDING)
        for name, size in (("wide", (WIDTH, HEIGHT, every)), ("narrow", (NARROW, LOW, every * 2)))
    )
    return wide, narrow


def _drawn(
    columns: Sequence[str], parts: Sequence[Series], lines: Sequence[Series], room: int, height: int, every: int
) -> alt.LayerChart:
    legend, top = _legend([*parts, *lines], room)
    low, high = _ends(len(columns), parts, lines)
    scale = alt.Scale(domain=[low, high], range=[top + height, top], nice=True)
    step = room / len(columns)
    base = {"scale": scale, "axis": _axis()}
    layers: list[Any] = [_bars(parts, step, base), *(_line(one, step, base) for one in lines), *legend]
    names = [
        {"x": (place + 0.5) * step, "y": top + height + 10, "text": name}
        for place, name in enumerate(columns)
        if place % every == 0
    ]
    layers.append(_words(names, "center", QUIET))
    made: alt.LayerChart = alt.LayerChart(layer=layers).properties(width=room, height=top + height)
    return made


def _bars(parts: Sequence[Series], step: float, base: dict[str, Any]) -> alt.Chart:
    rows = []
    for place in range(len(parts[0].values) if parts else 0):
        above = below = 0.0
        for part in parts:
            value = part.values[place]
            if value is None:
                continue
            start = above if value >= 0 else below
            above, below = (above + value, below) if value >= 0 else (above, below + value)
            rows.append({"left": (place + 0.16) * step, "right": (place + 0.84) * step, "start": start,
                         "end": start + value, "colour": part.colour})  # fmt: skip
    made: alt.Chart = (
        alt.Chart(alt.InlineData(values=rows))
        .mark_rect(stroke="white", strokeWidth=0.5)
        .encode(x=alt.X("left:Q", scale=None, axis=None), x2="right:Q", y=alt.Y("start:Q", **base), y2="end:Q",
                color=alt.Color("colour:N", scale=None, legend=None))
    )  # fmt: skip
    return made


def _line(series: Series, step: float, base: dict[str, Any]) -> alt.Chart:
    rows = [{"x": (place + 0.5) * step, "y": value} for place, value in enumerate(series.values) if value is not None]
    made: alt.Chart = (
        alt.Chart(alt.InlineData(values=rows))
        .mark_line(color=series.colour, strokeWidth=2.5, point=alt.OverlayMarkDef(color=series.colour, size=36))
        .encode(x=alt.X("x:Q", scale=None, axis=None), y=alt.Y("y:Q", **base))
    )
    return made


def _ends(count: int, parts: Sequence[Series], lines: Sequence[Series]) -> tuple[float, float]:
    """The lowest and highest place of any column or line; zero is among them."""
    values = [[part.values[place] or 0.0 for part in parts] for place in range(count)]
    sums = [sum(value for value in column if value > 0) for column in values]
    below = [sum(value for value in column if value < 0) for column in values]
    across = [value for line in lines for value in line.values if value is not None]
    return min([0.0, *below, *across]), max([*sums, *across]) or 1.0


def _axis() -> alt.Axis:
    return alt.Axis(title=None, labelFontSize=SIZE, labelColor=QUIET, tickCount=5, domain=False, ticks=False,
                    gridColor=GRID, labelExpr=f"replace(format(datum.value, ','), '−', '{minus()}')")  # fmt: skip


def _legend(series: Sequence[Series], room: int) -> tuple[list[alt.Chart], int]:
    """Squares with names in as many rows as they need, and the height that they take."""
    x, y = 0, 0
    places: list[dict[str, Any]] = []
    for one in series:
        need = width(one.name) + 44
        if x and x + need > room:
            x, y = 0, y + ROW
        places.append({"x": x, "y": y, "text": one.name, "colour": one.colour})
        x += need
    squares = (
        alt.Chart(alt.InlineData(values=places))
        .mark_square(size=170, opacity=1, xOffset=7, yOffset=8)
        .encode(x=alt.X("x:Q", scale=None, axis=None), y=alt.Y("y:Q", scale=None, axis=None),
                color=alt.Color("colour:N", scale=None, legend=None))
    )  # fmt: skip
    return [squares, _words([{**place, "x": place["x"] + 20} for place in places], "left", INK)], y + ROW + 8


def _words(places: list[dict[str, Any]], align: Any, colour: str) -> alt.Chart:
    made: alt.Chart = (
        alt.Chart(alt.InlineData(values=places))
        .mark_text(align=align, baseline="top", fontSize=SIZE, color=colour)
        .encode(x=alt.X("x:Q", scale=None, axis=None), y=alt.Y("y:Q", scale=None, axis=None), text="text:N")
    )
    return made

"""Points over two measures, each with its name; those that are beaten are hollow and grey.

Places are worked out here in pixels, so that no name lies on another.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from kotsukotsu.documents.charts.picture import INK, QUIET, SIZE, svg, width
from kotsukotsu.rounding import minus

WIDTH, NARROW, HEIGHT = 900, 380, 360
PADDING = {"left": 84, "right": 24, "top": 40, "bottom": 64}
GRID, FRONT, OFF = "#e6e6e6", "#0017c1", "#767676"
ROOM, LINE = 12, 20  # from a point to its name; between names [px]
MARGIN = 0.08


@dataclass(frozen=True, slots=True)
class Point:
    """A point; `size` is a share of the largest mark. [1]"""

    name: str
    x: float
    y: float
    size: float
    is_beaten: bool


def scatter(
    points: Sequence[Point], axes: tuple[str, str], ident: str, title: str, description: str
) -> tuple[str, str]:
    """The picture for a wide and for a narrow screen."""
    wide, narrow = (
        svg(_drawn(points, axes, room), f"{ident}-{name}", title, description, PADDING)
        for name, room in (("wide", WIDTH), ("narrow", NARROW))
    )
    return wide, narrow


def _drawn(points: Sequence[Point], axes: tuple[str, str], room: int) -> alt.LayerChart:
    ends_x, ends_y = _ends([one.x for one in points]), _ends([one.y for one in points])
    x = alt.X("x:Q", scale=alt.Scale(domain=ends_x, nice=False, zero=False), axis=_axis(axes[0], room // 110))
    y = alt.Y("y:Q", scale=alt.Scale(domain=ends_y, nice=False, zero=False), axis=_axis(None, 5))
    rows = [
        {"x": one.x, "y": one.y, "size": 90 + 700 * one.size, "colour": OFF if one.is_beaten else FRONT,
         "fill": "white" if one.is_beaten else FRONT}
        for one in sorted(points, key=lambda one: -one.size)
    ]  # fmt: skip
    base = alt.Chart(alt.InlineData(values=rows)).encode(x=x, y=y)
    marks = base.mark_point(opacity=0.85, strokeWidth=2.5).encode(
        size=alt.Size("size:Q", scale=None, legend=None), stroke=alt.Color("colour:N", scale=None, legend=None),
        fill=alt.Color("fill:N", scale=None, legend=None),
    )  # fmt: skip
    names = [_words(_names(points, ends_x, ends_y, room, align), align) for align in ("left", "right")]
    head = _words([{"px": -PADDING["left"] + 8, "py": -26, "text": axes[1], "colour": QUIET}], "left")
    made: alt.LayerChart = alt.LayerChart(layer=[marks, *names, head]).properties(width=room, height=HEIGHT)
    return made


def _ends(values: Sequence[float]) -> list[float]:
    low, high = min(values), max(values)
    more = (high - low or abs(high) or 1.0) * MARGIN
    return [low - more, high + more]


def _names(
    points: Sequence[Point], ends_x: Sequence[float], ends_y: Sequence[float], room: int, align: str
) -> list[dict[str, Any]]:
    """Names beside their points; those that would lie on one above move down."""
    placed: list[dict[str, Any]] = []
    for one in sorted(points, key=lambda one: -one.y):
        px = (one.x - ends_x[0]) / (ends_x[1] - ends_x[0]) * room
        py = HEIGHT - (one.y - ends_y[0]) / (ends_y[1] - ends_y[0]) * HEIGHT - SIZE / 2
        need = width(one.name) + ROOM + 12 * one.size
        is_left = px + need > room
        start = px - need if is_left else px + ROOM + 12 * one.size
        while any(abs(py - other["py"]) < LINE and start < other["end"] and other["start"] < start + need
                  for other in placed):  # fmt: skip
            py += LINE / 2
        placed.append({"px": px - ROOM - 12 * one.size if is_left else start, "py": py, "text": one.name,
                       "colour": QUIET if one.is_beaten else INK, "start": start, "end": start + need,
                       "align": "right" if is_left else "left"})  # fmt: skip
    return [row for row in placed if row["align"] == align]


def _words(rows: list[dict[str, Any]], align: Any) -> alt.Chart:
    made: alt.Chart = (
        alt.Chart(alt.InlineData(values=rows))
        .mark_text(align=align, baseline="top", fontSize=SIZE)
        .encode(x=alt.X("px:Q", scale=None, axis=None), y=alt.Y("py:Q", scale=None, axis=None), text="text:N",
                color=alt.Color("colour:N", scale=None, legend=None))
    )  # fmt: skip
    return made


def _axis(title: str | None, ticks: int) -> alt.Axis:
    return alt.Axis(title=title, titleFontSize=SIZE, titleFontWeight="normal", titleColor=QUIET, labelFontSize=SIZE,
                    labelColor=QUIET, tickCount=ticks, domain=False, ticks=False, gridColor=GRID, titlePadding=10,
                    labelExpr=f"replace(format(datum.value, ','), '−', '{minus()}')")  # fmt: skip

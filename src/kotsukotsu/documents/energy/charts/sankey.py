"""Where electricity came from and where it went: bands between two columns of bars, whose sums are the bars."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt
import numpy as np
from numpy.typing import NDArray

from kotsukotsu.documents.charts.picture import INK, QUIET, SIZE, svg

WIDTH, HEIGHT, GAP, BAR = 1000, 320, 14, 16
NARROW, LOW = 420, 300
POINTS = 25
PADDING = {"left": 8, "right": 8, "top": 12, "bottom": 12}
Floats = NDArray[np.float64]


def bands(sources: Floats, sinks: Floats) -> Floats:
    """How much of each source went into each sink: in every half-hour in proportion. [same unit]

    Parameters
    ----------
    sources, sinks : array of kinds x half-hours
        With the same sum in every half-hour.

    Notes
    -----
    The sum of the bands of a source is the source, and of a sink the sink, so that the picture and the bars agree.
    """
    total = sources.sum(axis=0)
    share = np.divide(sources, total, out=np.zeros_like(sources), where=total > 0)
    made: Floats = share @ sinks.T
    return made


def sankey(
    names: tuple[Sequence[str], Sequence[str]], colours: tuple[Sequence[str], Sequence[str]], flow: Floats, *,
    ident: str, title: str, description: str,
) -> tuple[str, str]:  # fmt: skip
    """The picture for a wide and for a narrow screen; `names` and `colours` of the sources and of the sinks."""
    wide, narrow = (
        svg(_drawn(names, colours, flow, *size), f"{ident}-{name}", title, description, PADDING)
        for name, size in (("wide", (WIDTH, HEIGHT, 250)), ("narrow", (NARROW, LOW, 118)))
    )
    return wide, narrow


def _drawn(
    names: tuple[Sequence[str], Sequence[str]], colours: tuple[Sequence[str], Sequence[str]], flow: Floats,
    width: int, height: int, room: int,
) -> alt.LayerChart:  # fmt: skip
    room_for_bars = height - GAP * (max(flow.shape) - 1)
    scale = room_for_bars / (flow.sum() or 1.0)
    left, right = (_bars(flow.sum(axis=side), scale) for side in (1, 0))
    start, end = room, width - room
    ribbons = _ribbons(flow, scale, left, right, start + BAR, end - BAR)
    bars = [
        {"x": x, "x2": x + BAR, "y": y, "y2": y + size, "colour": colour}
        for x, column, shades in ((start, left, colours[0]), (end - BAR, right, colours[1]))
        for (y, size), colour in zip(column, shades, strict=True)
    ]
    layers: list[Any] = [
        alt.Chart(alt.InlineData(values=[{**row, "colour": colours[0][row["source"]]} for row in ribbons]))
        .mark_area(opacity=0.35)
        .encode(x=_x(width), y=_y("y:Q", height), y2="y2:Q", detail="band:N",
                color=alt.Color("colour:N", scale=None, legend=None)),
        alt.Chart(alt.InlineData(values=bars)).mark_rect().encode(
            x=_x(width), x2="x2:Q", y=_y("y:Q", height), y2="y2:Q", color=alt.Color("colour:N", scale=None, legend=None)
        ),
        _words(names[0], left, start - 8, "right", width, height),
        _words(names[1], right, end + 8, "left", width, height),
    ]  # fmt: skip
    made: alt.LayerChart = alt.LayerChart(layer=layers).properties(width=width, height=height)
    return made


def _bars(sums: Floats, scale: float) -> list[tuple[float, float]]:
    """Top and height of each bar. [px]"""
    found, top = [], 0.0
    for value in sums:
        size = float(value) * scale
        found.append((top, size))
        top += size + GAP
    return found


def _ribbons(
    flow: Floats, scale: float, left: Sequence[tuple[float, float]], right: Sequence[tuple[float, float]],
    start: float, end: float,
) -> list[dict[str, Any]]:  # fmt: skip
    rows: list[dict[str, Any]] = []
    used_left, used_right = [top for top, _ in left], [top for top, _ in right]
    steps = np.linspace(0, 1, POINTS)
    smooth = steps * steps * (3 - 2 * steps)
    for (source, sink), value in np.ndenumerate(flow):
        size = float(value) * scale
        if size <= 0:
            continue
        tops = used_left[source] + (used_right[sink] - used_left[source]) * smooth
        rows += [
            {"x": start + (end - start) * float(step), "y": float(top), "y2": float(top) + size,
             "band": f"{source}-{sink}", "source": source}
            for step, top in zip(steps, tops, strict=True)
        ]  # fmt: skip
        used_left[source] += size
        used_right[sink] += size
    return rows


def _words(
    names: Sequence[str], bars: Sequence[tuple[float, float]], x: float, align: Any, width: int, height: int
) -> alt.Chart:
    rows = [{"x": x, "y": top + size / 2, "text": name} for name, (top, size) in zip(names, bars, strict=True)]
    made: alt.Chart = (
        alt.Chart(alt.InlineData(values=rows))
        .mark_text(align=align, baseline="middle", fontSize=SIZE, color=INK if rows else QUIET, lineBreak="\n")
        .encode(x=_x(width), y=_y("y:Q", height), text="text:N")
    )
    return made


def _x(width: int) -> alt.X:
    return alt.X("x:Q", scale=alt.Scale(domain=[0, width], range=[0, width]), axis=None)


def _y(field: str, height: int) -> alt.Y:
    return alt.Y(field, scale=alt.Scale(domain=[height, 0], range=[height, 0]), axis=None)

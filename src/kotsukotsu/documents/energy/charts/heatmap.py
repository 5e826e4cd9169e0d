"""A year of half-hours: a column for each day, a row for each half-hour, a colour for what happened then."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt
import numpy as np
from numpy.typing import NDArray

from kotsukotsu import texts
from kotsukotsu.documents.charts.picture import INK, QUIET, SIZE, svg
from kotsukotsu.documents.energy.charts.png import data_url
from kotsukotsu.documents.energy.study import month_name
from kotsukotsu.energy.slots import PER_DAY, Calendar

WIDTH, HEIGHT = 1000, 300
NARROW, LOW = 420, 240
LEGEND = 30
PADDING = {"left": 58, "right": 16, "top": 6, "bottom": 30}
HOURS = (0, 6, 12, 18, 24)
Place = dict[str, Any]


def heatmap(
    cells: NDArray[np.uint8], colours: Sequence[str], legend: Sequence[tuple[str, str]], calendar: Calendar, *,
    ident: str, title: str, description: str,
) -> tuple[str, str]:  # fmt: skip
    """The picture for a wide and for a narrow screen.

    Parameters
    ----------
    cells : array
        For each half-hour of the calendar the number of its colour.
    legend : sequence of pairs
        Colour and meaning, in the order in which they are to be read.
    """
    rows = cells.reshape(-1, PER_DAY).T
    address = data_url(np.ascontiguousarray(rows), _palette(colours))
    wide, narrow = (
        svg(_drawn(address, calendar, width, height, legend), f"{ident}-{name}", title, description, PADDING)
        for name, width, height in (("wide", WIDTH, HEIGHT), ("narrow", NARROW, LOW))
    )
    return wide, narrow


def shades(count: int, first: str, last: str) -> list[str]:
    """Colours from one to another in even steps.

    >>> shades(3, "#000000", "#ffffff")
    ['#000000', '#808080', '#ffffff']
    """
    ends = _palette((first, last)).astype(float)
    steps = [ends[0] + (ends[1] - ends[0]) * place / (count - 1) for place in range(count)]
    return ["#" + "".join(f"{round(part + 1e-9):02x}" for part in step) for step in steps]


def _palette(colours: Sequence[str]) -> NDArray[np.uint8]:
    return np.asarray([[int(colour[place : place + 2], 16) for place in (1, 3, 5)] for colour in colours], np.uint8)


def _drawn(
    address: str, calendar: Calendar, width: int, height: int, legend: Sequence[tuple[str, str]]
) -> alt.LayerChart:
    top = LEGEND * (1 if width == WIDTH else -(-len(legend) // 2))
    picture = [{"x": 0, "y": top, "url": address}]
    image = (
        alt.Chart(alt.InlineData(values=picture))
        .mark_image(width=width, height=height, aspect=False, smooth=False, align="left", baseline="top")
        .encode(x=_x(), y=_y(), url="url:N")
    )
    layers = [image, *_texts(_months(calendar, width, top + height), "center", "top"),
              *_texts(_hours(top, height), "right", "middle"), *_legend(legend, width)]  # fmt: skip
    return alt.LayerChart(layer=layers).properties(width=width, height=top + height)


def _months(calendar: Calendar, width: int, bottom: int) -> list[Place]:
    days = len(calendar) // PER_DAY
    places = []
    for number, month in enumerate(calendar.months):
        inside = np.flatnonzero(calendar.month_index == number)
        middle = (inside[0] + inside[-1]) / 2 / PER_DAY
        if width == WIDTH or number % 2 == 0:
            places.append(
                {"x": middle / days * width, "y": bottom + 8, "text": month_name(month.month), "colour": QUIET}
            )
    return places


def _hours(top: int, height: int) -> list[Place]:
    return [
        {"x": -8, "y": top + hour / 24 * height, "text": texts.label("energy.hour", hour=hour), "colour": QUIET}
        for hour in HOURS
    ]


def _legend(entries: Sequence[tuple[str, str]], width: int) -> list[alt.Chart]:
    columns = len(entries) if width == WIDTH else 2
    places: list[Place] = [
        {"x": number % columns * width / columns, "y": number // columns * LEGEND, "text": name, "colour": colour}
        for number, (colour, name) in enumerate(entries)
    ]
    squares = (
        alt.Chart(alt.InlineData(values=places))
        .mark_square(size=196, opacity=1, xOffset=7, yOffset=8, stroke="#666666", strokeWidth=0.5)
        .encode(x=_x(), y=_y(), color=alt.Color("colour:N", scale=None, legend=None))
    )
    words = [{**place, "x": place["x"] + 20, "colour": INK} for place in places]
    return [squares, *_texts(words, "left", "top")]


def _texts(places: Sequence[Place], align: Any, baseline: Any) -> list[alt.Chart]:
    if not places:
        return []
    made: alt.Chart = (
        alt.Chart(alt.InlineData(values=list(places)))
        .mark_text(align=align, baseline=baseline, fontSize=SIZE)
        .encode(x=_x(), y=_y(), text="text:N", color=alt.Color("colour:N", scale=None, legend=None))
    )
    return [made]


def _x() -> alt.X:
    return alt.X("x:Q", scale=None, axis=None)


def _y() -> alt.Y:
    return alt.Y("y:Q", scale=None, axis=None)

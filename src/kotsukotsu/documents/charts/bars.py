"""Horizontal bars with the name and the value above each: nothing is cut off, at any width of the screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

import altair as alt

from kotsukotsu.documents.charts.picture import (
    INK,
    LINE,
    QUIET,
    SIZE,
    TRACK,
    position,
    svg,
    width,
    wrapped,
)
from kotsukotsu.documents.hatches import hatched

WIDTH = 380
LINE_HEIGHT, BAR_HEIGHT, GAP = 19, 14, 13
LEGEND_ROW, LEGEND_COLUMNS, LEGEND_GAP, SWATCH = 22, 2, 10, 12
PADDING = {"left": 4, "right": 4, "top": 4, "bottom": 4}
FADED = 0.4
SEPARATOR = 0.7  # white line between the stretches of one bar; a bar of one stretch may be thinner than it


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a bar from `start` to `end`."""

    start: Decimal
    end: Decimal
    colour: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A line of the picture; a faded one is not to be compared."""

    name: str
    value: str
    segments: tuple[Segment, ...]
    is_faded: bool = False
    is_strong: bool = False


WEIGHTS: tuple[Literal["normal", "bold"], ...] = ("normal", "bold")
Row = dict[str, Any]


def bars(rows: Sequence[Bar], ident: str, title: str, description: str, legend: Sequence[tuple[str, str]] = ()) -> str:
    """The picture; all bars share one scale that begins at 0.

    Parameters
    ----------
    legend : sequence of pairs
        Colour and name, where the segments of a bar are not named by the bar.
    """
    places = legend_places([name for _, name in legend])
    top = places[-1][1] + LEGEND_ROW + LEGEND_GAP if places else 0
    names, values, tracks, stretches = _placed(rows, top)
    height = int(tracks[-1]["bottom"]) if tracks else top
    most = max((position(segment.end) for row in rows for segment in row.segments), default=0) or 1
    layers = [
        _rects(tracks, most).encode(color=alt.value(TRACK)),
        _rects(stretches, most).encode(
            color=alt.Color("colour:N", scale=None, legend=None),
            opacity=alt.Opacity("opacity:Q", scale=None),
            strokeWidth=alt.StrokeWidth("line:Q", scale=None),
        ),
        *_texts(names, "left", 0),
        *_texts(values, "right", WIDTH),
        *(_legend(legend) if legend else ()),
    ]
    chart = alt.LayerChart(layer=layers).properties(width=WIDTH, height=height)
    return hatched(svg(chart, ident, title, description, PADDING))


def _placed(rows: Sequence[Bar], top: int) -> tuple[list[Row], list[Row], list[Row], list[Row]]:
    """Names, values, tracks and stretches with their heights on the paper."""
    names: list[Row] = []
    values: list[Row] = []
    tracks: list[Row] = []
    stretches: list[Row] = []
    for row in rows:
        lines = wrapped(row.name, WIDTH - width(row.value) - SIZE)
        weight = "bold" if row.is_strong else "normal"
        names += [{"y": top + index * LINE_HEIGHT, "text": line, "weight": weight} for index, line in enumerate(lines)]
        values.append({"y": top, "text": row.value, "weight": weight})
        upper = top + len(lines) * LINE_HEIGHT
        place = {"top": upper, "bottom": upper + BAR_HEIGHT}
        tracks.append({"start": 0, "end": None, **place})
        stretches += [
            {
                "start": position(segment.start), "end": position(segment.end), "colour": segment.colour,
                "opacity": FADED if row.is_faded else 1, "line": SEPARATOR if len(row.segments) > 1 else 0, **place,
            }
            for segment in row.segments
        ]  # fmt: skip
        top = upper + BAR_HEIGHT + GAP
    return names, values, tracks, stretches


def _rects(rows: Sequence[Row], most: float) -> alt.Chart:
    placed = [{**row, "end": most if row["end"] is None else row["end"]} for row in rows]
    scale = alt.Scale(domain=[0, most], nice=False, zero=True)
    chart: alt.Chart = (
        alt.Chart(alt.InlineData(values=placed))
        .mark_rect(stroke="white")
        .encode(
            x=alt.X("start:Q", scale=scale, axis=None),
            x2="end:Q",
            y=alt.Y("top:Q", scale=None, axis=None),
            y2="bottom:Q",
        )
    )
    return chart


def _texts(rows: Sequence[Row], align: Literal["left", "right"], x: int) -> list[alt.Chart]:
    return [
        alt.Chart(alt.InlineData(values=[row for row in rows if row["weight"] == weight]))
        .mark_text(align=align, baseline="top", fontSize=SIZE, color=INK, fontWeight=weight)
        .encode(x=alt.value(x), y=alt.Y("y:Q", scale=None, axis=None), text="text:N")
        for weight in WEIGHTS
    ]


def legend_places(names: Sequence[str]) -> list[tuple[int, int]]:
    """Where the name of each entry begins: in columns where it has room there, else on a row of its own. [px]"""
    column = WIDTH // LEGEND_COLUMNS
    places: list[tuple[int, int]] = []
    index = 0
    for name in names:
        is_long = SWATCH + 6 + width(name) > column - SIZE
        index += -index % LEGEND_COLUMNS if is_long else 0
        places.append((index % LEGEND_COLUMNS * column, index // LEGEND_COLUMNS * LEGEND_ROW))
        index += LEGEND_COLUMNS if is_long else 1
    return places


def _legend(entries: Sequence[tuple[str, str]]) -> list[alt.Chart]:
    places = legend_places([name for _, name in entries])
    placed = [
        {"x": x, "y": y, "colour": colour, "text": name} for (x, y), (colour, name) in zip(places, entries, strict=True)
    ]
    base = alt.Chart(alt.InlineData(values=placed)).encode(x=alt.X("x:Q", scale=None, axis=None))
    swatches = base.mark_square(
        size=SWATCH * SWATCH, opacity=1, xOffset=SWATCH // 2, yOffset=SWATCH // 2, stroke=LINE, strokeWidth=0.5
    )
    words = base.mark_text(align="left", baseline="top", fontSize=SIZE, color=QUIET, dx=SWATCH + 6, dy=-1)
    y = alt.Y("y:Q", scale=None, axis=None)
    return [
        swatches.encode(y=y, color=alt.Color("colour:N", scale=None, legend=None)),
        words.encode(y=y, text="text:N"),
    ]

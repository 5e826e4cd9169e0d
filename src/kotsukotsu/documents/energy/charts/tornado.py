"""How far a result moves with each assumption: a bar from one end to the other, the widest on top.

Places are worked out here in pixels: the name above its bar, what each end stands for at that end.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from kotsukotsu.documents.charts.picture import INK, QUIET, SIZE, svg, width

WIDTH, NARROW = 900, 380
PADDING = {"left": 12, "right": 12, "top": 6, "bottom": 6}
NAME, BAR, GAP = 20, 16, 12
LOW, HIGH, ZERO, NOW = "#E69F00", "#0072B2", "#ce0000", "#1a1a1a"
HEAD = 48
EMPTY = 8  # between a bar and its words [px]


@dataclass(frozen=True, slots=True)
class Stretch:
    """An assumption: what comes out at its low and at its high end, and the words for these ends."""

    name: str
    low: float
    high: float
    low_said: str
    high_said: str


@dataclass(frozen=True, slots=True)
class Said:
    """Words of the picture: for the low end, the high end, the result now, and where it is nothing."""

    low: str
    high: str
    now: str
    zero: str


def tornado(
    rows: Sequence[Stretch], now: float, said: Said, ident: str, title: str, description: str
) -> tuple[str, str]:
    """The picture for a wide and for a narrow screen."""
    wide, narrow = (
        svg(_drawn(rows, now, said, room), f"{ident}-{name}", title, description, PADDING)
        for name, room in (("wide", WIDTH), ("narrow", NARROW))
    )
    return wide, narrow


def _drawn(rows: Sequence[Stretch], now: float, said: Said, room: int) -> alt.LayerChart:
    beside = max(width(text) for row in rows for text in (row.low_said, row.high_said)) + EMPTY
    values = [now, *(value for row in rows for value in (row.low, row.high))]
    # near enough to be shown on the same scale, and no words of the ends in its way
    is_zero = room > NARROW and min(values) <= 0.4 * (max(values) - min(values))
    ends = (min(0.0, *values) if is_zero else min(values), max(0.0, *values) if is_zero else max(values))

    def px(value: float) -> float:
        return beside + (value - ends[0]) / (ends[1] - ends[0] or 1.0) * (room - 2 * beside)

    step = NAME + BAR + GAP
    height = HEAD + step * len(rows)
    bars: list[dict[str, Any]] = []
    words: list[dict[str, Any]] = []
    for place, row in enumerate(rows):
        top = HEAD + place * step
        words.append({"x": 0.0, "y": top, "text": row.name, "colour": INK, "align": "left"})
        bars += [_bar(px(now), px(value), top + NAME, colour) for value, colour in ((row.low, LOW), (row.high, HIGH))]
        words += _ends_said(row, px, top + NAME)
    lines = [_rule(px(now), len(rows), NOW), *([_rule(px(0.0), len(rows), ZERO)] if is_zero else [])]
    words += _legend(said, is_zero=is_zero)
    layers = [_rects(bars), *lines, *(_words([one for one in words if one["align"] == align], align)
                                      for align in ("left", "right"))]  # fmt: skip
    made: alt.LayerChart = alt.LayerChart(layer=[*layers, _squares(said, is_zero=is_zero)]).properties(
        width=room, height=height
    )
    return made


def _bar(start: float, end: float, top: float, colour: str) -> dict[str, Any]:
    return {"left": min(start, end), "right": max(start, end), "top": top, "bottom": top + BAR, "colour": colour}


def _ends_said(row: Stretch, px: Any, top: float) -> list[dict[str, Any]]:
    """Outside of the bar: the word of the lower result to its left, that of the higher to its right."""
    pair = sorted(((row.low, row.low_said), (row.high, row.high_said)))
    return [
        {"x": px(pair[0][0]) - EMPTY, "y": top, "text": pair[0][1], "colour": QUIET, "align": "right"},
        {"x": px(pair[1][0]) + EMPTY, "y": top, "text": pair[1][1], "colour": QUIET, "align": "left"},
    ]


def _entries(said: Said, *, is_zero: bool) -> list[tuple[str, str]]:
    entries = [(LOW, said.low), (HIGH, said.high), (NOW, said.now)]
    return [*entries, (ZERO, said.zero)] if is_zero else entries


def _legend_places(said: Said, *, is_zero: bool) -> list[dict[str, Any]]:
    """Two in a row."""
    return [
        {"x": (number % 2) * (NARROW // 2), "y": (number // 2) * 20, "colour": colour, "text": text}
        for number, (colour, text) in enumerate(_entries(said, is_zero=is_zero))
    ]


def _legend(said: Said, *, is_zero: bool) -> list[dict[str, Any]]:
    return [{**one, "x": one["x"] + 20, "colour": INK, "align": "left"}
            for one in _legend_places(said, is_zero=is_zero)]  # fmt: skip


def _squares(said: Said, *, is_zero: bool) -> alt.Chart:
    made: alt.Chart = (
        alt.Chart(alt.InlineData(values=_legend_places(said, is_zero=is_zero)))
        .mark_square(size=150, opacity=1, xOffset=7, yOffset=8)
        .encode(x=alt.X("x:Q", scale=None, axis=None), y=alt.Y("y:Q", scale=None, axis=None),
                color=alt.Color("colour:N", scale=None, legend=None))
    )  # fmt: skip
    return made


def _rects(rows: list[dict[str, Any]]) -> alt.Chart:
    made: alt.Chart = (
        alt.Chart(alt.InlineData(values=rows))
        .mark_rect()
        .encode(x=alt.X("left:Q", scale=None, axis=None), x2="right:Q", y=alt.Y("top:Q", scale=None, axis=None),
                y2="bottom:Q", color=alt.Color("colour:N", scale=None, legend=None))
    )  # fmt: skip
    return made


def _rule(x: float, count: int, colour: str) -> alt.Chart:
    """A line through all bars, open where the names stand."""
    tops = [HEAD + place * (NAME + BAR + GAP) + NAME for place in range(count)]
    made: alt.Chart = (
        alt.Chart(alt.InlineData(values=[{"x": x, "top": top - 3, "bottom": top + BAR + 3} for top in tops]))
        .mark_rule(color=colour, strokeWidth=1.5)
        .encode(x=alt.X("x:Q", scale=None, axis=None), y=alt.Y("top:Q", scale=None, axis=None), y2="bottom:Q")
    )
    return made


def _words(rows: list[dict[str, Any]], align: Any) -> alt.Chart:
    made: alt.Chart = (
        alt.Chart(alt.InlineData(values=rows))
        .mark_text(align=align, baseline="top", fontSize=SIZE)
        .encode(x=alt.X("x:Q", scale=None, axis=None), y=alt.Y("y:Q", scale=None, axis=None), text="text:N",
                color=alt.Color("colour:N", scale=None, legend=None))
    )  # fmt: skip
    return made

"""Stacked columns by fiscal year for a wide page: totals above, names beside the last column, missing years open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import altair as alt

from kotsukotsu.documents.charts.picture import INK, LINE, QUIET, SIZE, position, svg
from kotsukotsu.documents.charts.picture import width as measure
from kotsukotsu.documents.hatches import hatched

WIDTH, HEIGHT = 750, 330
PADDING = {"left": 6, "right": 164, "top": 28, "bottom": 64}
LABEL_GAP = 20
NAMES_FROM = 28  # from the columns to the names beside the last one
SMALL = 12
FADED = 0.4


@dataclass(frozen=True, slots=True)
class Column:
    """A fiscal year: lines of its label, text above, segments by code from the bottom up."""

    label: tuple[str, ...]
    total: str
    segments: Mapping[str, Decimal]
    is_faded: bool = False


def columns(
    rows: Sequence[Column], colours: Mapping[str, str], names: Mapping[str, str], ident: str, title: str, text: str
) -> str:
    """The picture; `colours` and `names` are by the code of a segment, in the order from the bottom up."""
    stretches = [stretch for row in rows for stretch in _stacked(row, colours)]
    heights = [sum(map(position, row.segments.values())) for row in rows]
    tops = [
        {"year": "|".join(row.label), "end": height, "text": row.total}
        for row, height in zip(rows, heights, strict=True)
    ]
    most = max(heights, default=0) or 1
    x = _axis([str(top["year"]) for top in tops])
    scale = alt.Scale(domain=[0, most], nice=False)
    layers = [
        alt.Chart(alt.InlineData(values=stretches))
        .mark_bar(stroke="white", strokeWidth=0.7)
        .encode(
            x=x,
            y=alt.Y("start:Q", scale=scale, axis=None),
            y2="end:Q",
            color=alt.Color("colour:N", scale=None, legend=None),
            opacity=alt.Opacity("opacity:Q", scale=None),
        ),
        alt.Chart(alt.InlineData(values=tops))
        .mark_text(baseline="bottom", dy=-5, fontSize=SMALL + 1, fontWeight="bold", color=INK)
        .encode(x=x, y=alt.Y("end:Q", scale=scale, axis=None), text="text:N"),
        *_names(rows, colours, names, most),
    ]
    chart = alt.LayerChart(layer=layers).properties(width=WIDTH, height=HEIGHT)
    widest = max((measure(name) for name in names.values()), default=0)
    padding = {**PADDING, "right": max(PADDING["right"], NAMES_FROM + widest)}
    return hatched(svg(chart, ident, title, text, padding))


def _axis(years: Sequence[str]) -> alt.X:
    """Years in order, each label in lines; a year without columns keeps its place."""
    return alt.X(
        "year:O",
        sort=None,
        scale=alt.Scale(paddingInner=0.25, paddingOuter=0.15, domain=years),
        axis=alt.Axis(
            labelExpr="split(datum.label, '|')", labelAngle=0, labelFontSize=SMALL, labelColor=INK, title=None,
            ticks=False, domainColor=QUIET, labelPadding=8, labelOverlap=False, labelLimit=0,
        ),
    )  # fmt: skip


def _stacked(row: Column, colours: Mapping[str, str]) -> list[dict[str, object]]:
    found: list[dict[str, object]] = []
    bottom = Decimal(0)
    for code, colour in colours.items():
        value = row.segments.get(code)
        if value is not None:
            found.append(
                {
                    "year": "|".join(row.label), "start": position(bottom), "end": position(bottom + value),
                    "colour": colour, "opacity": FADED if row.is_faded else 1,
                }
            )  # fmt: skip
            bottom += value
    return found


def _names(
    rows: Sequence[Column], colours: Mapping[str, str], names: Mapping[str, str], most: float
) -> list[alt.Chart]:
    """Names of the segments beside the last column that has any, pushed apart where they would meet."""
    last = next((row for row in reversed(rows) if row.segments), None)
    if last is None:
        return []
    places, bottom = [], 0.0
    for code in colours:
        value = position(last.segments.get(code, Decimal(0)))
        places.append(HEIGHT * (1 - (bottom + value / 2) / most))
        bottom += value
    placed = [
        {"y": y, "text": names[code], "colour": colours[code]} for code, y in zip(colours, _apart(places), strict=True)
    ]
    base = alt.Chart(alt.InlineData(values=placed)).encode(y=alt.Y("y:Q", scale=None, axis=None))
    return [
        base.mark_square(size=144, opacity=1, stroke=LINE, strokeWidth=0.5).encode(
            x=alt.value(WIDTH + 14), color=alt.Color("colour:N", scale=None, legend=None)
        ),
        base.mark_text(align="left", baseline="middle", fontSize=SIZE, color=INK).encode(
            x=alt.value(WIDTH + NAMES_FROM), text="text:N"
        ),
    ]


def _apart(places: Sequence[float]) -> list[float]:
    """Heights, from the bottom up, at least `LABEL_GAP` from each other, none above the columns. [px]"""
    found: list[float] = []
    for place in places:
        found.append(min(place, found[-1] - LABEL_GAP) if found else place)
    least = 0.0
    for index in reversed(range(len(found))):
        found[index] = max(found[index], least)
        least = found[index] + LABEL_GAP
    return found

"""The share that the largest facilities make together: a curve over their number, with the place of 90 %."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import altair as alt

from kotsukotsu.documents.charts.picture import INK, LINE, QUIET, SIZE, TRACK, position, svg

WIDTH, HEIGHT = 310, 300
PADDING = {"left": 50, "right": 28, "top": 16, "bottom": 56}
ACCENT = "#115a36"


def curve(
    shares: Sequence[Decimal], marked: int, label: str, axis: str, ident: str, title: str, description: str
) -> str:
    """The picture.

    Parameters
    ----------
    shares : sequence of Decimal
        Cumulative share after each facility, largest first. [%]
    marked : int
        Rank that is marked with `label`; `axis` is the title of the axis of ranks.
    """
    points: list[dict[str, Any]] = [
        {"rank": 0, "share": 0},
        *({"rank": n, "share": position(s)} for n, s in enumerate(shares, 1)),
    ]
    mark = {**points[marked], "text": label}
    x, y = _axes(axis, len(shares))
    line = alt.Chart(alt.InlineData(values=points)).encode(x=x, y=y)
    point = alt.Chart(alt.InlineData(values=[mark])).encode(x=x, y=y)
    layers = [
        line.mark_area(color=TRACK, opacity=1),
        point.mark_rule(color=LINE, strokeDash=[4, 3]).encode(y2=alt.datum(0)),
        line.mark_line(color=ACCENT, strokeWidth=2.5),
        point.mark_point(color=ACCENT, fill="white", size=80, opacity=1, strokeWidth=2.5),
        point.mark_text(align="left", baseline="top", dx=8, dy=10, fontSize=SIZE, fontWeight="bold", color=INK).encode(
            text="text:N"
        ),
    ]
    return svg(_sized(layers), ident, title, description, PADDING)


def _sized(layers: list[alt.Chart]) -> alt.LayerChart:
    return alt.LayerChart(layer=layers).properties(width=WIDTH, height=HEIGHT)


def _axes(title: str, count: int) -> tuple[alt.X, alt.Y]:
    """Ranks from 0 to the last facility, and shares from 0 to the whole."""
    x = alt.X(
        "rank:Q",
        scale=alt.Scale(domain=[0, count], nice=False),
        axis=alt.Axis(title=title, titleFontSize=SIZE, titleFontWeight="normal", titleColor=QUIET, grid=False,
                      labelFontSize=SIZE, labelColor=QUIET, tickCount=5, domainColor=QUIET, titlePadding=10),
    )  # fmt: skip
    y = alt.Y(
        "share:Q",
        scale=alt.Scale(domain=[0, 100]),
        axis=alt.Axis(title=None, labelExpr="datum.label + '%'", labelFontSize=SIZE, labelColor=QUIET, tickCount=5,
                      domain=False, ticks=False, gridColor="#e6e6e6"),
    )  # fmt: skip
    return x, y

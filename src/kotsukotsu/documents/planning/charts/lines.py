"""Years along a plan: what was, the way to the aims, and what comes without further measures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt

from kotsukotsu import texts
from kotsukotsu.documents.charts.model import Chart
from kotsukotsu.documents.charts.picture import INK, QUIET, SIZE, position, svg
from kotsukotsu.documents.planning import projections, tables
from kotsukotsu.documents.planning.figures import number, year
from kotsukotsu.documents.planning.outlook import Aimed, Outlook
from kotsukotsu.rounding import minus, plain

TARGET, ACTUAL, BAND = "#CE0000", "#0017C1", "#d9d9d9"
WIDE, NARROW = (720, 340), (330, 300)
PADDING = {"left": 64, "right": 26, "top": 44, "bottom": 40}
Place = dict[str, Any]


def outlook(found: Outlook) -> Chart:
    """Figures 18 and 19: history and projection, the path and its milestones."""
    goal = found.aims[0]
    title = texts.label(
        "pp.chart.outlook",
        goal=year(goal.milestone.fiscal_year),
        level=number(goal.level),
        now=number(found.now.tonnes),
    )
    subtitle = texts.label("pp.chart.outlook.subtitle", unit=tables.TONNES)
    pictures = tuple(
        svg(_drawn(found, size), f"outlook-{name}", title, subtitle, PADDING)
        for name, size in (("wide", WIDE), ("narrow", NARROW))
    )
    note = " ".join((texts.label("pp.chart.outlook.note"), *projections.notes(found.methods, found.range)))
    return Chart("outlook", title, subtitle, pictures, tables.projections(found), note)


def _drawn(found: Outlook, size: tuple[int, int]) -> alt.LayerChart:
    last = max([*(one.milestone.fiscal_year for one in found.aims), *(span.fiscal_year for span in found.range)])
    most = max([*(position(one.tonnes) for one in found.history), *(position(span.high) for span in found.range)])
    x, y = _axes(found.base_fy, last, most)
    actual = [{"x": one.fiscal_year, "y": position(one.tonnes)} for one in found.history]
    path = [{"x": fy, "y": position(found.path.at(fy))} for fy in (found.base_fy, *_goals(found))]
    layers = [*_projected(found, x, y), *_line(actual, x, y, ACTUAL, dash=[1, 0]), *_line(path, x, y, TARGET, [6, 3])]
    layers += _labels(found, x, y, is_wide=size is WIDE)
    width, height = size
    return alt.LayerChart(layer=layers).properties(width=width, height=height)


def _goals(found: Outlook) -> list[int]:
    return [one.milestone.fiscal_year for one in found.aims]


def _projected(found: Outlook, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """The range of all methods as a band from today, its middle dashed."""
    now = {"x": found.now.fiscal_year, "low": position(found.now.tonnes), "high": position(found.now.tonnes)}
    spans = [{"x": s.fiscal_year, "low": position(s.low), "high": position(s.high)} for s in found.range]
    middle = [{"x": s.fiscal_year, "y": position(s.middle)} for s in found.range]
    band = alt.Chart(alt.InlineData(values=[now, *spans])).mark_area(color=BAND, opacity=0.7)
    return [
        band.encode(x=x, y=alt.Y("low:Q"), y2="high:Q"),
        *_line([{"x": now["x"], "y": now["low"]}, *middle], x, y, QUIET, [2, 3]),
    ]


def _line(points: Sequence[Place], x: alt.X, y: alt.Y, colour: str, dash: list[int]) -> list[alt.Chart]:
    made = alt.Chart(alt.InlineData(values=list(points))).encode(x=x, y=y)
    return [
        made.mark_line(color=colour, strokeWidth=2.5, strokeDash=dash),
        made.mark_point(color=colour, fill=colour, size=36, opacity=1),
    ]


def _labels(found: Outlook, x: alt.X, y: alt.Y, *, is_wide: bool) -> list[alt.Chart]:
    """Values of the base year, of today and of the milestones; on a small screen those of the first and the last."""
    aims = list(found.aims) if is_wide else [found.aims[0]]
    points = [
        {"x": fy, "y": position(tonnes), "text": number(tonnes).text, "colour": colour}
        for fy, tonnes, colour in (
            (found.base_fy, found.base, INK),
            (found.now.fiscal_year, found.now.tonnes, ACTUAL),
        )
    ]
    goals = [
        {
            "x": one.milestone.fiscal_year,
            "y": position(one.level),
            "colour": TARGET,
            "text": _goal(one, is_wide=is_wide),
        }
        for one in aims
        if one.level
    ]
    above, below = (alt.Chart(alt.InlineData(values=each)) for each in (points, goals))
    colour = alt.Color("colour:N", scale=None, legend=None)
    return [
        above.mark_text(dy=-12, dx=6, align="left", fontSize=SIZE, fontWeight="bold").encode(
            x=x, y=y, text="text:N", color=colour
        ),
        below.mark_text(dy=16, align="right", dx=-6, fontSize=SIZE, fontWeight="bold").encode(
            x=x, y=y, text="text:N", color=colour
        ),
    ]


def _goal(one: Aimed, *, is_wide: bool) -> str:
    if not is_wide:
        return number(one.level).text
    return texts.bracketed(str(number(one.level)), f"{minus()}{plain(one.milestone.reduction_pct)}%")


def _axes(first: int, last: int, most: float) -> tuple[alt.X, alt.Y]:
    x = alt.X(
        "x:Q", scale=alt.Scale(domain=[first, last], nice=False, padding=0),
        axis=alt.Axis(title=None, format="d", labelFontSize=SIZE - 1, labelColor=QUIET, grid=False, tickCount=6,
                      domainColor=QUIET, labelFlush=False),
    )  # fmt: skip
    y = alt.Y(
        "y:Q", scale=alt.Scale(domain=[0, most * 1.08], nice=False),
        axis=alt.Axis(title=None, format=",d", labelFontSize=SIZE - 1, labelColor=QUIET, tickCount=5, domain=False,
                      ticks=False, gridColor="#e6e6e6"),
    )  # fmt: skip
    return x, y

"""Figures 18 and 19 of a plan: the path without further measures beside the aims, and the aims themselves."""

from __future__ import annotations

from decimal import Decimal

from kotsukotsu import texts
from kotsukotsu.documents.plan.source import Source
from kotsukotsu.documents.plan.state import caption
from kotsukotsu.documents.registry import NOTHING, Picture, Registry
from kotsukotsu.documents.sketch import bars
from kotsukotsu.documents.sketch.columns import Column, columns
from kotsukotsu.documents.sketch.trends import Trend, trends

PAST, AHEAD, AIM = "#0072B2", "#6b6b6b", "#CE0000"
SAVED = "#259d63"
COLOURS = {"past": PAST, "aim": "#f0a0a0"}


def goals(source: Source, registry: Registry) -> None:
    """Fill in the pictures of chapter 3."""
    registry.pictures["goals.path"] = path(source)
    registry.pictures["goals"] = steps(source)
    registry.pictures["effects"] = effects(source) if source.effects else NOTHING


def path(source: Source) -> Picture:
    """What was emitted, what would be without measures, and what is aimed at."""
    found = caption("goals.path", source)
    goals = source.goals
    shown = [goal for goal in goals.milestones if goal.fiscal_year <= goals.milestones[0].fiscal_year + 10]
    past = {fy: source.results[fy].total if fy in source.results else None for fy in source.years}
    ends = {source.base_fy: source.overview.totals.base.text, source.fy: source.overview.totals.total.text}
    aims = {goal.fiscal_year: goal.level(goals.base_total) for goal in shown}
    ahead = {source.fy: source.latest.total, **{s.fiscal_year: s.middle for s in goals.spans if s.fiscal_year in aims}}
    told = {fy: source.printer.emission(value).text for fy, value in ahead.items() if fy != source.fy}
    said = {fy: source.printer.emission(value).text for fy, value in aims.items()}
    towards = _filled({source.fy: source.latest.total, **aims})
    rows = [
        Trend(texts.label("pd.line.past"), PAST, past, told=ends),
        Trend(texts.label("pd.line.bau"), AHEAD, _filled(ahead), dashed=True, told=told),
        Trend(texts.label("pd.line.aim"), AIM, towards, told=said, below=True),
    ]
    years = [*source.years, *range(source.fy + 1, shown[-1].fiscal_year + 1)]
    named = {source.base_fy, source.fy, *aims}
    labels = {fy: source.plan.short(fy)[0] if fy in named else "" for fy in years}
    svg = trends(rows, labels, "pd-path", found, found, unit=source.overview.unit)
    return Picture(found, svg, found, texts.label("pd.path.note") if goals.spans else "")


def _filled(points: dict[int, Decimal]) -> dict[int, Decimal | None]:
    """Only the years that have a value: a line between them is a line, not a value of each year."""
    return dict(points)


def steps(source: Source) -> Picture:
    """Columns of the base year, the latest year and each milestone."""
    found = caption("goals", source)
    goals, printer, plan = source.goals, source.printer, source.plan
    rows = [
        Column((*plan.short(source.base_fy), texts.label("pd.base")), source.overview.totals.base.text,
               {"past": goals.base_total}, strong=True),
        Column((*plan.short(source.fy), f"{source.overview.totals.rate}%"), source.overview.totals.total.text,
               {"past": source.latest.total}),
    ]  # fmt: skip
    for goal in goals.milestones:
        level = goal.level(goals.base_total)
        aim = texts.label("pd.minus", pct=f"{goal.reduction_pct:f}") if level else texts.label("pd.net_zero")
        rows.append(Column((*plan.short(goal.fiscal_year), aim), printer.emission(level).text, {"aim": level}))
    names = {"past": texts.label("pd.line.past"), "aim": texts.label("pd.line.aim")}
    return Picture(found, columns(rows, COLOURS, names, "pd-goals", found, found), found)


def effects(source: Source) -> Picture:
    """What the measures of each kind would save."""
    found = caption("effects", source)
    rows = [
        bars.Row(one.name, source.printer.emission(one.tonnes).text, {"aim": max(one.tonnes, Decimal(0))})
        for one in sorted(source.effects, key=lambda one: -one.tonnes)
    ]
    return Picture(found, bars.rows_of(rows, {"aim": SAVED}, {}, "pd-effects", found, found, 19.0), found)

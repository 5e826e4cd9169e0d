"""The city's total against the path to its milestones: what was emitted, the straight line, the levels aimed at."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass
from decimal import Decimal

from kotsukotsu import texts
from kotsukotsu.accounting import exact
from kotsukotsu.documents.charts.model import Chart
from kotsukotsu.documents.model import Overview
from kotsukotsu.documents.printing import Figure, Printer
from kotsukotsu.documents.sketch.trends import Trend, trends
from kotsukotsu.documents.table import Table
from kotsukotsu.periods import FiscalYear, era_year
from kotsukotsu.planning.pathways import Path, Point, path_to
from kotsukotsu.planning.targets import Milestone, milestones_of
from kotsukotsu.rounding import unsigned
from kotsukotsu.sessions.session import Session

PAST, AIM = "#0072B2", "#CE0000"
WIDTH, PLOT = 360.0, 200.0  # of the picture on a phone [px]
APART = 6  # years whose names stand beside each other there


@dataclass(frozen=True, slots=True)
class Target:
    """The year against its path.

    Attributes
    ----------
    on_path, gap : Figure
        The path's value of the year, and the year's emission less that; none for a year that lacks quantities.
        [unit of the policy]
    """

    path: Path
    milestones: tuple[Milestone, ...]
    base: Decimal
    on_path: Figure
    gap: Figure


def target_of(session: Session, found: Overview) -> Target | None:
    """The path of a city; None without an emission of the base year, or for a year outside the path."""
    base, total = found.totals.base.exact, found.totals.total.exact
    goals = milestones_of(session.city.settings, session.law.catalogue)
    if base is None or total is None or not goals or not found.base_fy <= found.year.fy <= goals[-1].fiscal_year:
        return None
    printer = Printer(found.rounding)
    path = path_to(Point(found.base_fy, base), base, goals)
    level = path.at(found.year.fy)
    gap = printer.emission(None) if found.year.is_incomplete else printer.figure(exact.difference(total, level))
    return Target(path, tuple(goals), base, printer.figure(level), gap)


def chart(found: Overview, target: Target) -> Chart:
    """The picture with its table."""
    printer = Printer(found.rounding)
    past = {year.fy: None if year.is_incomplete else year.total.exact for year in found.years}
    aims = {goal.fiscal_year: target.path.at(goal.fiscal_year) for goal in target.milestones}
    points: dict[int, Decimal | None] = {found.base_fy: target.base, **aims}
    years = range(min(past), max(points) + 1)
    told = {fy: printer.figure(value).text for fy, value in aims.items()}
    known = [fy for fy, tonnes in past.items() if tonnes is not None and fy <= found.year.fy]
    last = max(known, default=found.base_fy)
    own = {found.base_fy: found.totals.base.text} | {
        year.fy: year.total.text for year in found.years if year.fy == last
    }
    rows = [
        Trend(texts.label("see.path.past"), PAST, past, told=own),
        Trend(texts.label("see.path.aim"), AIM, points, dashed=True, told=told, below=True),
    ]
    named = {found.base_fy, last, *aims}
    title, subtitle = _title(target), texts.label("see.path.subtitle", unit=found.unit)
    wide = trends(rows, _labels(years, named), "path-wide", title, subtitle, unit=found.unit)
    narrow = trends(
        rows, _labels(years, _far(named)), "path-narrow", title, subtitle, unit=found.unit, plot=PLOT, width=WIDTH
    )
    return Chart("path", title, subtitle, (wide, narrow), _table(found, target, printer))


def _labels(years: Iterable[int], named: Container[int]) -> dict[int, str]:
    return {fy: _short(fy) if fy in named else "" for fy in years}


def _far(years: Iterable[int]) -> list[int]:
    """Years so far apart that their names do not meet on a phone; the first and the last are among them."""
    first, *others = sorted(years)
    kept = [first]
    for fy in others[:-1]:
        if fy - kept[-1] >= APART and others[-1] - fy >= APART:
            kept.append(fy)
    return [*kept, *others[-1:]]


def _title(target: Target) -> str:
    gap = target.gap
    if gap.exact is None:
        return texts.label("see.path.open")
    way = "above" if (gap.exact or 0) > 0 else "below"
    return texts.label(f"see.path.{way}", gap=unsigned(gap.text), unit=gap.unit, goal=target.milestones[0].fiscal_year)


def _short(fy: int) -> str:
    if texts.language() != "ja":
        return str(fy)
    era, year = era_year(fy)
    return f"{era}{year}"


def _table(found: Overview, target: Target, printer: Printer) -> Table:
    past = {year.fy: year.total for year in found.years}
    last = target.milestones[-1].fiscal_year
    years = [*past, *(goal.fiscal_year for goal in target.milestones if goal.fiscal_year not in past)]
    rows = tuple(
        (FiscalYear(fy).name, past.get(fy, printer.emission(None)), printer.figure(target.path.at(fy)))
        for fy in years if found.base_fy <= fy <= last
    )  # fmt: skip
    heads = ("see.path.year", "see.path.past", "see.path.aim")
    return Table(texts.label("see.path.table"), found.unit, tuple(texts.label(head) for head in heads), rows)

"""The year beside its goals: milestones, the straight path to them, and how far the year is from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from kotsukotsu import texts
from kotsukotsu.accounting.inventory import Inventory
from kotsukotsu.documents.charts.model import Chart
from kotsukotsu.documents.model import ABSENT, INCOMPLETE, Overview
from kotsukotsu.documents.printing import Figure, Printer, decimals
from kotsukotsu.documents.sentences import size
from kotsukotsu.documents.small_charts.path import Dot, path
from kotsukotsu.documents.table import Row, Table
from kotsukotsu.periods import FiscalYear
from kotsukotsu.planning.pathways import Path, Point, path_to
from kotsukotsu.planning.progress import progress
from kotsukotsu.planning.targets import Milestone, milestones_of


@dataclass(frozen=True, slots=True)
class Goal:
    """By a fiscal year, a reduction against the base year, and what may then be emitted. [%], [t-CO2e]"""

    fy: int
    label: str
    reduction: Figure
    level: Figure


@dataclass(frozen=True, slots=True)
class Goals:
    """All goals ahead of the base year, and where the year stands.

    Attributes
    ----------
    on_path, gap, gap_of_use, gap_of_factors : Figure
        The straight path's value for the year, the year minus it, and what use and factors make of that. [t-CO2e]
    verdict : str
        One sentence.
    """

    goals: tuple[Goal, ...]
    on_path: Figure
    gap: Figure
    gap_of_use: Figure
    gap_of_factors: Figure
    verdict: str
    chart: Chart


def goals(found: Overview, result: Inventory) -> Goals | None:
    """The goals of the city, else of the government's own plan; None without a total of the base year."""
    base = result.base_total
    wanted = milestones_of(result.city.settings, result.law.catalogue)
    ahead = [one for one in wanted if one.fiscal_year > found.base_fy]
    if base is None or not any(one.fiscal_year >= found.year.fy for one in ahead):
        return None
    way = path_to(Point(found.base_fy, base), base, ahead)
    printer = Printer(found.rounding)
    reached = progress(way, base, Point(found.year.fy, result.total), result.comparable_total)
    told = tuple(_goal(one, base, printer) for one in ahead)
    gap = printer.emission(reached.gap)
    verdict = _verdict(found, told, printer.emission(reached.on_path), gap)
    return Goals(
        told, printer.emission(reached.on_path), gap, printer.emission(reached.gap_of_use),
        printer.emission(reached.gap_of_factors), verdict, _chart(found, told, way, verdict, printer),
    )  # fmt: skip


def _goal(one: Milestone, base: Decimal, printer: Printer) -> Goal:
    pct = one.reduction_pct
    digits = 0 if pct == int(pct) else 1
    return Goal(
        one.fiscal_year, FiscalYear(one.fiscal_year).name, decimals(pct, digits, "%"), printer.emission(one.level(base))
    )


def _verdict(found: Overview, told: Sequence[Goal], on_path: Figure, gap: Figure) -> str:
    following = next(goal for goal in told if goal.fy >= found.year.fy)
    way = "below" if (gap.exact or 0) <= 0 else "above"
    return texts.label(
        f"goal.{way}", year=found.year.label, path=on_path, gap=size(gap.text), unit=found.unit, goal=following.label,
        reduction=following.reduction, level=following.level,
    )  # fmt: skip


def table(found: Overview, told: Sequence[Goal]) -> Table:
    """Base year, year and goals, each with its reduction."""
    none = decimals(None, 0)
    rows: list[Row] = [(texts.label("goal.base", year=found.base_label), found.totals.base, none)]
    if not found.is_base:
        rows.append((found.year.label, found.totals.total, found.totals.rate))
    rows += [
        (texts.label("goal.target", year=goal.label), goal.level, _minus(goal.reduction))
        for goal in told
        if goal.fy >= found.year.fy
    ]
    heads = (texts.label("doc.head.year"), texts.label("doc.head.total"), texts.label("doc.head.rate"))
    return Table(texts.label("goal.table"), texts.label("doc.unit", unit=found.unit), heads, tuple(rows))


def _minus(reduction: Figure) -> Figure:
    """A reduction as a change, with the decimals of a rate."""
    return decimals(None if reduction.exact is None else -reduction.exact, 1, "%")


def _chart(found: Overview, told: Sequence[Goal], way: Path, verdict: str, printer: Printer) -> Chart:
    past = [
        Dot(year.fy, year.total.exact, year.total.text, year.state == INCOMPLETE)
        for year in found.years
        if year.state != ABSENT and year.total.exact is not None
    ]
    line = [Dot(point.fiscal_year, printer.emission(point.tonnes).exact or Decimal(0), "") for point in way.points]
    aims = [Dot(goal.fy, goal.level.exact or Decimal(0), goal.level.text) for goal in told]
    title = texts.label("goal.chart")
    subtitle = texts.label("goal.chart.subtitle", unit=found.unit)
    names = (texts.label("goal.actual"), texts.label("goal.path"))
    picture = path(past, line, aims, names, "goals-chart", title, verdict)
    return Chart("goals", verdict, subtitle, (picture,), table(found, told))

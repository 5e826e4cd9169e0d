"""The cycle of the plan: its years from the first to the last, with what each has brought and what is still to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from kotsukotsu import texts
from kotsukotsu.accounting import exact
from kotsukotsu.documents.charts.model import Chart
from kotsukotsu.documents.model import COMPLETE, Overview
from kotsukotsu.documents.plan.setting import Plan, setting_of
from kotsukotsu.documents.printing import Figure, Printer
from kotsukotsu.periods import FiscalYear, day_name, last_day
from kotsukotsu.planning.targets import Milestone, milestones_of
from kotsukotsu.sessions.catalogues import catalogue
from kotsukotsu.web.entries.models import Sheet
from kotsukotsu.web.look.years import fiscal_years
from kotsukotsu.web.municipalities.figures import kept
from kotsukotsu.web.municipalities.models import Municipality
from kotsukotsu.web.plans.models import FacilityReview
from kotsukotsu.web.publications.models import Publication
from kotsukotsu.web.seeing import path, results
from kotsukotsu.web.seeing.scope import whole

BEFORE = 5  # years before the plan that are shown: those of the plan that it follows


@dataclass(frozen=True, slots=True)
class Known:
    """What is computed of the cycle.

    Attributes
    ----------
    fy : int
        The newest year with nothing missing.
    totals, levels, gaps : mapping
        Emission of a fiscal year, the path's value, and the difference. [unit of the policy]
    """

    fy: int
    found: Overview
    totals: Mapping[int, Figure]
    levels: Mapping[int, Figure]
    gaps: Mapping[int, Figure]
    chart: Chart | None


@dataclass(frozen=True, slots=True)
class Line:
    """A fiscal year: how far it has come.

    Attributes
    ----------
    nth : int or None
        Which year of the plan; None before it.
    sheets, reviews : tuple of int
        How many are settled (approved), of how many.
    """

    fy: int
    nth: int | None
    sheets: tuple[int, int]
    reviews: tuple[int, int]
    publication: Publication | None
    total: Figure | None
    level: Figure | None
    gap: Figure | None


def plan_of(city: Municipality) -> tuple[Plan, tuple[Milestone, ...]] | None:
    """The plan's particulars and its milestones; None where neither says which years it is for."""
    goals = tuple(milestones_of(city.settings, catalogue()))
    if not goals and "last_fy" not in city.settings.get("plan", {}):
        return None
    return setting_of(city.settings, goals[0].fiscal_year if goals else 0), goals


def known() -> Known | None:
    """What the city's data say of the cycle; None where no year is complete."""
    years = fiscal_years()
    newest = results.overview_of(whole(), max(years)) if years else None
    complete = [year.fy for year in newest.years if year.state == COMPLETE] if newest else []
    found = results.overview_of(whole(), max(complete)) if complete else None
    if found is None:
        return None
    target: path.Target | None = kept("seeing.target", lambda session: path.target_of(session, found), found.year.fy)
    printer = Printer(found.rounding)
    totals = {year.fy: year.total for year in found.years}
    levels = _levels(found, target, printer)
    gaps = _gaps(totals, levels, printer)
    chart = path.chart(found, target) if target else None
    return Known(found.year.fy, found, totals, levels, gaps, chart)


def _levels(found: Overview, target: path.Target | None, printer: Printer) -> dict[int, Figure]:
    if target is None:
        return {}
    years = range(found.base_fy, target.milestones[-1].fiscal_year + 1)
    return {fy: printer.figure(target.path.at(fy)) for fy in years}


def _gaps(totals: Mapping[int, Figure], levels: Mapping[int, Figure], printer: Printer) -> dict[int, Figure]:
    """Emission less the path's value, for the years that have both."""
    both = [(fy, totals[fy].exact, level.exact) for fy, level in levels.items() if fy in totals]
    return {
        fy: printer.figure(exact.difference(total, level))
        for fy, total, level in both
        if total is not None and level is not None
    }


def lines_of(plan: Plan, found: Known | None) -> list[Line]:
    """The plan's years and the last ones before it, in three questions to the database however many there are."""
    sheets = _counts(Sheet.objects.values_list("collection__fiscal_year", "state"), "settled")
    reviews = _counts(FacilityReview.objects.values_list("fiscal_year", "state"), "approved")
    versions = {one.fiscal_year: one for one in Publication.objects.order_by("fiscal_year", "number")}
    begun = [fy for fy in fiscal_years() if plan.first_fy - BEFORE <= fy < plan.first_fy]
    return [
        Line(
            fy, fy - plan.first_fy + 1 if fy >= plan.first_fy else None, sheets.get(fy, (0, 0)),
            reviews.get(fy, (0, 0)), versions.get(fy), *(_of(found, name, fy) for name in ("totals", "levels", "gaps")),
        )
        for fy in (*begun, *range(plan.first_fy, plan.last_fy + 1))
    ]  # fmt: skip


def _of(found: Known | None, name: str, fy: int) -> Figure | None:
    figure: Figure | None = getattr(found, name).get(fy) if found else None
    return figure


def _counts(asked: Any, done: str) -> dict[int, tuple[int, int]]:
    counts: dict[int, tuple[int, int]] = {}
    for fy, state, count in asked.annotate(count=Count("pk")).order_by():
        ended, all_of_them = counts.get(fy, (0, 0))
        counts[fy] = (ended + (count if state == done else 0), all_of_them + count)
    return counts


def particulars(plan: Plan, city: Municipality) -> list[tuple[str, str]]:
    """Label keys and texts of what the city says of its plan; nothing that it does not say."""
    told = {
        "period": f"{FiscalYear(plan.first_fy).label()}{texts.label('sign.to')}{FiscalYear(plan.last_fy).label()}",
        "issued": plan.texts["issued"],
        "office": plan.texts["office"],
        "council": texts.listed(plan.lists["council"]),
        "base": FiscalYear(city.settings["municipality"]["base_fy"]).label(),
        "review": day_name(last_day(FiscalYear(plan.last_fy).end)),
    }
    return [(f"see.cycle.{name}", text) for name, text in told.items() if text]

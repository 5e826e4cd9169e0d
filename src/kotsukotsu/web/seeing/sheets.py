"""What a facility's page shows of its sheet (施設カルテ): months, peers, measures, countermeasures, explanations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from kotsukotsu import texts
from kotsukotsu.accounting.inventory import Inventory
from kotsukotsu.documents.charts.model import Chart
from kotsukotsu.documents.facilities.drawn import pictures
from kotsukotsu.documents.facilities.make import sheets
from kotsukotsu.documents.facilities.model import Sheet, Sheets
from kotsukotsu.documents.facilities.sources import Sources, months_shown
from kotsukotsu.documents.model import Overview
from kotsukotsu.sessions.names import namers
from kotsukotsu.sessions.session import Session
from kotsukotsu.web.municipalities.figures import kept
from kotsukotsu.web.seeing import peers, results
from kotsukotsu.web.seeing.scope import Scope

Made = tuple[Sheet, dict[str, Chart]]


def sheet_of(scope: Scope, found: Overview) -> Made | None:
    """The sheet of one facility with its charts ``months`` and ``peers``, those that can be drawn.

    None where the year cannot be compared with the base year.
    """
    key = (scope.code, found.year.fy)
    made: Made | None = kept("seeing.sheet", lambda session: _made(session, scope, found), *key)
    return made


def _made(session: Session, scope: Scope, found: Overview) -> Made | None:
    fy = found.year.fy
    view = results.view_of(scope, fy, found.base_fy)
    if view is None or scope.facilities is None:
        return None
    own = {
        year.fy: result.part(scope.facilities) for year in found.years if (result := results.result(year.fy).inventory)
    }
    names = namers(session.city, session.law.catalogue, fy)
    report = replace(view.report, intensity=list(peers.intensities(fy).values()))
    sources = Sources(found, own, _monthly(session, scope, fy, own), report, None, {}, names)
    every = sheets(sources, scope.code)
    if not every.sheets:
        return None
    charts = {"months": _months(every), "peers": None if found.year.is_incomplete else peers.chart(every, found.years)}
    return every.sheets[0], {name: chart for name, chart in charts.items() if chart is not None}


def _monthly(session: Session, scope: Scope, fy: int, own: Mapping[int, Inventory]) -> dict[int, Inventory]:
    """The year and the two before, months apart."""
    places = scope.facilities or frozenset()
    return {year: session.inventory(year, by_month=True).part(places) for year in months_shown(fy, own)}


def _months(every: Sheets) -> Chart | None:
    (sheet,) = every.sheets
    drawn = pictures(sheet, every).get("months")
    if drawn is None:
        return None
    years = texts.label("an.and").join(every.month_years)
    subtitle = texts.label("see.months.subtitle", years=years, unit=every.unit)
    return Chart("months", texts.label("sheet.table.months"), subtitle, (drawn,), sheet.months)

"""Pages that show: the city, a department, a facility, the list of facilities, and the trace of a number."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_GET

from kotsukotsu import texts
from kotsukotsu.documents import sentences, tables
from kotsukotsu.documents.analysis import charts as cause_charts
from kotsukotsu.documents.charts.changes import changes
from kotsukotsu.documents.charts.facilities import reach
from kotsukotsu.documents.charts.items import items
from kotsukotsu.documents.charts.years import years
from kotsukotsu.documents.html import figure, table
from kotsukotsu.documents.model import Overview
from kotsukotsu.findings import by_severity
from kotsukotsu.web.accounts import policy
from kotsukotsu.web.common.access import requires
from kotsukotsu.web.look.paging import paged
from kotsukotsu.web.look.sorting import in_order
from kotsukotsu.web.municipalities.dated import Dated, latest
from kotsukotsu.web.municipalities.figures import kept
from kotsukotsu.web.seeing import indicators, listing, path, results, sheets, traces
from kotsukotsu.web.seeing.scope import CITY, FACILITY, Scope, department, facility, whole
from kotsukotsu.web.seeing.tasks import tasks_of

SHOWN_FINDINGS = 30
ROWS = 50  # facilities of a ranking at once, below everything else that a page shows
RANKED = {
    "name": lambda part: part.name,
    "department": lambda part: part.belongs,
    "tonnes": lambda part: part.tonnes.exact,
    "change": lambda part: part.change.exact,
    "rate": lambda part: part.rate.exact,
}


@requires("overview")
@require_GET
def city(request: HttpRequest, fy: int) -> HttpResponse:
    """The whole city."""
    return _seen(request, whole(), fy)


@requires("see")
@require_GET
def department_page(request: HttpRequest, fy: int, department_id: str) -> HttpResponse:
    """A department with all below it."""
    return _seen(request, department(request.user, department_id, fy), fy)


@requires("see")
@require_GET
def facility_page(request: HttpRequest, fy: int, facility_id: str) -> HttpResponse:
    """A facility."""
    return _seen(request, facility(facility_id), fy)


def _seen(request: HttpRequest, scope: Scope, fy: int) -> HttpResponse:
    dated = dated_of(scope, fy)
    shown: dict[str, Any] = {**dated.made, "dated": dated, "crumbs": _crumbs(request, scope, fy)}
    shown["tasks"] = tasks_of(scope, fy)
    if scope.kind == FACILITY:
        shown["head"] = listing.head(scope.code, fy)
    if shown["found"] is None:
        return render(request, "seeing/empty.html", shown)
    return render(request, "seeing/overview.html", {**shown, "body": _safe(_body(request, dated))})


def _body(request: HttpRequest, dated: Dated) -> str:
    """All that every reader of a page sees alike: as made with the figures, or in the order asked for."""
    return written(dated.made, request) if request.GET else str(dated.made["body"])


def written(shown: dict[str, Any], request: HttpRequest) -> str:
    """The page below its head."""
    is_facility = shown["scope"].kind == FACILITY
    ranked = () if is_facility else in_order(request, shown["found"].facilities, RANKED)
    page = paged(request, ranked, ROWS)
    return _safe(render_to_string("seeing/body.html", {**shown, "ranked": page.object_list, "page": page}, request))


def dated_of(scope: Scope, fy: int) -> Dated:
    """What a page shows of a part of the city, and of when it is."""
    return latest(_made, scope, fy, until=fy)


def _made(scope: Scope, fy: int) -> dict[str, Any]:
    """What a page shows of a part of the city, whoever reads it."""
    found = results.overview_of(scope, fy)
    shown: dict[str, Any] = {"scope": scope, "fy": fy, "found": found}
    if found is None:
        year = results.result(fy)
        return {**shown, "error": year.error, "findings": year.findings}
    target, said = _target(found) if scope.kind == CITY else None, _said(scope, found)
    shown |= {
        "headline": sentences.headline(found),
        "below": tuple(sentences.below_the_headline(found)),
        "target": target,
        "trace": scope.address("trace", fy),
        "pictures": _pictures(found, scope, fy, target),
        "said": said,
        "reasons": said if scope.kind == CITY else said[1:],  # elsewhere the first stands above the figures
        "statuses": _safe(table(tables.statuses(found))),
        "findings": by_severity(found.year.findings)[:SHOWN_FINDINGS],
        "more_findings": max(0, len(found.year.findings) - SHOWN_FINDINGS),
    }
    if scope.kind == FACILITY:
        shown |= _sheet(scope, found)
    if scope.kind == CITY:
        shown |= indicators.written_of(fy, found.rounding)
    with translation.override(texts.language()):  # of the process beside the server
        return {**shown, "body": written(shown, HttpRequest())}


def _sheet(scope: Scope, found: Overview) -> dict[str, Any]:
    """Months, measures, countermeasures and explanations of a facility, as on its sheet."""
    made = sheets.sheet_of(scope, found)
    if made is None:
        return {}
    sheet, charts = made
    shown = {name: _safe(table(one)) for name in ("measures", "countermeasures") if (one := getattr(sheet, name)).rows}
    drawn = {name: _safe(figure(chart)) for name, chart in charts.items()}
    return {"own_sheet": {**shown, **drawn, "explained": sheet.explained}}


def _target(found: Overview) -> path.Target | None:
    made: path.Target | None = kept("seeing.target", lambda session: path.target_of(session, found), found.year.fy)
    return made


def _pictures(found: Overview, scope: Scope, fy: int, target: path.Target | None) -> dict[str, str]:
    view = results.analysis_of(scope, fy, found.base_fy)

    def draw() -> dict[str, str]:
        drawing = (years, items, changes) if scope.kind == FACILITY else (years, items, changes, reach)
        drawn = [chart(found) for chart in drawing]
        made = {chart.ident: chart for chart in drawn if chart is not None}
        if target is not None:
            made["path"] = path.chart(found, target)
        if view is not None:
            made["causes"] = cause_charts.causes(view)
            if scope.kind == FACILITY and (index := cause_charts.index(view)) is not None:
                made["index"] = index
        return {name: _safe(figure(chart)) for name, chart in made.items()}

    drawn: dict[str, str] = results.pictures("overview", scope, fy, draw)
    return drawn


def _said(scope: Scope, found: Overview) -> tuple[str, ...]:
    view = results.analysis_of(scope, found.year.fy, found.base_fy)
    return tuple(sentence.text for sentence in view.report.sentences) if view is not None else ()


def _safe(html: str) -> str:
    """HTML of the documents, in which every text is escaped already."""
    return mark_safe(html)  # noqa: S308


def _crumbs(request: HttpRequest, scope: Scope, fy: int) -> list[dict[str, str]]:
    above = []
    if scope.kind != CITY and policy.may(request.user, "overview"):
        above.append({"name": texts.label("web.place.city"), "address": whole().address("seen", fy)})
    return [*above, {"name": scope.name, "address": ""}]


@requires("see")
@require_GET
def facilities(request: HttpRequest, fy: int) -> HttpResponse:
    """Facilities that the reader may see, with their year."""
    dated = latest(results.overview_of, whole(), fy, until=fy)
    found = dated.made
    lines = listing.lines(policy.facilities(request.user), found, fy)
    asked = listing.asked(request, lines)
    page = paged(request, in_order(request, asked.rows, listing.KEYS))
    shown = {
        "dated": dated, "lines": page.object_list, "page": page, "fy": fy, "unit": found.unit if found else "",
        "asked": asked,
    }  # fmt: skip
    return render(request, "seeing/facilities.html", shown)


@requires("overview")
@require_GET
def city_trace(request: HttpRequest, fy: int) -> HttpResponse:
    """Where the city's number comes from."""
    return _trace(request, whole(), fy)


@requires("see")
@require_GET
def department_trace(request: HttpRequest, fy: int, department_id: str) -> HttpResponse:
    """Where a department's number comes from."""
    return _trace(request, department(request.user, department_id, fy), fy)


@requires("see")
@require_GET
def facility_trace(request: HttpRequest, fy: int, facility_id: str) -> HttpResponse:
    """Where a facility's number comes from."""
    return _trace(request, facility(facility_id), fy)


def _trace(request: HttpRequest, scope: Scope, fy: int) -> HttpResponse:
    item = request.GET.get("item", "")
    dated = latest(traces.told, scope, fy, item, until=fy)
    found: traces.Told = dated.made
    if found.traced is None and not found.is_computed:
        shown = {"scope": scope, "fy": fy, "error": found.error, "findings": found.findings, "crumbs": (),
                 "dated": dated}  # fmt: skip
        return render(request, "seeing/empty.html", shown)
    if found.traced is None:
        raise Http404
    told = {
        "scope": scope, "fy": fy, "item": item, "item_name": found.item_name, "found": found.traced, "dated": dated,
        "trace": request.get_full_path(), "up": scope.address("trace", fy), "agrees": found.agrees,
    }  # fmt: skip
    return render(request, "seeing/trace.html", told)

"""The page of the plan's cycle, above the yearly one."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_GET

from kotsukotsu.documents.html import figure
from kotsukotsu.web.common.access import requires
from kotsukotsu.web.errors import WebError
from kotsukotsu.web.municipalities import selectors
from kotsukotsu.web.municipalities.dated import latest
from kotsukotsu.web.seeing import cycle, indicators
from kotsukotsu.web.seeing.outlook_views import tabs


@requires("overview")
@require_GET
def plan_cycle(request: HttpRequest) -> HttpResponse:
    """Years, targets, indicators and measures of the plan."""
    city = selectors.municipality()
    if city is None:
        raise WebError("W-10")
    setting = cycle.plan_of(city)
    dated = latest(made)
    shown: dict[str, Any] = {"dated": dated, "tabs": tabs("plan_cycle"), **dated.made}
    if setting is not None:
        plan, goals = setting
        shown |= {
            "plan": plan, "goals": goals, "particulars": cycle.particulars(plan, city),
            "lines": cycle.lines_of(plan, dated.made["known"]),
        }  # fmt: skip
    return render(request, "seeing/cycle.html", shown)


def made() -> dict[str, Any]:
    """What of the page is computed, whoever reads it."""
    known = cycle.known()
    chart = known.chart if known else None
    return {
        "known": known,
        "picture": mark_safe(figure(chart)) if chart else "",  # noqa: S308  # texts are escaped in it
        **(indicators.written_of(known.fy, known.found.rounding) if known else {}),
    }

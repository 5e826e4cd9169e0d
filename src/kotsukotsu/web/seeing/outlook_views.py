"""The plan's outlook: path, trend and sectors, and a choice of measures for what is asked in the address."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from kotsukotsu import texts
from kotsukotsu.periods import FiscalYear
from kotsukotsu.planning.measures import library
from kotsukotsu.web.common.access import requires
from kotsukotsu.web.common.coming import ACCEPTED
from kotsukotsu.web.common.sending import XLSX, sent
from kotsukotsu.web.errors import WebError
from kotsukotsu.web.municipalities.dated import CHOICES, latest, soon
from kotsukotsu.web.municipalities.registers import Measure
from kotsukotsu.web.municipalities.selectors import facility_names
from kotsukotsu.web.plans import choices
from kotsukotsu.web.seeing import outlook as made
from kotsukotsu.web.seeing.outlook_forms import Question

REFUSED = 422


@requires("overview")
@require_GET
def outlook(request: HttpRequest) -> HttpResponse:
    """What is asked stands in the address, so that a choice can be sent on and printed."""
    dated = latest(made.outlook)
    shown: dict[str, Any] = {**dated.made, "dated": dated, "tabs": tabs("plan_outlook")}
    form = _question(request, dated.made)
    if form is None:
        return render(request, "seeing/outlook.html", shown)
    status, chosen = _chosen(form)
    return render(request, "seeing/outlook.html", {**shown, "form": form, **chosen}, status=status)


@requires("overview")
@require_GET
def workbook(request: HttpRequest) -> HttpResponse:
    """A choice with its scenarios as an Excel workbook; the page where it is not there yet."""
    found = _asked(request)
    if found is None:
        return redirect(_page(request))
    return sent(found["book"], f"measures-{timezone.localdate():%Y%m%d}.xlsx", XLSX)


@requires("plan")
@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """Make a choice the city's plan, just as its changes were shown."""
    found = _asked(request)
    if found is None:
        raise WebError("W-33")
    count = choices.choice_keep(
        starts=found["starts"], years=found["years"], seen=request.POST.get("seen", ""),
        reason=request.POST.get("reason", ""), actor=request.user,
    )  # fmt: skip
    messages.success(request, texts.label("see.keep.done", count=count))
    return redirect(_page(request))


def _page(request: HttpRequest) -> str:
    return f"{reverse('plan_outlook')}?{request.GET.urlencode()}#keep"


def _question(request: HttpRequest, found: dict[str, Any]) -> Question | None:
    """The form, with what the address asks; None where there is nothing to choose from."""
    if "aims" not in found or not Measure.objects.exists():
        return None
    return Question(request.GET if "budget" in request.GET else None, fy=found["fy"], aims=found["aims"])


def _asked(request: HttpRequest) -> dict[str, Any] | None:
    """The choice that the address asks for; None where it asks for none, or none is there."""
    form = _question(request, latest(made.outlook).made)
    if form is None or not form.is_valid():
        return None
    dated = soon(made.choice, *form.question(), lane=CHOICES)
    return dated.made if dated and "starts" in dated.made else None


def _chosen(form: Question) -> tuple[int, dict[str, Any]]:
    """The choice where one is asked for; it is computed beside the requests, and the page asks again until then."""
    if not form.is_bound:
        return 200, {}
    if not form.is_valid():
        return REFUSED, {}
    dated = soon(made.choice, *form.question(), lane=CHOICES)
    if dated is None:
        return ACCEPTED, {"is_coming": True}
    return 200, {"choice": dated.made, "choice_dated": dated, **_moves(dated.made)}


def _moves(found: dict[str, Any]) -> dict[str, Any]:
    """What keeping the choice would change: facility, measure, start before and after."""
    if "starts" not in found:
        return {}
    moves = choices.moves(found["starts"], found["years"])
    facilities, rows = facility_names(), {row.measure_id: row for row in Measure.objects.all()}
    told = []
    for one in moves:
        row = rows[one.measure_id]
        kind = library().get(row.measure)
        told.append((facilities.get(row.facility_id, row.facility_id), kind.name if kind else row.measure,
                     _year(one.before), _year(one.after)))  # fmt: skip
    return {"moves": told, "seen": choices.mark(moves)}


def _year(fy: int | None) -> str:
    return texts.label("see.keep.none") if fy is None else FiscalYear(fy).name


def tabs(current: str) -> list[dict[str, Any]]:
    """The two pages of the plan."""
    return [
        {"name": texts.label(f"see.{name}.title"), "address": reverse(f"plan_{name}"),
         "is_current": current == f"plan_{name}"}
        for name in ("cycle", "outlook")
    ]  # fmt: skip

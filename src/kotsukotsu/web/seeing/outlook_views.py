"""The plan's outlook: path, trend and sectors, and a choice of measures for what is asked in the address."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from kotsukotsu import texts
from kotsukotsu.web.common.access import requires
from kotsukotsu.web.common.coming import ACCEPTED
from kotsukotsu.web.municipalities.dated import CHOICES, latest, soon
from kotsukotsu.web.municipalities.registers import Measure
from kotsukotsu.web.seeing import outlook as made
from kotsukotsu.web.seeing.outlook_forms import Question

REFUSED = 422


@requires("overview")
@require_GET
def outlook(request: HttpRequest) -> HttpResponse:
    """What is asked stands in the address, so that a choice can be sent on and printed."""
    dated = latest(made.outlook)
    shown: dict[str, Any] = {**dated.made, "dated": dated, "tabs": tabs("plan_outlook")}
    if "aims" not in shown or not Measure.objects.exists():
        return render(request, "seeing/outlook.html", shown)
    form = Question(request.GET if "budget" in request.GET else None, fy=shown["fy"], aims=shown["aims"])
    status, chosen = _chosen(form)
    return render(request, "seeing/outlook.html", {**shown, "form": form, **chosen}, status=status)


def _chosen(form: Question) -> tuple[int, dict[str, Any]]:
    """The choice where one is asked for; it is computed beside the requests, and the page asks again until then."""
    if not form.is_bound:
        return 200, {}
    if not form.is_valid():
        return REFUSED, {}
    dated = soon(made.choice, *form.question(), lane=CHOICES)
    if dated is None:
        return ACCEPTED, {"is_coming": True}
    return 200, {"choice": dated.made, "choice_dated": dated}


def tabs(current: str) -> list[dict[str, Any]]:
    """The two pages of the plan."""
    return [
        {"name": texts.label(f"see.{name}.title"), "address": reverse(f"plan_{name}"),
         "is_current": current == f"plan_{name}"}
        for name in ("cycle", "outlook")
    ]  # fmt: skip

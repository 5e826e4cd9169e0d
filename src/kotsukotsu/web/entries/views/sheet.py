"""The sheet of a facility: its grid, its state, the cells saved as they are typed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from kotsukotsu import texts
from kotsukotsu.sessions.catalogues import catalogue
from kotsukotsu.web.accounts import policy
from kotsukotsu.web.common import advice, json
from kotsukotsu.web.common.access import requires
from kotsukotsu.web.common.writing import in_line
from kotsukotsu.web.entries import figures, fleet, proofs, selectors, sheets
from kotsukotsu.web.entries.excel import READABLE
from kotsukotsu.web.entries.models import Sheet
from kotsukotsu.web.entries.services import cells, collections, states
from kotsukotsu.web.errors import WebError


def _steps(request: HttpRequest, sheet: Sheet) -> list[dict[str, object]]:
    """Steps that the reader may take now."""
    return [
        {"name": name, "text": f"web.step.{name}", "needs_reason": step.needs_reason}
        for name, step in states.STEPS.items()
        if states.may_step(request.user, sheet, name)
    ]


def _left(request: HttpRequest, sheet: Sheet) -> list[str]:
    """What is left to others, and why."""
    names = states.left_to_others(request.user, sheet)
    return [texts.label("web.step.left", step=texts.label(f"web.step.{name}")) for name in names]


@requires("see")
@require_GET
def page(request: HttpRequest, fy: int, facility_id: str) -> HttpResponse:
    """The sheet."""
    sheet = selectors.sheet_of(fy, facility_id)
    grid = sheets.grid(sheet, files=proofs.files_of(sheet))
    can_enter = sheet.is_open and policy.may(request.user, "enter", facility_id)
    shown = {
        "sheet": sheet, "grid": grid, "can_enter": can_enter, "fy": fy, "facility_id": facility_id,
        "steps": _steps(request, sheet), "left": _left(request, sheet), "history": selectors.history(sheet),
        "readable": READABLE, "evidence": proofs.listed(sheet),
        "items": [(code, sheets.item_name(code)) for code in catalogue().items], "uses": _uses(),
        **_forms(grid), "has_fleet": bool(fleet.vehicles_of(sheet)),
    }  # fmt: skip
    return render(request, "entries/sheet.html", shown)


def _forms(grid: sheets.Grid) -> dict[str, list[str]]:
    """Forms that serve the items of the sheet, and those that may be wanted for the first time."""
    serving = figures.kinds_of(line.item for line in grid.all_lines)
    return {"forms": serving, "more_forms": [kind for kind in figures.KINDS if kind not in serving]}


def _uses() -> list[tuple[str, str]]:
    """Uses that a fuel can have, with their names."""
    codes = dict.fromkeys(use for item in catalogue().items.values() for use in item.uses)
    return [(code, texts.label(f"look.fuel_use.{code}")) for code in codes]


def as_data(grid: sheets.Grid, *, can_enter: bool) -> dict[str, Any]:
    """The grid for the page's script."""
    return {
        "months": [str(month) for month in grid.year.months()],
        "lines": [line.as_dict() for line in grid.month_lines],
        "editable": can_enter,
        "version": grid.sheet.version,
        "state": grid.sheet.state,
    }


@in_line()
@requires("enter")
@require_POST
def save(request: HttpRequest, fy: int, facility_id: str) -> HttpResponse:
    """Save typed cells: ``{"cells": [{"line", "month", "text", "seen", "estimated"}]}``."""
    given = json.body(request).get("cells")
    if not isinstance(given, list) or not all(isinstance(one, dict) for one in given):
        raise WebError("W-33")
    changes = [
        cells.Change(
            json.text(one, "line"), json.text(one, "month"), json.text(one, "text"), json.text(one, "seen"),
            one.get("estimated") is True,
        )
        for one in given
    ]  # fmt: skip
    saved = cells.cells_save(fy=fy, facility_id=facility_id, changes=changes, actor=request.user)
    at = timezone.localtime(saved.at).strftime("%H:%M")
    answer = {
        "lines": [line.as_dict() for line in saved.lines],
        "conflicts": list(saved.conflicts),
        "beside": {key: [advice.as_dict(one) for one in told] for key, told in saved.beside.items()},
        "others": [advice.as_dict(finding) for finding in saved.others],
        "saved_at": at,
        "message": texts.label("web.saved", at=at),
        "version": saved.version,
    }
    return JsonResponse(answer, status=409 if saved.conflicts else 200)


@requires("see")
@require_GET
def now(request: HttpRequest, fy: int, facility_id: str) -> HttpResponse:
    """The grid as it is now, for a page that has been open for a while."""
    sheet = selectors.sheet_of(fy, facility_id)
    can_enter = sheet.is_open and policy.may(request.user, "enter", facility_id)
    return JsonResponse(as_data(sheets.grid(sheet), can_enter=can_enter))


@requires("see")
@require_POST
def step(request: HttpRequest, fy: int, facility_id: str, name: str) -> HttpResponse:
    """Take the sheet one step on or back."""
    if name not in states.STEPS:
        raise WebError("W-33")
    policy.require(request.user, states.STEPS[name].right, facility_id)
    version = request.POST.get("version", "")
    if not version.isdecimal():
        raise WebError("W-33")
    sheet = states.sheet_step(
        sheet=selectors.sheet_of(fy, facility_id), name=name, version=int(version),
        reason=request.POST.get("reason", ""), comment=request.POST.get("comment", ""), actor=request.user,
    )  # fmt: skip
    messages.success(request, texts.label("web.stepped", state=texts.label(f"look.state.{sheet.state}")))
    return redirect("sheet", fy=fy, facility_id=facility_id)


@requires("enter")
@require_POST
def add_line(request: HttpRequest, fy: int, facility_id: str) -> HttpResponse:
    """One more line; the reader goes back to the form that they came from."""
    collections.line_add(
        sheet=selectors.sheet_of(fy, facility_id), item=request.POST.get("item", ""),
        meter_id=request.POST.get("meter_id", "").strip(), use=request.POST.get("use", ""), actor=request.user,
    )  # fmt: skip
    kind = request.POST.get("kind", "")
    if kind in figures.KINDS:
        return redirect("sheet_figures", fy=fy, facility_id=facility_id, kind=kind)
    return redirect("sheet", fy=fy, facility_id=facility_id)

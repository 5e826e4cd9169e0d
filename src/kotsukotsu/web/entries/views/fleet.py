"""Vehicles by distance and fuel: a grid with two lines for each."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from kotsukotsu.web.accounts import policy
from kotsukotsu.web.common.access import requires
from kotsukotsu.web.entries import fleet, proofs, selectors
from kotsukotsu.web.municipalities.selectors import facility_names

PAGE = 15  # vehicles on a page: thirty lines of twelve months


@requires("see")
@require_GET
def page(request: HttpRequest, fy: int, facility_id: str) -> HttpResponse:
    """The vehicles of a facility, some on each page."""
    sheet = selectors.sheet_of(fy, facility_id)
    vehicles = fleet.vehicles_of(sheet)
    shown = Paginator([one for one in vehicles if fleet.items_of(one)], PAGE).get_page(request.GET.get("page"))
    grid, driven = fleet.grid_of(sheet, shown.object_list, proofs.files_of(sheet))
    return render(
        request,
        "entries/fleet.html",
        {
            "fy": fy, "facility_id": facility_id, "sheet": sheet, "driven": driven, "page": shown,
            "can_enter": sheet.is_open and policy.may(request.user, "enter", facility_id),
            "grid": grid, "totals": fleet.totals(sheet, grid.lines),
            "others": [one for one in vehicles if not fleet.items_of(one)],
            "name": facility_names().get(facility_id, facility_id),
        },
    )  # fmt: skip

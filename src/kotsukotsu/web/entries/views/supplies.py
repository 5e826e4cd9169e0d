"""Changed supply contracts: reported from the bill, taken over by the secretariat."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from kotsukotsu import texts
from kotsukotsu.web.common.access import requires
from kotsukotsu.web.common.forms import DayField, LabelledForm
from kotsukotsu.web.entries import selectors, sheets
from kotsukotsu.web.entries.models import SupplyReport
from kotsukotsu.web.entries.services import supplies
from kotsukotsu.web.municipalities.selectors import facility_names


class ReportForm(LabelledForm):
    """What the bill shows."""

    texts_at = "web.supply"
    item = forms.ChoiceField()
    supplier = forms.CharField(max_length=200)
    menu = forms.CharField(max_length=200, required=False)
    valid_from = DayField()
    note = forms.CharField(required=False)

    def __init__(self, *args: object, items: list[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].choices = items


@requires("enter")
def report(request: HttpRequest, fy: int, facility_id: str) -> HttpResponse:
    """Report a changed contract."""
    sheet = selectors.sheet_of(fy, facility_id)
    items = {line.item: sheets.item_name(line.item) for line in sheet.lines.all()}
    form = ReportForm(request.POST or None, items=list(items.items()))
    if request.method == "POST" and form.is_valid():
        supplies.supply_report(facility_id=facility_id, **form.cleaned_data, actor=request.user)
        messages.success(request, texts.label("web.supply.reported"))
        return redirect("sheet", fy=fy, facility_id=facility_id)
    name = facility_names().get(facility_id, facility_id)
    return render(
        request, "entries/supply_report.html", {"form": form, "fy": fy, "facility_id": facility_id, "name": name}
    )


@requires("register")
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Reports that wait for an answer."""
    names = facility_names()
    found = [
        (one, names.get(one.facility_id, one.facility_id), sheets.item_name(one.item))
        for one in selectors.supply_reports()
    ]
    return render(request, "entries/supply_reports.html", {"reports": found})


@requires("register")
@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a report into the register, or refuse it with a reason."""
    found = get_object_or_404(SupplyReport, pk=pk)
    if request.POST.get("do") == "take":
        supplies.supply_take(report=found, actor=request.user)
    else:
        supplies.supply_refuse(report=found, answer=request.POST.get("answer", ""), actor=request.user)
    messages.success(request, texts.label("web.supply.answered"))
    return redirect("supply_reports")

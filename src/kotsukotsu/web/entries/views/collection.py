"""The secretariat's view of a collection: see how far everybody is, change the due date."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from kotsukotsu import texts
from kotsukotsu.periods import FiscalYear
from kotsukotsu.web.accounts import policy
from kotsukotsu.web.common.access import requires
from kotsukotsu.web.common.forms import DayField
from kotsukotsu.web.entries import listing, selectors
from kotsukotsu.web.entries.models import Sheet
from kotsukotsu.web.entries.services import collections
from kotsukotsu.web.entries.services.reminders import mail_is_on
from kotsukotsu.web.entries.views.first import state_names
from kotsukotsu.web.look.paging import paged
from kotsukotsu.web.look.sorting import in_order
from kotsukotsu.web.municipalities.selectors import facility_names


class DueForm(forms.Form):
    """Another due date, and why."""

    due_on = DayField()
    reason = forms.CharField()

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["due_on"].label = texts.label("web.collection.due_on")
        self.fields["reason"].label = texts.label("web.reason")


@requires("overview")
@require_GET
def all_years(request: HttpRequest) -> HttpResponse:
    """All collections, and the year that could be opened next."""
    found = selectors.collections()
    next_fy = found[0].fiscal_year + 1 if found else FiscalYear.of(timezone.localdate()).number
    return render(
        request,
        "entries/collections.html",
        {"collections": found, "next_fy": next_fy, "next_name": FiscalYear(next_fy).name},
    )


class AskForm(forms.Form):
    """One more facility."""

    facility_id = forms.ChoiceField()

    def __init__(self, *args: object, fy: int, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        asked = Sheet.objects.filter(collection=selectors.collection_of(fy)).values_list("facility_id", flat=True)
        names = facility_names()
        self.fields["facility_id"].choices = [(key, names[key]) for key in collections.unasked(fy, asked)]
        self.fields["facility_id"].label = texts.label("column.facility")


@requires("overview")
@require_GET
def overview(request: HttpRequest, fy: int) -> HttpResponse:
    """Departments by state, late ones first; every sheet."""
    return _shown(request, fy, DueForm(initial={"due_on": selectors.collection_of(fy).due_on}))


def _shown(request: HttpRequest, fy: int, due: DueForm) -> HttpResponse:
    tasks = selectors.tasks(request.user, fy)
    asked = listing.asked(request, tasks)
    page = paged(request, in_order(request, asked.rows, listing.KEYS))
    shown = {
        "collection": selectors.collection_of(fy), "departments": selectors.by_department(tasks),
        "tasks": page.object_list, "page": page, "asked": asked, "fy": fy, "states": state_names(),
        "mail": mail_is_on(), "due": due, "ask": AskForm(fy=fy) if policy.may(request.user, "collect") else None,
    }  # fmt: skip
    return render(request, "entries/collection.html", shown, status=422 if due.errors else 200)


@requires("collect")
@require_POST
def due(request: HttpRequest, fy: int) -> HttpResponse:
    """Another due date for everybody."""
    form = DueForm(request.POST)
    if not form.is_valid():
        return _shown(request, fy, form)
    collections.due_change(
        collection=selectors.collection_of(fy), due_on=form.cleaned_data["due_on"],
        reason=form.cleaned_data["reason"], actor=request.user,
    )  # fmt: skip
    messages.success(request, texts.label("web.collection.due_changed"))
    return redirect("collection", fy=fy)


@requires("collect")
@require_POST
def ask(request: HttpRequest, fy: int) -> HttpResponse:
    """One more facility."""
    sheet = collections.facility_ask(
        collection=selectors.collection_of(fy), facility_id=request.POST.get("facility_id", ""), actor=request.user
    )
    name = facility_names()[sheet.facility_id]
    messages.success(request, texts.label("web.collection.asked", facility=name))
    return redirect("sheet", fy=fy, facility_id=sheet.facility_id)

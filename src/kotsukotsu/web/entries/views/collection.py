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
from kotsukotsu.web.common.access import requires
from kotsukotsu.web.common.forms import DayField
from kotsukotsu.web.entries import listing, selectors
from kotsukotsu.web.entries.services import collections
from kotsukotsu.web.entries.services.reminders import mail_is_on
from kotsukotsu.web.entries.views.first import state_names
from kotsukotsu.web.look.paging import paged
from kotsukotsu.web.look.sorting import in_order


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


@requires("overview")
@require_GET
def overview(request: HttpRequest, fy: int) -> HttpResponse:
    """Departments by state, late ones first; every sheet."""
    collection = selectors.collection_of(fy)
    tasks = selectors.tasks(request.user, fy)
    asked = listing.asked(request, tasks)
    page = paged(request, in_order(request, asked.rows, listing.KEYS))
    shown = {
        "collection": collection, "departments": selectors.by_department(tasks), "tasks": page.object_list,
        "page": page, "asked": asked, "fy": fy, "states": state_names(),
        "mail": mail_is_on(), "due": DueForm(initial={"due_on": collection.due_on}),
    }  # fmt: skip
    return render(request, "entries/collection.html", shown)


@requires("collect")
@require_POST
def due(request: HttpRequest, fy: int) -> HttpResponse:
    """Another due date for everybody."""
    form = DueForm(request.POST)
    if form.is_valid():
        collections.due_change(
            collection=selectors.collection_of(fy), due_on=form.cleaned_data["due_on"],
            reason=form.cleaned_data["reason"], actor=request.user,
        )  # fmt: skip
        messages.success(request, texts.label("web.collection.due_changed"))
    else:
        messages.error(request, texts.label("web.form.wrong"))
    return redirect("collection", fy=fy)

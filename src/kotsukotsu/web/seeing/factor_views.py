"""The page on which an update of the factors is looked at before it is taken."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from kotsukotsu.catalogue.update import LARGEST_UPDATE, read_update
from kotsukotsu.errors import UpdateError
from kotsukotsu.sessions.catalogues import catalogue
from kotsukotsu.web.common.access import requires
from kotsukotsu.web.common.forms import LabelledForm
from kotsukotsu.web.look.years import fiscal_years
from kotsukotsu.web.municipalities import updates
from kotsukotsu.web.municipalities.figures import opened
from kotsukotsu.web.publications.models import PUBLISHED, Publication
from kotsukotsu.web.seeing.factors import preview


class UpdateForm(LabelledForm):
    """The file that came by mail or on a stick."""

    texts_at = "see.factors"
    file = forms.FileField()


@requires("register")
@require_http_methods(["GET", "POST"])
def update(request: HttpRequest) -> HttpResponse:
    """Show what an update would change; no factor changes, and the update waits for a decision."""
    form = UpdateForm(request.POST or None, request.FILES or None)
    shown: dict[str, Any] = {"form": form, "version": catalogue().version}
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data["file"]
        if given.size > LARGEST_UPDATE:
            raise UpdateError("UP-04")
        data = given.read()
        received = read_update(data)
        with opened() as session:
            shown["found"] = preview(session, received, fiscal_years())
        if shown["found"].rows:
            updates.update_receive(update=received, actor=request.user)
        shown["closed"] = set(Publication.objects.filter(state=PUBLISHED).values_list("fiscal_year", flat=True))
    return render(request, "seeing/factors.html", {**shown, "waiting": updates.waiting()})


@require_POST
@requires("register")
def set_aside(request: HttpRequest) -> HttpResponse:
    """Decide that an update is not taken."""
    updates.update_set_aside(key=request.POST.get("key", ""), reason=request.POST.get("reason", ""), actor=request.user)
    return redirect("factor_update")

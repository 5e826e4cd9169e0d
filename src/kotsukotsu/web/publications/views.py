"""Pages of publications: the list, a version, its check, its files, its way."""

from __future__ import annotations

from time import time
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from kotsukotsu import texts
from kotsukotsu.periods import FiscalYear
from kotsukotsu.web.accounts import policy
from kotsukotsu.web.accounts.selectors import history
from kotsukotsu.web.common.access import requires
from kotsukotsu.web.common.sending import sent
from kotsukotsu.web.errors import WebError
from kotsukotsu.web.look.years import fiscal_years
from kotsukotsu.web.municipalities import figures
from kotsukotsu.web.municipalities.dated import LONG, latest, soon
from kotsukotsu.web.publications import preparing as preparation
from kotsukotsu.web.publications import selectors, services
from kotsukotsu.web.publications.forms import Decide, GiveBack, Prepare, Words
from kotsukotsu.web.publications.models import Preparing, Publication, PublishedFile

TRUSTED = 10 * 60  # so long a version that was computed again is not computed once more [s]


def _years() -> list[int]:
    """Fiscal years from the base year to the ledger's last."""
    base = int(figures.municipality().settings["municipality"]["base_fy"])
    return list(range(base, max((base, *fiscal_years())) + 1))


@require_GET
@requires("overview")
def publications(request: HttpRequest) -> HttpResponse:
    """Every version of every year, and the form that prepares one."""
    return _listed(request, Prepare(years=_years()))


def _listed(request: HttpRequest, form: Prepare) -> HttpResponse:
    lines = [(one, selectors.title(one)) for one in Publication.objects.select_related("prepared_by", "published_by")]
    begun = [(fy, FiscalYear(fy).label()) for fy in Preparing.objects.values_list("fiscal_year", flat=True)]
    shown = {"lines": lines, "begun": begun}
    if policy.may(request.user, "prepare_publication"):
        shown["form"] = form
    return render(request, "publications/list.html", shown, status=422 if form.errors else 200)


@require_POST
@requires("prepare_publication")
def prepare(request: HttpRequest) -> HttpResponse:
    """Begin to freeze a year."""
    form = Prepare(request.POST, years=_years())
    if not (form.is_valid() and _begun(request, form)):
        return _listed(request, form)
    return redirect("publication_preparing", fy=form.cleaned_data["fiscal_year"])


def _begun(request: HttpRequest, form: Prepare) -> bool:
    """Begin; that a correction lacks its reason is told at the field."""
    try:
        preparation.preparing_begin(actor=request.user, **form.cleaned_data)
    except WebError as error:
        if error.code != "WP-01":
            raise
        form.add_error("reason", str(error))
        return False
    return True


@require_GET
@requires("overview")
def preparing(request: HttpRequest, fy: int) -> HttpResponse:
    """How far the next version of a year is, or the version when it is there."""
    found = preparation.progress(fy)
    made = Publication.objects.filter(fiscal_year=fy).first()
    is_part = "HX-Request" in request.headers
    if found.state == "none" and not is_part:
        return redirect("publication", pk=made.pk) if made else redirect("publications")
    title = texts.label("publication.preparing.title", year=FiscalYear(fy).label())
    crumbs = [{"name": texts.label("publication.title"), "address": reverse("publications")}, {"name": title}]
    shown = {"progress": found, "title": title, "crumbs": crumbs}
    return render(request, f"publications/preparing{'_part' if is_part else ''}.html", shown)


@require_GET
@requires("overview")
def publication(request: HttpRequest, pk: int) -> HttpResponse:
    """A version: figures, corrections, remarks, files, and what the reader may do with it."""
    one = get_object_or_404(Publication.objects.select_related("prepared_by", "submitted_by", "published_by"), pk=pk)
    return render(request, "publications/publication.html", _shown(request, one))


def _shown(request: HttpRequest, one: Publication) -> dict[str, Any]:
    return {
        "publication": one,
        "named": selectors.title(one),
        "figures": list(one.figures.all()),
        "files": selectors.files(one),
        "remarks": list(one.remarks.select_related("author")),
        "corrections": selectors.corrections(one),
        "corrected": (later, selectors.title(later)) if (later := selectors.after(one)) else None,
        "dated": soon(selectors.today, one.pk, lane=LONG),
        "history": history(services.KIND, one)[:50],
        "acts": selectors.acts(one, request.user),
        "words": Words(auto_id="remark-%s"),
        "give_back": GiveBack(auto_id="return-%s"),
        "crumbs": _crumbs(one),
        "decide": Decide(),
    }


def _crumbs(one: Publication, *, leads: bool = False) -> list[dict[str, str]]:
    here = {"name": selectors.title(one), "address": reverse("publication", args=[one.pk]) if leads else ""}
    return [{"name": texts.label("publication.title"), "address": reverse("publications")}, here]


@require_GET
@requires("overview")
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """What computing a version again from the ledger as it stood then gave, with the time of that."""
    one = get_object_or_404(Publication, pk=pk)
    crumbs = [*_crumbs(one, leads=True), {"name": texts.label("publication.check")}]
    dated = latest(selectors.again, one.pk, int(time() // TRUSTED), lane=LONG)
    shown = {
        "publication": one, "named": selectors.title(one), "differences": dated.made, "dated": dated, "crumbs": crumbs,
    }  # fmt: skip
    return render(request, "publications/check.html", shown)


@require_GET
@requires("overview")
def file(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """A frozen file, as it is."""
    kept = get_object_or_404(PublishedFile, publication_id=pk, name=name)
    return sent(bytes(kept.content), kept.name)


@require_POST
@requires("prepare_publication")
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the decision."""
    services.publication_submit(publication=get_object_or_404(Publication, pk=pk), actor=request.user)
    return _back(request, pk, "submitted")


@require_POST
@requires("publish")
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Return it with a reason."""
    one = get_object_or_404(Publication, pk=pk)
    services.publication_return(publication=one, reason=request.POST.get("text", ""), actor=request.user)
    return _back(request, pk, "returned")


@require_POST
@requires("publish")
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide."""
    one, form = get_object_or_404(Publication, pk=pk), Decide(request.POST)
    if not (form.is_valid() and _decided(request, one, form)):
        return render(request, "publications/publication.html", {**_shown(request, one), "decide": form}, status=422)
    return _back(request, pk, "published")


def _decided(request: HttpRequest, one: Publication, form: Decide) -> bool:
    """Decide; a day that cannot be is told at its field."""
    try:
        services.publication_publish(publication=one, actor=request.user, **form.cleaned_data)
    except WebError as error:
        if error.code != "WP-08":
            raise
        form.add_error("decided_on", str(error))
        return False
    return True


@require_POST
@requires("overview")
def remark(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a remark."""
    one = get_object_or_404(Publication, pk=pk)
    services.remark_add(publication=one, text=request.POST.get("text", ""), actor=request.user)
    return _back(request, pk, "remarked")


def _back(request: HttpRequest, pk: int, said: str) -> HttpResponse:
    messages.success(request, texts.label(f"publication.{said}"))
    return redirect("publication", pk=pk)

"""The guided page of a reorganisation."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kotsukotsu import texts
from kotsukotsu.importers import dates
from kotsukotsu.importers.model import Cell
from kotsukotsu.periods import day_name
from kotsukotsu.web.accounts import policy
from kotsukotsu.web.common.access import requires
from kotsukotsu.web.common.sending import XLSX, sent
from kotsukotsu.web.entries.uploads import accept
from kotsukotsu.web.errors import WebError
from kotsukotsu.web.municipalities.models import Facility, Municipality
from kotsukotsu.web.registers.reorganisation import book
from kotsukotsu.web.registers.reorganisation.forms import (
    PICKED,
    ReorganisationForm,
    asked,
    filled_in,
    gathered,
    lines,
    next_april,
)
from kotsukotsu.web.registers.reorganisation.look import look
from kotsukotsu.web.registers.reorganisation.model import Asked
from kotsukotsu.web.registers.reorganisation.services import reorganise

SALT, HOUR = "kotsukotsu.reorganisation", 60 * 60  # [s]


@require_http_methods(["GET", "POST"])
@requires("register")
def page(request: HttpRequest) -> HttpResponse:
    """What is asked for; then what it would do, before anything is written."""
    policy.require(request.user, "accounts")
    if request.method == "GET":
        day = request.GET.get("on", "")
        return _form(request, {"on": day} if _day(day) else {})
    if "kept" in request.POST:  # back from the look
        return _form(request, filled_in(_kept(request)[0]))
    given = gathered(request.POST.dict())
    form = ReorganisationForm(given, request.FILES)
    if "again" in given and "on" not in form.errors:  # the departments of another day; what has been typed stays
        return _form(request, given)
    if not form.is_valid():
        return _form(request, given, form, status=422)
    wanted = asked(form, given, _of_file(form.cleaned_data["file"]))
    looked = look(wanted)
    if looked.problems:
        return _form(request, filled_in(wanted), problems=looked.problems, status=422)
    kept = signing.dumps([wanted.as_plain(), Municipality.objects.get().revision], salt=SALT, compress=True)
    return render(request, "registers/reorganisation_look.html",
                  {"asked": wanted, "looked": looked, "kept": kept, "crumbs": _crumbs()})  # fmt: skip


@require_POST
@requires("register")
def carry_out(request: HttpRequest) -> HttpResponse:
    """Do what was looked at."""
    wanted, seen = _kept(request)
    handed = {int(pk) for pk in request.POST.getlist("handed") if pk.isdecimal()}
    anew = [one.pk for one in look(wanted).roles if one.pk not in handed]
    done = reorganise(asked=wanted, anew=anew, seen=seen, actor=request.user)
    messages.success(request, texts.label("reorganise.done", on=day_name(wanted.on), departments=str(len(done.changes)),
                                          facilities=str(len(done.moves))))  # fmt: skip
    return redirect("register", table="departments")


@require_GET
@requires("register")
def file(request: HttpRequest) -> HttpResponse:
    """The facilities with their departments, to be filled in and sent back."""
    day = _day(request.GET.get("on", "")) or next_april(timezone.localdate())
    name = f"reorganisation-{day:%Y%m%d}.xlsx"
    return sent(book.written(day), name, XLSX)


def _form(
    request: HttpRequest, given: dict[str, Any], form: ReorganisationForm | None = None, *,
    problems: tuple[str, ...] = (), status: int = 200,
) -> HttpResponse:  # fmt: skip
    """The page with what has been typed; departments are those of its day."""
    day = _day(given.get("on", "")) or next_april(timezone.localdate())
    first = {"on": day, "reason": given.get("reason", texts.label("reorganise.title")), "pasted": given.get("pasted")}
    wishes, begin = lines(given or None, day)
    shown = {
        "form": form or ReorganisationForm(initial=first), "day": day, "wishes": wishes, "begin": begin,
        "picked": range(1, PICKED + 1), "problems": problems, "crumbs": _crumbs(),
        "names": sorted({wish.name for wish in (*wishes, *begin) if wish.name}),
        "facilities": Facility.objects.values_list("facility_id", "name"),
    }  # fmt: skip
    return render(request, "registers/reorganisation.html", shown, status=status)


def _crumbs() -> list[dict[str, str]]:
    registers = {"name": texts.label("register.title"), "address": reverse("registers")}
    return [registers, {"name": texts.label("reorganise.title")}]


def _day(text: str) -> date | None:
    return dates.day(Cell(text, "text"))


def _of_file(given: Any) -> list[tuple[str, str]]:
    if given is None:
        return []
    return list(book.moves(accept(given.name, given.read()).content, given.name))


def _kept(request: HttpRequest) -> tuple[Asked, int]:
    try:
        plain, seen = signing.loads(request.POST.get("kept", ""), salt=SALT, max_age=HOUR)
    except signing.BadSignature:
        raise WebError("WR-11") from None
    return Asked.of_plain(plain), seen

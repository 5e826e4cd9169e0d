"""The page of the city's settings: read by who sees the city, changed by who keeps the registers."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from kotsukotsu import texts
from kotsukotsu.catalogue.policy import policy_at
from kotsukotsu.errors import FolderError, KotsukotsuError
from kotsukotsu.web.accounts import policy
from kotsukotsu.web.common.access import requires
from kotsukotsu.web.common.forms import LabelledForm
from kotsukotsu.web.errors import ConflictError
from kotsukotsu.web.look.years import fiscal_years
from kotsukotsu.web.municipalities import city_settings
from kotsukotsu.web.municipalities.dated import LONG, latest
from kotsukotsu.web.municipalities.effects import counting, tried
from kotsukotsu.web.municipalities.selectors import municipality
from kotsukotsu.web.municipalities.settings_text import edited
from kotsukotsu.web.publications.models import PUBLISHED, Publication
from kotsukotsu.web.registers.settings_form import CityForm

Shown = dict[str, Any]


class SettingsForm(LabelledForm):
    """The settings as a text, and why they change."""

    texts_at = "city"
    text = forms.CharField(widget=forms.Textarea(attrs={"rows": 24, "spellcheck": "false"}), strip=False)
    why = forms.CharField(max_length=400)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="written_%s", **kwargs)  # the other fields stand on the same page

    def clean_text(self) -> str:
        """The text with the ends of lines that it had: a browser sends others."""
        return str(self.cleaned_data["text"]).replace("\r\n", "\n")


@require_http_methods(["GET", "POST"])
@requires("overview")
def page(request: HttpRequest) -> HttpResponse:
    """The settings; then what a change of them would be; then the change."""
    written = city_settings.written()
    seen = request.POST.get("seen", city_settings.mark(written))
    shown: Shown = {"city": municipality(), "seen": seen, "crumbs": _crumbs(), "history": city_settings.history()}
    if request.method == "POST":
        policy.require(request.user, "register")
        return _changed(request, written, shown)
    if policy.may(request.user, "register"):
        shown |= {"fields": CityForm(_settings(written)), "form": SettingsForm(initial={"text": written})}
    else:
        shown["kept"] = city_settings.shown(written)
    return render(request, "registers/settings.html", shown)


def _settings(text: str) -> Mapping[str, Any]:
    """The settings of a text; none where it cannot be read, which its own form then says."""
    try:
        return city_settings.read(text)
    except FolderError:
        return {}


def _changed(request: HttpRequest, written: str, shown: Shown) -> HttpResponse:
    """From the fields or from the text itself: both lead to a text, and that to what it would change."""
    fields = CityForm(_settings(written), request.POST if "fields" in request.POST else None)
    form = SettingsForm(None if fields.is_bound else request.POST, initial={"text": written})
    shown |= {"fields": fields, "form": form, "wrong": fields if fields.is_bound else form}
    if fields.is_bound and fields.is_valid():
        text = edited(written, fields.values)
        form = shown["form"] = SettingsForm({"text": text, "why": fields.cleaned_data["why"]})
    if form.is_valid():
        try:
            if "sure" in request.POST:
                return _write(request, form)
            shown |= _would_be(written, form.cleaned_data["text"])
        except ConflictError:
            raise
        except KotsukotsuError as error:
            if fields.is_bound:
                fields.put_error(error)
            else:
                form.add_error("text", error.text())
    return render(request, "registers/settings.html", shown, status=422 if shown["wrong"].errors else 200)


def _would_be(written: str, text: str) -> Shown:
    """What differs, and what totals would follow from, where that differs."""
    found = city_settings.changes(written, text)
    changed = [
        (city_settings.named(name), *(city_settings.told(name, one) for one in values)) for name, *values in found
    ]
    wanted = counting(city_settings.read(text))
    return {"changes": changed, "wanted": wanted if wanted != counting(_settings(written)) else ""}


@require_GET
@requires("register")
def effects(request: HttpRequest) -> HttpResponse:
    """What other settings would make of the totals of years that are not published."""
    wanted = request.GET.get("with", "")
    try:
        policy_at(json.loads(wanted), city_settings.EVER)
    except (ValueError, AttributeError):
        raise Http404 from None
    closed = set(Publication.objects.filter(state=PUBLISHED).values_list("fiscal_year", flat=True))
    years = tuple(fy for fy in fiscal_years() if fy not in closed)
    found = latest(tried, wanted, years, lane=LONG).made if years else ()
    shown = {"effects": found, "closed": sorted(closed), "crumbs": _crumbs()}
    return render(request, "registers/settings_effects.html", shown)


def _write(request: HttpRequest, form: SettingsForm) -> HttpResponse:
    given = form.cleaned_data
    city_settings.settings_write(
        text=given["text"], seen=request.POST.get("seen", ""), reason=given["why"], actor=request.user
    )
    messages.success(request, texts.label("city.done"))
    return redirect("city_settings")


def _crumbs() -> list[dict[str, str]]:
    return [{"name": texts.label("register.title"), "address": reverse("registers")},
            {"name": texts.label("city.title")}]  # fmt: skip

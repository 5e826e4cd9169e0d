"""The page of the city's settings: read by who sees the city, changed by who keeps the registers."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from kotsukotsu import texts
from kotsukotsu.errors import KotsukotsuError
from kotsukotsu.web.accounts import policy
from kotsukotsu.web.common.access import requires
from kotsukotsu.web.common.forms import LabelledForm
from kotsukotsu.web.errors import ConflictError
from kotsukotsu.web.municipalities import city_settings
from kotsukotsu.web.municipalities.selectors import municipality


class SettingsForm(LabelledForm):
    """The settings as a text, and why they change."""

    texts_at = "city"
    text = forms.CharField(widget=forms.Textarea(attrs={"rows": 24, "spellcheck": "false"}), strip=False)
    why = forms.CharField(max_length=400)

    def clean_text(self) -> str:
        """The text with the ends of lines that it had: a browser sends others."""
        return str(self.cleaned_data["text"]).replace("\r\n", "\n")


@require_http_methods(["GET", "POST"])
@requires("overview")
def page(request: HttpRequest) -> HttpResponse:
    """The settings; then what a change of them would be; then the change."""
    written = city_settings.written()
    form = SettingsForm(request.POST if request.method == "POST" else None, initial={"text": written})
    kept = () if policy.may(request.user, "register") else city_settings.shown(written)
    seen = request.POST.get("seen", city_settings.mark(written))
    shown = {"form": form, "city": municipality(), "kept": kept, "seen": seen, "crumbs": _crumbs(),
             "history": city_settings.history()}  # fmt: skip
    if request.method == "GET":
        return render(request, "registers/settings.html", shown)
    policy.require(request.user, "register")
    if form.is_valid():
        try:
            if "sure" in request.POST:
                return _write(request, form)
            found = city_settings.changes(written, form.cleaned_data["text"])
            shown["changes"] = [(city_settings.named(name), *values) for name, *values in found]
        except ConflictError:
            raise
        except KotsukotsuError as error:
            form.add_error("text", error.text())
    return render(request, "registers/settings.html", shown, status=422 if form.errors else 200)


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

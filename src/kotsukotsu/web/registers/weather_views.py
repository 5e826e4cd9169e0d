"""The page of the city's temperatures: what there is, what a file would bring, taking it in."""

from __future__ import annotations

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from kotsukotsu import texts
from kotsukotsu.web.accounts import policy
from kotsukotsu.web.common.access import requires
from kotsukotsu.web.entries.uploads import accept
from kotsukotsu.web.errors import WebError
from kotsukotsu.web.municipalities import weather
from kotsukotsu.web.registers.file_views import HOUR, LARGEST
from kotsukotsu.web.registers.forms import WeatherFile

SALT = "kotsukotsu.weather"
SHOWN = 50


@require_http_methods(["GET", "POST"])
@requires("overview")
def page(request: HttpRequest) -> HttpResponse:
    """The stations; with a file, what it would bring: nothing is written."""
    shown = {"form": WeatherFile(), "spans": weather.spans(), "crumbs": _crumbs(), "most": SHOWN}
    if request.method == "GET":
        return render(request, "registers/weather.html", shown)
    policy.require(request.user, "register")
    form = WeatherFile(request.POST, request.FILES)
    if not form.is_valid():
        raise WebError("WR-09")
    given = form.cleaned_data["file"]
    if given.size > LARGEST:
        raise WebError("WR-10", megabytes=LARGEST // 1024 // 1024)
    file = accept(given.name, given.read())
    kept = signing.dumps([file.name, file.content.hex()], salt=SALT, compress=True)
    shown |= {"found": weather.judged(file.name, file.content), "file": file.name, "kept": kept}
    return render(request, "registers/weather.html", shown)


@require_POST
@requires("register")
def take_in(request: HttpRequest) -> HttpResponse:
    """Take in what was looked at."""
    try:
        name, data = signing.loads(request.POST.get("kept", ""), salt=SALT, max_age=HOUR)
    except signing.BadSignature:
        raise WebError("WR-11") from None
    found = weather.weather_take(name=name, data=bytes.fromhex(data), actor=request.user)
    messages.success(request, texts.label("weather.taken_in", count=found.new + len(found.changed)))
    return redirect("weather")


def _crumbs() -> list[dict[str, str]]:
    return [{"name": texts.label("register.title"), "address": reverse("registers")},
            {"name": texts.label("weather.title")}]  # fmt: skip

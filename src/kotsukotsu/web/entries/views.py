"""The first page: what must I do, until when, what is wrong."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kotsukotsu.web.common.access import requires
from kotsukotsu.web.municipalities import selectors as municipalities


@requires()
def home(request: HttpRequest) -> HttpResponse:
    """The first page, by role."""
    return render(request, "entries/home.html", {"city": municipalities.municipality()})

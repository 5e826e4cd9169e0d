"""The city in a few sentences, figures and charts, for the first page of those who see the whole."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from kotsukotsu.web.accounts import policy
from kotsukotsu.web.common.access import requires
from kotsukotsu.web.seeing.scope import whole
from kotsukotsu.web.seeing.views import dated_of


@requires("overview")
@require_GET
def glance(request: HttpRequest, fy: int) -> HttpResponse:
    """Headline and figures; the charts for those who decide and audit, whose first page is not full of tasks."""
    dated = dated_of(whole(), fy)
    with_pictures = not policy.may(request.user, "collect")
    return render(request, "seeing/glance.html", {**dated.made, "dated": dated, "with_pictures": with_pictures})

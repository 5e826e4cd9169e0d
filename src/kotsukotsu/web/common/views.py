"""Pages that belong to no part: errors, the choice of language."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from kotsukotsu import texts
from kotsukotsu.web.common.access import open_to_all
from kotsukotsu.web.common.middleware import COOKIE
from kotsukotsu.web.settings.security import HTTPS, YEAR


def _told(request: HttpRequest, code: str, status: int) -> HttpResponse:
    return render(
        request, "common/told.html", {"title": f"web.{code}.title", "text": f"web.{code}.text"}, status=status
    )


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: somebody without the right."""
    return _told(request, "refused", 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: nothing there, or nothing that the reader may see."""
    return _told(request, "not_found", 404)


def misread(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: a name of the server that it does not go by, or more than is taken at once."""
    return _told(request, "misread", 400)


def broken(request: HttpRequest) -> HttpResponse:
    """500: a fault of the program."""
    return _told(request, "broken", 500)


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: a form that this server did not give out, or gave out too long ago."""
    return _told(request, "forged", 403)


@open_to_all
@require_POST
def speak(request: HttpRequest) -> HttpResponse:
    """Keep the language that was chosen, and go back."""
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        back = "/"
    response = redirect(back)
    chosen = request.POST.get("language", "")
    if chosen in texts.LANGUAGES:
        response.set_cookie(COOKIE, chosen, max_age=YEAR, secure=HTTPS, httponly=True, samesite="Lax")
    return response

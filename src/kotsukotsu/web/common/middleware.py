"""Around every request: its language, the end of an idle session, errors as pages for people."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from http import HTTPStatus

from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from csp.utils import build_policy
from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import translation

from kotsukotsu import texts
from kotsukotsu.errors import KotsukotsuError
from kotsukotsu.web.common.coming import Coming, coming
from kotsukotsu.web.errors import ConflictError

COOKIE = "kotsukotsu_language"
PROGRAMS = "/api/v1/"
Answer = Callable[[HttpRequest], HttpResponse]


def language(get_response: Answer) -> Answer:
    """Speak the reader's language: the cookie's, else that of the installation."""

    def answer(request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(COOKIE) or _asked(request) or texts.language()
        with texts.speaking(chosen), translation.override(texts.language() if chosen in texts.LANGUAGES else "ja"):
            response = get_response(request)
            response.headers["Content-Language"] = texts.language()
            return response

    return answer


def _asked(request: HttpRequest) -> str:
    """The language that a program asks for; a browser's is that of the PC, not of its reader."""
    if not request.path.startswith(PROGRAMS):
        return ""
    return request.headers.get("Accept-Language", "")[:2].lower()


def idle(get_response: Answer) -> Answer:
    """Move the end of a session that is in use; one not in use ends by its age."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", "no-store, private")
            if request.session.is_due and not request.session.modified:  # one that is modified is written as a whole
                _give_again(response, str(request.session.session_key))
                _afterwards(response, request.session.prolong)
        return response

    return answer


def _give_again(response: HttpResponse, key: str) -> None:
    """The cookie of the session, whose age begins anew."""
    response.set_cookie(
        settings.SESSION_COOKIE_NAME, key, max_age=settings.SESSION_COOKIE_AGE, secure=settings.SESSION_COOKIE_SECURE,
        httponly=True, samesite=settings.SESSION_COOKIE_SAMESITE,
    )  # fmt: skip


def _afterwards(response: HttpResponse, work: Callable[[], None]) -> None:
    """Do something once the answer has been sent: nobody waits for it."""
    close = response.close

    def closed() -> None:
        close()
        work()

    response.close = closed  # what a server calls when it has sent the last byte


class ContentPolicy(CSPMiddleware):
    """django-csp's, which puts the policy into words anew for every answer; here once where no view has its own."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """The header, as that of `CSPMiddleware`."""
        if any(name.startswith("_csp") for name in (*vars(request), *vars(response))):
            return super().process_response(request, response)
        response.headers.setdefault(HEADER, _policy())
        return response


@cache
def _policy() -> str:
    return str(build_policy())


class SaidErrors:
    """An error with a text becomes a page, or its text alone where a part of a page was asked for."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """An address that was opened and only takes a form is told in words."""
        response = self.get_response(request)
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED and not request.path.startswith(PROGRAMS):
            words = {"title": "web.only_sent.title", "text": "web.only_sent.text"}
            told = render(request, "common/told.html", words, status=response.status_code)
            told.headers["Allow"] = response.headers["Allow"]
            return told
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The page of an error for people, or of figures that are not there yet; other errors go their way."""
        if isinstance(error, Coming):
            return coming(request)
        if not isinstance(error, KotsukotsuError):
            return None
        status = 409 if isinstance(error, ConflictError) else 422
        if request.headers.get("Accept", "").startswith("application/json"):
            body = {"code": error.code, "message": error.text(), "data": {k: str(v) for k, v in error.data.items()}}
            return JsonResponse({"error": body}, status=status)
        shown = {"error": error, "findings": getattr(error, "findings", ())}
        template = "common/error_part.html" if request.headers.get("HX-Request") else "common/error.html"
        return render(request, template, shown, status=status)

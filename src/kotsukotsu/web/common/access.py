"""What stands before a view: who is asking, and may they?"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from allauth.account.authentication import get_authentication_records
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from kotsukotsu.web.accounts import policy

View = Callable[..., HttpResponse]
CHANGE = "account_change_password"


def requires(right: str = "") -> Callable[[View], View]:
    """Let only those in who have a right.

    Where the address names a facility (``facility_id``), the right must hold there: a facility that the reader may
    not even see does not exist for them (404), one that they may see but not change is refused (403). Without a
    right, everybody who is signed in.
    """

    def around(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                if request.headers.get("HX-Request") or request.headers.get("Accept", "").startswith(
                    "application/json"
                ):
                    return HttpResponse(status=401)
                return redirect_to_login(_afterwards(request))
            if _must_change_password(request):
                return redirect(CHANGE)
            _let_in(request, right, kwargs.get("facility_id"))
            return view(request, *args, **kwargs)

        answer.right = right  # type: ignore[attr-defined]
        return answer

    return around


def _afterwards(request: HttpRequest) -> str:
    """Where somebody goes who has signed in again: an address that takes a form shows none, its page does."""
    if request.method in ("GET", "HEAD"):
        return request.get_full_path()
    page = urlsplit(request.headers.get("Referer", ""))
    return urlunsplit(("", "", page.path, page.query, "")) if page.netloc == request.get_host() else "/"


def _must_change_password(request: HttpRequest) -> bool:
    """Whether somebody came in with a password that another person gave them."""
    if not request.user.password_is_given or getattr(request.resolver_match, "url_name", "") == CHANGE:
        return False
    return any(one.get("method") == "password" for one in get_authentication_records(request, request.user))


def _let_in(request: HttpRequest, right: str, facility_id: str | None) -> None:
    if facility_id is not None and not policy.may(request.user, "see", facility_id):
        raise Http404
    if right and not policy.may(request.user, right, facility_id):
        raise PermissionDenied


def open_to_all(view: View) -> View:
    """Mark a view that needs no account."""
    view.right = None  # type: ignore[attr-defined]
    return view

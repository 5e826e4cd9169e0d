"""Every error as one shape: ``{"error": {"code", "message", "data", "rows", "findings"}}``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from kotsukotsu import texts
from kotsukotsu.errors import KotsukotsuError
from kotsukotsu.web.errors import ConflictError, WebError

UNREADABLE, UNKNOWN, FORBIDDEN, ABSENT, CONFLICT, REFUSED, WAIT = 400, 401, 403, 404, 409, 422, 429
MOST_PLACES = 5


class BatchError(WebError):
    """Some rows of several cannot be taken; then none is.

    Parameters
    ----------
    rows : sequence of dict
        Index, code and message of each that is wrong.
    """

    def __init__(self, rows: Sequence[dict[str, Any]]) -> None:
        self.rows = list(rows)
        super().__init__("WA-08", count=len(self.rows))


def handle(api: NinjaAPI) -> None:
    """Answer every error of the interface in its shape."""

    def answer(request: HttpRequest, error: KotsukotsuError, status: int) -> HttpResponse:
        return api.create_response(request, {"error": said(error)}, status=status)

    @api.exception_handler(KotsukotsuError)
    def refused(request: HttpRequest, error: KotsukotsuError) -> HttpResponse:
        return answer(request, error, CONFLICT if isinstance(error, ConflictError) else REFUSED)

    @api.exception_handler(ValidationError)
    def unreadable(request: HttpRequest, error: ValidationError) -> HttpResponse:
        places = texts.listed(_place(one) for one in error.errors[:MOST_PLACES])
        return answer(request, WebError("WA-01", places=places), REFUSED)

    @api.exception_handler(AuthenticationError)
    def unknown(request: HttpRequest, _: AuthenticationError) -> HttpResponse:
        response = answer(request, WebError("WA-02"), UNKNOWN)
        response.headers["WWW-Authenticate"] = "Bearer"
        return response

    @api.exception_handler(PermissionDenied)
    def forbidden(request: HttpRequest, _: PermissionDenied) -> HttpResponse:
        return answer(request, WebError("WA-03"), FORBIDDEN)

    @api.exception_handler(Http404)
    def absent(request: HttpRequest, _: Http404) -> HttpResponse:
        return answer(request, WebError("WA-04"), ABSENT)

    @api.exception_handler(HttpError)
    def other(request: HttpRequest, error: HttpError) -> HttpResponse:
        code = "WA-05" if error.status_code == WAIT else "WA-09"
        return answer(request, WebError(code), error.status_code)


def said(error: KotsukotsuError) -> dict[str, Any]:
    """An error as it is answered."""
    return {
        "code": error.code, "message": error.text(), "data": {name: str(value) for name, value in error.data.items()},
        "rows": getattr(error, "rows", []),
        "findings": [finding.as_dict() for finding in getattr(error, "findings", ())],
    }  # fmt: skip


def _place(error: dict[str, Any]) -> str:
    """Where in the request: ``rows.0.first``."""
    return ".".join(str(part) for part in error["loc"][1:]) or str(error["loc"][0])

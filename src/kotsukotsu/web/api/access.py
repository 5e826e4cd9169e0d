"""Who asks, and may they? A token and nothing else: a cookie of the browser opens nothing here."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from ninja.errors import AuthenticationError, HttpError
from ninja.security import HttpBearer

from kotsukotsu.web.accounts import policy
from kotsukotsu.web.api import tokens
from kotsukotsu.web.api.models import Token

TOO_MANY = 429


class Needs(HttpBearer):
    """A token (``Authorization: Bearer …``) whose person has a right, asked before anything else is read.

    As on the pages, the right must hold at the facility of the address, else anywhere. A facility that the person may
    not see does not exist for them (404); a token that only reads changes nothing (403).

    Parameters
    ----------
    right : str
        Of ``accounts/rights.csv``; empty for everybody with a token.
    writes : bool
        Whether something is changed.
    """

    openapi_description = "アカウントのページで作ったトークン"

    def __init__(self, right: str = "", *, writes: bool = False) -> None:
        super().__init__()
        self.right, self.writes = right, writes

    def __call__(self, request: HttpRequest) -> Token:
        """The token of a request; the request goes on as its person's.

        Raises
        ------
        AuthenticationError
            Without a token that is accepted.
        HttpError
            429 after too many wrong ones.
        """
        address = request.META.get("REMOTE_ADDR", "")
        if tokens.is_shut_out(address):
            raise HttpError(TOO_MANY, "")
        kind, _, secret = request.headers.get("Authorization", "").partition(" ")
        found = self.authenticate(request, secret.strip()) if kind.casefold() == "bearer" else None
        if found is None:
            if secret:
                tokens.attempt_note(address)
            raise AuthenticationError
        request.user = found.user
        self._let_in(request, found)
        return found

    def authenticate(self, request: HttpRequest, token: str) -> Token | None:
        """The token of a secret."""
        return tokens.token_of(token)

    def _let_in(self, request: HttpRequest, token: Token) -> None:
        match = request.resolver_match
        facility_id = match.kwargs.get("facility_id") if match else None
        if facility_id is not None and not policy.may(request.user, "see", facility_id):
            raise Http404
        if self.right and not policy.may(request.user, self.right, facility_id):
            raise PermissionDenied
        if self.writes and token.is_read_only:
            raise PermissionDenied

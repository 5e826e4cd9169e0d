"""What allauth may do here: sign people in, nothing more; accounts are made by the administrator."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.providers.base.constants import AuthError, AuthProcess
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kotsukotsu import texts
from kotsukotsu.web.accounts import services
from kotsukotsu.web.accounts.models import User
from kotsukotsu.web.accounts.sign_on import Asking, claims_of


def tried_name(request: HttpRequest, credentials: Mapping[str, Any] | None) -> str:
    """The account that somebody tries to enter, capitals or not: what the lock-out counts by."""
    given = (credentials or {}).get("username") or request.POST.get("login") or ""
    return str(given).casefold()


class LocalAccounts(DefaultAccountAdapter):
    """Accounts of this installation."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody makes an account for themselves."""
        return False

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:
        """An account that has been closed lets nobody in."""
        return _no_account(request)


class SingleSignOn(DefaultSocialAccountAdapter):
    """A person known to the city's identity server signs in to the account of the same name."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """A person without an account here stays outside."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Join the identity with the account of its name; refuse who has none, or whose account has another identity.

        Nobody joins an identity to the account that they are in: it would open that account to another person.
        """
        if sociallogin.state.get("process") == AuthProcess.CONNECT:
            raise ImmediateHttpResponse(_no_account(request))
        if sociallogin.is_existing:
            return
        names = _names(claims_of(sociallogin))
        found = _named(names)
        if found is None or found.socialaccount_set.filter(provider=sociallogin.account.provider).exists():
            raise ImmediateHttpResponse(_no_account(request, names[0]))
        services.identity_join(login=sociallogin, request=request, user=found)

    def on_authentication_error(self, request: HttpRequest, provider: Any, **said: Any) -> None:
        """Why nobody is signed in, in words."""
        why = "cancelled" if said.get("error") == AuthError.CANCELLED else "failed"
        page = {"title": texts.label(f"web.sign_on.{why}"), "text": texts.label(f"web.sign_on.{why}_text")}
        raise ImmediateHttpResponse(render(request, "accounts/sign_on_failed.html", page, status=403))

    def get_requests_session(self) -> Asking:
        """What the identity server is asked through."""
        return Asking()


def _names(claims: Mapping[str, Any]) -> list[str]:
    """What the identity server calls a person."""
    return [str(claims[key]) for key in ("preferred_username", "sub") if claims.get(key)]


def _named(names: Iterable[str]) -> User | None:
    """The account of an identity's name; capitals do not matter, as at the sign-in with a password."""
    found = (User.objects.filter(username__iexact=name, is_active=True).first() for name in names)
    return next((user for user in found if user is not None), None)


def _no_account(request: HttpRequest, name: str = "") -> HttpResponse:
    return render(request, "accounts/no_account.html", {"name": name}, status=403)

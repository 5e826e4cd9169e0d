"""What allauth may do here: sign people in, nothing more; accounts are made by the administrator."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kotsukotsu.web.accounts.models import User


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
        return render(request, "accounts/no_account.html", status=403)


class SingleSignOn(DefaultSocialAccountAdapter):
    """A person known to the city's identity server signs in to the account of the same name."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """A person without an account here stays outside."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Join the identity with the account of its name; refuse who has none."""
        if sociallogin.is_existing:
            return
        claims = sociallogin.account.extra_data
        names = [str(claims.get("userinfo", claims).get(key, "")) for key in ("preferred_username", "sub")]
        found = User.objects.filter(username__in=[name for name in names if name], is_active=True).first()
        if found is None:
            raise ImmediateHttpResponse(render(request, "accounts/no_account.html", status=403))
        sociallogin.connect(request, found)

"""The city's identity server: what it says is looked at before anybody is let in by it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import requests
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import HttpRequest

from kotsukotsu.web.errors import WebError

PATIENCE = 10  # until the identity server has answered [s]
LONGEST = 191  # characters of a person's number that an account can be joined with
NEEDED = ("issuer", "authorization_endpoint", "token_endpoint", "userinfo_endpoint", "jwks_uri")


class Asking(requests.Session):
    """Asks the identity server; one that does not answer is an error for people."""

    def request(self, *args: Any, **kwargs: Any) -> requests.Response:
        """An answer, within some seconds.

        Raises
        ------
        WebError
            WS-01.
        """
        try:
            return super().request(*args, **{"timeout": PATIENCE, **kwargs})
        except requests.RequestException:
            raise WebError("WS-01") from None


class IdentityServer(OpenIDConnectOAuth2Adapter):
    """The server of the installation's file."""

    @property
    def openid_config(self) -> Mapping[str, Any]:
        """Its addresses, as it tells them.

        Raises
        ------
        WebError
            WS-03 what it tells cannot be read, or something is missing in it.
        """
        try:
            found = super().openid_config
        except (requests.RequestException, AttributeError):  # no JSON, or a list
            found = {}
        if not all(found.get(name) for name in NEEDED):
            raise WebError("WS-03", address=self.get_provider().server_url)
        return found

    def get_provider(self) -> Any:
        """The provider, which asks through this class."""
        found = super().get_provider()
        found.oauth2_adapter_class = type(self)
        return found

    def complete_login(self, request: HttpRequest, app: Any, token: Any, **kwargs: Any) -> Any:
        """The person; refused where its two answers are not about one (OpenID Connect Core 1.0, 3.1.3.3 and 5.3.2)."""
        login = super().complete_login(request, app, token, **kwargs)
        told = login.account.extra_data
        if told.get("id_token", {}).get("sub") != login.account.uid:
            raise OAuth2Error
        return login

    def _fetch_user_info(self, access_token: str) -> dict[str, Any]:
        """What it says of the person, whose number must be there."""
        said = super()._fetch_user_info(access_token)
        number = said.get("sub") if isinstance(said, dict) else None
        if not isinstance(number, str) or not 0 < len(number) <= LONGEST:
            raise OAuth2Error
        return said


def claims_of(login: Any) -> dict[str, Any]:
    """What both answers say of the person; the one that was asked for, where it says something."""
    told = login.account.extra_data
    return told["id_token"] | {name: said for name, said in told["userinfo"].items() if said}

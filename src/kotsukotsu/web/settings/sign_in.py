"""Who gets in: local accounts with a lock-out and a second factor, or single sign-on."""

from __future__ import annotations

import json
import os
from datetime import timedelta
from pathlib import Path
from typing import Any

from kotsukotsu import texts
from kotsukotsu.web.errors import WebError

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "account_login"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
_VALIDATION = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_VALIDATION}.UserAttributeSimilarityValidator", "OPTIONS": {"user_attributes": ("username", "name")}},
    {"NAME": f"{_VALIDATION}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": f"{_VALIDATION}.CommonPasswordValidator"},
    {"NAME": f"{_VALIDATION}.NumericPasswordValidator"},
    {"NAME": "kotsukotsu.web.accounts.passwords.NoNameNoWord"},
]

# Five wrong passwords lock an account at a place for fifteen minutes.
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_USERNAME_CALLABLE = "kotsukotsu.web.accounts.adapters.tried_name"
AXES_LOCKOUT_CALLABLE = "kotsukotsu.web.accounts.views.locked_out"
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_ADAPTER = "kotsukotsu.web.accounts.adapters.LocalAccounts"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_SESSION_REMEMBER = True  # the session's own age ends it, not the browser
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_RATE_LIMITS = {"login_failed": "20/m/ip", "reauthenticate": "10/m/user", "login": "60/m/ip"}
SOCIALACCOUNT_ADAPTER = "kotsukotsu.web.accounts.adapters.SingleSignOn"
SOCIALACCOUNT_LOGIN_ON_GET = False
SOCIALACCOUNT_STORE_TOKENS = False
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_FORMS = {
    "authenticate": "kotsukotsu.web.accounts.second.Enter",
    "reauthenticate": "kotsukotsu.web.accounts.second.Again",
    "activate_totp": "kotsukotsu.web.accounts.second.Begin",
}
MFA_TOTP_ISSUER = "コツコツ"


# What the file of the single sign-on must say.
WANTED = ("provider_id", "name", "client_id", "secret", "settings")


def providers_of(given: dict[str, Any]) -> dict[str, Any]:
    """The setting of one provider; the code that comes back is bound to this installation (PKCE, RFC 7636)."""
    app = {**given, "settings": {"oauth_pkce_enabled": True, **given["settings"]}}
    return {"openid_connect": {"APPS": [app]}}


def providers(path: str) -> dict[str, Any]:
    """Providers of the single sign-on, from a JSON file; none without one.

    Raises
    ------
    WebError
        WS-02 the file cannot be read, or something is missing in it.
    """
    if not path:
        return {}
    try:
        given = json.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise WebError("WS-02", file=path, what=texts.label("web.sign_on.unread")) from None
    if not isinstance(given, dict):
        raise WebError("WS-02", file=path, what=texts.label("web.sign_on.unread"))
    missing = [name for name in WANTED if not given.get(name)]
    if not missing and not (isinstance(given["settings"], dict) and given["settings"].get("server_url")):
        missing = ["settings.server_url"]
    if missing:
        raise WebError("WS-02", file=path, what=texts.label("web.sign_on.missing", names=texts.listed(missing)))
    return providers_of(given)


SOCIALACCOUNT_PROVIDERS = providers(os.environ.get("KOTSUKOTSU_OIDC", ""))

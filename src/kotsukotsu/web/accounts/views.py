"""Signing in, and one's own account."""

from __future__ import annotations

from collections.abc import Mapping
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from allauth.account.views import LoginView
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView, OAuth2View
from axes.decorators import axes_dispatch, axes_form_invalid
from csp.decorators import csp_update
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.forms import PasswordChangeForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.decorators import method_decorator

from kotsukotsu import texts
from kotsukotsu.web.accounts import policy, selectors, services
from kotsukotsu.web.accounts.forms import form_of
from kotsukotsu.web.accounts.sign_on import IdentityServer
from kotsukotsu.web.common.access import View, open_to_all, requires
from kotsukotsu.web.common.forms import LabelledForm


def lets_out(view: View) -> View:
    """Let the button of a page lead to the identity server: a browser holds what a form leads on to for its target."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        allowed = csp_update({"form-action": sign_on_origins(settings.SOCIALACCOUNT_PROVIDERS)})(view)
        return allowed(request, *args, **kwargs)

    return answer


def sign_on_origins(providers: Mapping[str, Any]) -> list[str]:
    """Servers that a sign-in may lead to: the provider's own, and those that its file names besides."""
    given = [app["settings"] for provider in providers.values() for app in provider["APPS"]]
    addresses = [address for one in given for address in (one["server_url"], *one.get("sign_in_at", ()))]
    parts = (urlsplit(address) for address in addresses)
    return [f"{part.scheme}://{part.netloc}" for part in parts]


@method_decorator(axes_dispatch, name="dispatch")
@method_decorator(axes_form_invalid, name="form_invalid")
class SignIn(LoginView):
    """The login page; in the demo it lists an account for every role."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What the page shows beside the form."""
        shown = super().get_context_data(**kwargs)
        shown["demo_accounts"] = selectors.demo_accounts() if settings.DEMO else ()
        shown["single_sign_on"] = bool(settings.SOCIALACCOUNT_PROVIDERS)
        return shown


sign_in = open_to_all(lets_out(SignIn.as_view()))


def _sign_on(view: type[OAuth2View]) -> View:
    """A page of the way to the identity server and back."""

    def answer(request: HttpRequest, provider_id: str) -> HttpResponse:
        try:
            return view.adapter_view(IdentityServer(request, provider_id))(request)
        except SocialApp.DoesNotExist:
            raise Http404 from None

    return open_to_all(answer)


single_sign_on = open_to_all(lets_out(_sign_on(OAuth2LoginView)))
signed_on = _sign_on(OAuth2CallbackView)


@open_to_all
def locked_out(request: HttpRequest, original: HttpResponse | None = None, credentials: Any = None) -> HttpResponse:
    """Too many wrong passwords."""
    shown = {"minutes": int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)}
    return render(request, "accounts/locked_out.html", shown, status=429)


@requires()
def own(request: HttpRequest) -> HttpResponse:
    """One's roles, second factor and password."""
    return own_page(request)


def own_page(request: HttpRequest, form: LabelledForm | None = None) -> HttpResponse:
    """The page, with the form of a deputy that was refused."""
    shown = {
        "roles": selectors.described(policy.roles_of(request.user), request.user),
        "second": selectors.has_second_factor(request.user), "form": form or form_of("deputy", request.user),
        "deputies": request.user.deputies.select_related("deputy").filter(valid_to__gt=timezone.localdate()),
    }  # fmt: skip
    return render(request, "accounts/own.html", shown, status=422 if form else 200)


@requires()
def change_password(request: HttpRequest) -> HttpResponse:
    """A new password of one's own."""
    form = PasswordChangeForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.password_change(user=request.user, password=form.cleaned_data["new_password1"], actor=request.user)
        update_session_auth_hash(request, request.user)
        messages.success(request, texts.label("web.password.changed"))
        return redirect("own_account")
    shown = {"form": form, "is_given": request.user.password_is_given}
    return render(request, "accounts/password.html", shown, status=422 if form.errors else 200)

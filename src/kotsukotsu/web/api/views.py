"""Pages for people: their tokens, and what programs can ask."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from kotsukotsu import texts
from kotsukotsu.web.accounts import policy
from kotsukotsu.web.api import tokens
from kotsukotsu.web.api.models import Token
from kotsukotsu.web.api.reference import entries, shapes
from kotsukotsu.web.common.access import requires
from kotsukotsu.web.common.forms import DayField, LabelledForm


class TokenForm(LabelledForm):
    """A new token."""

    texts_at = "web.token"
    name = forms.CharField(max_length=64)
    valid_to = DayField()
    may_write = forms.BooleanField(required=False)


@requires()
def tokens_page(request: HttpRequest) -> HttpResponse:
    """One's tokens and a form for one more; the secret of a new one is shown on this page only once."""
    usual = {"valid_to": timezone.localdate() + timedelta(days=tokens.LONGEST)}
    form = TokenForm(request.POST or None, initial=usual)
    shown: dict[str, Any] = {"form": form, "sees_all": policy.may(request.user, "accounts")}
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        shown["made"], shown["secret"] = tokens.token_make(
            name=given["name"], valid_to=given["valid_to"], is_read_only=not given["may_write"], actor=request.user
        )
        shown["form"] = TokenForm(initial=usual)
    shown["tokens"] = [(one, one.is_valid()) for one in tokens.of(request.user)]
    shown["crumbs"] = [
        {"name": texts.label("web.own.title"), "address": reverse("own_account")}, {"name": texts.label("web.tokens")}
    ]  # fmt: skip
    return render(request, "api/tokens.html", shown)


@require_POST
@requires()
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept a token no longer."""
    tokens.token_revoke(token=get_object_or_404(Token, pk=pk), actor=request.user)
    messages.success(request, texts.label("web.token.revoked"))
    return redirect("tokens")


@requires()
def reference(request: HttpRequest) -> HttpResponse:
    """Every address with what it takes and answers."""
    crumbs = [{"name": texts.label("web.tokens"), "address": reverse("tokens")}, {"name": texts.label("web.api")}]
    shown = {"entries": entries(), "shapes": shapes(), "crumbs": crumbs}
    return render(request, "api/reference.html", shown)

"""What an administrator does for somebody who cannot get in: pages of `care`, and the end of a deputy's time."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from kotsukotsu.web.accounts import care, services
from kotsukotsu.web.accounts.forms import CloseForm, DeputyForm, GivenForm
from kotsukotsu.web.accounts.models import Deputy, User
from kotsukotsu.web.accounts.people import back, tell
from kotsukotsu.web.common.access import requires

STEPS = {"second": care.second_reset, "unlock": care.unlock, "reopen": care.user_reopen}


@requires("accounts")
@require_POST
def give_password(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a first password anew."""
    form = GivenForm(request.POST)
    if form.is_valid():
        care.password_give(user=get_object_or_404(User, pk=pk), **form.cleaned_data, actor=request.user)
    return back(request, pk, form)


@requires("accounts")
@require_POST
def step(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Take a second factor away, unlock, open again."""
    if name not in STEPS:
        raise Http404
    form = CloseForm(request.POST)
    user = get_object_or_404(User, pk=pk)
    if form.is_valid():
        STEPS[name](user=user, reason=form.cleaned_data["reason"], actor=request.user)
    return back(request, pk, form)


@requires("accounts")
@require_POST
def end_deputy(request: HttpRequest, pk: int, deputy: int) -> HttpResponse:
    """End somebody's deputy today."""
    named = get_object_or_404(Deputy, pk=deputy, absent_id=pk)
    services.deputy_end(named=named, on=timezone.localdate(), actor=request.user)
    return back(request, pk)


@requires()
@require_POST
def own_deputy(request: HttpRequest) -> HttpResponse:
    """Name who stands in for oneself."""
    form = DeputyForm(request.POST)
    if form.is_valid():
        services.deputy_name(absent=request.user, **form.cleaned_data, actor=request.user)
    tell(request, form)
    return redirect("own_account")


@requires()
@require_POST
def own_deputy_end(request: HttpRequest, deputy: int) -> HttpResponse:
    """End one's own deputy's time today."""
    named = get_object_or_404(Deputy, pk=deputy, absent=request.user)
    services.deputy_end(named=named, on=timezone.localdate(), actor=request.user)
    return redirect("own_account")

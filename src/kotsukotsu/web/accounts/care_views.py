"""What an administrator does for somebody who cannot get in: pages of `care`, and the end of a deputy's time."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from kotsukotsu import texts
from kotsukotsu.web.accounts import care, services
from kotsukotsu.web.accounts.forms import form_of
from kotsukotsu.web.accounts.models import Deputy, User
from kotsukotsu.web.accounts.people import back, done, is_done
from kotsukotsu.web.accounts.views import own_page
from kotsukotsu.web.common.access import requires

STEPS = {"second": care.second_reset, "unlock": care.unlock, "reopen": care.user_reopen}


@requires("accounts")
@require_POST
def give_password(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a first password anew."""
    user = get_object_or_404(User, pk=pk)
    return done(
        request, user, "given", lambda form: care.password_give(user=user, **form.cleaned_data, actor=request.user)
    )


@requires("accounts")
@require_POST
def step(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Take a second factor away, unlock, open again."""
    if name not in STEPS:
        raise Http404
    user = get_object_or_404(User, pk=pk)
    return done(request, user, name, lambda form: STEPS[name](user=user, **form.cleaned_data, actor=request.user))


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
    form = form_of("deputy", request.user, request.POST)

    def act() -> object:
        return services.deputy_name(absent=request.user, **form.cleaned_data, actor=request.user)

    if not (form.is_valid() and is_done(form, act)):
        return own_page(request, form)
    return _own(request)


@requires()
@require_POST
def own_deputy_end(request: HttpRequest, deputy: int) -> HttpResponse:
    """End one's own deputy's time today."""
    named = get_object_or_404(Deputy, pk=deputy, absent=request.user)
    services.deputy_end(named=named, on=timezone.localdate(), actor=request.user)
    return _own(request)


def _own(request: HttpRequest) -> HttpResponse:
    messages.success(request, texts.label("web.person.done"))
    return redirect("own_account")

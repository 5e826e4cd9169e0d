"""Accounts as those who manage them see them: list, new one, roles, deputies, handing over; and the log."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from kotsukotsu import texts
from kotsukotsu.web.accounts import care, selectors, services
from kotsukotsu.web.accounts.forms import CloseForm, DeputyForm, GivenForm, HandOverForm, LogForm, PersonForm, RoleForm
from kotsukotsu.web.accounts.models import Role, User
from kotsukotsu.web.api.tokens import valid_count
from kotsukotsu.web.common.access import requires
from kotsukotsu.web.municipalities.selectors import facility_names

PAGE = 100


@requires("accounts")
@require_GET
def people(request: HttpRequest) -> HttpResponse:
    """Everybody with an account."""
    return render(request, "accounts/people.html", {"people": selectors.people(), "form": PersonForm()})


@requires("accounts")
@require_POST
def new(request: HttpRequest) -> HttpResponse:
    """Make an account."""
    form = PersonForm(request.POST)
    if not form.is_valid():
        return render(request, "accounts/people.html", {"people": selectors.people(), "form": form}, status=422)
    user = services.user_create(**form.cleaned_data, actor=request.user)
    return redirect("person", pk=user.pk)


@requires("accounts")
@require_GET
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """One account: roles, deputies, history."""
    user = get_object_or_404(User, pk=pk)
    shown = {
        "person": user, "roles": selectors.described(user.roles.order_by("id"), user),
        "deputies": user.deputies.select_related("deputy").filter(valid_to__gt=timezone.localdate()),
        "history": selectors.history("user", user.username), "token_count": valid_count(user),
        "role_form": RoleForm(), "hand_over_form": HandOverForm(auto_id="h_%s"),
        "deputy_form": DeputyForm(auto_id="d_%s"),
        "close_form": CloseForm(auto_id="c_%s"), "part_form": CloseForm(auto_id="p_%s"),
        "is_joined": selectors.is_joined(user), "given_form": GivenForm(auto_id="g_%s"),
        "second": selectors.has_second_factor(user), "second_form": CloseForm(auto_id="s_%s"),
        "is_locked": care.is_locked(user), "unlock_form": CloseForm(auto_id="u_%s"),
        "reopen_form": CloseForm(auto_id="r_%s"), "is_guarded": not services.is_over(request.user, user),
    }  # fmt: skip
    return render(request, "accounts/person.html", shown)


def back(request: HttpRequest, pk: int, form: Form | None = None) -> HttpResponse:
    """To the account's page, saying how it went."""
    tell(request, form)
    return redirect("person", pk=pk)


def tell(request: HttpRequest, form: Form | None) -> None:
    """Say how it went on the page that comes next."""
    if form is not None and form.errors:
        messages.error(request, texts.label("web.form.wrong"))
    else:
        messages.success(request, texts.label("web.person.done"))


@requires("accounts")
@require_POST
def grant(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a role."""
    form = RoleForm(request.POST)
    if form.is_valid():
        services.role_grant(
            user=get_object_or_404(User, pk=pk), kind=form.cleaned_data["kind"], place=form.chosen_place,
            valid_from=form.cleaned_data["valid_from"], actor=request.user,
        )  # fmt: skip
    return back(request, pk, form)


@requires("accounts")
@require_POST
def end_role(request: HttpRequest, pk: int, role: int) -> HttpResponse:
    """End a role today."""
    services.role_end(
        role=get_object_or_404(Role, pk=role, user_id=pk), on=timezone.localdate(),
        reason=request.POST.get("reason", ""), actor=request.user,
    )  # fmt: skip
    return back(request, pk)


@requires("accounts")
@require_POST
def hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """Give all roles to the successor; close the account if asked."""
    form = HandOverForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        old = get_object_or_404(User, pk=pk)
        services.hand_over(
            pairs=[(old, said["successor"])], on=said["on"], reason=said["reason"], close=said["close"],
            actor=request.user,
        )  # fmt: skip
    return back(request, pk, form)


@requires("accounts")
@require_POST
def name_deputy(request: HttpRequest, pk: int) -> HttpResponse:
    """Name who stands in."""
    form = DeputyForm(request.POST)
    if form.is_valid():
        services.deputy_name(absent=get_object_or_404(User, pk=pk), **form.cleaned_data, actor=request.user)
    return back(request, pk, form)


@requires("accounts")
@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close an account."""
    form = CloseForm(request.POST)
    if form.is_valid():
        services.user_close(user=get_object_or_404(User, pk=pk), reason=form.cleaned_data["reason"], actor=request.user)
    return back(request, pk, form)


@requires("accounts")
@require_POST
def part(request: HttpRequest, pk: int) -> HttpResponse:
    """Part an account from its identity at the city's identity server."""
    form = CloseForm(request.POST)
    if form.is_valid():
        services.identity_part(
            user=get_object_or_404(User, pk=pk), reason=form.cleaned_data["reason"], actor=request.user
        )
    return back(request, pk, form)


@requires("read_log")
@require_GET
def log(request: HttpRequest) -> HttpResponse:
    """Every change, the newest first."""
    form = LogForm(request.GET or None)
    asked = form.cleaned_data if form.is_valid() else {}
    page = Paginator(selectors.log(**asked), PAGE).get_page(request.GET.get("page"))
    return render(request, "accounts/log.html", {"page": page, "form": form, "places": facility_names()})

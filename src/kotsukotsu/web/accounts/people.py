"""Accounts as those who manage them see them: list, new one, roles, deputies, handing over; and the log."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from kotsukotsu import texts
from kotsukotsu.web.accounts import policy, selectors, services
from kotsukotsu.web.accounts.models import Role, User
from kotsukotsu.web.common.access import requires
from kotsukotsu.web.common.forms import LabelledForm, day_field
from kotsukotsu.web.municipalities.selectors import department_names, facility_names

PAGE = 100


class PersonForm(LabelledForm):
    """A new account."""

    texts_at = "web.person"
    username = forms.CharField(max_length=64)
    name = forms.CharField(max_length=64)
    email = forms.EmailField(required=False)
    password = forms.CharField(widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}))


class RoleForm(LabelledForm):
    """A role and where."""

    texts_at = "web.person"
    kind = forms.ChoiceField()
    place = forms.ChoiceField(required=False)
    valid_from = day_field(required=False)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind, texts.label(f"web.role.{kind}")) for kind in policy.ROLES]
        departments = department_names(timezone.localdate()).items()
        self.fields["place"].choices = [
            ("", texts.label("web.place.city")),
            *((f"department:{key}", name) for key, name in departments),
            *((f"facility:{key}", name) for key, name in facility_names().items()),
        ]

    @property
    def chosen_place(self) -> services.Place:
        """The place as the service takes it."""
        kind, _, key = self.cleaned_data["place"].partition(":")
        return services.Place(**{f"{kind}_id": key}) if kind else services.CITY


class HandOverForm(LabelledForm):
    """Who follows, from when."""

    texts_at = "web.person"
    successor = forms.ModelChoiceField(User.objects.filter(is_active=True))
    on = day_field()
    reason = forms.CharField()
    close = forms.BooleanField(required=False)


class DeputyForm(LabelledForm):
    """Who stands in, from when to when."""

    texts_at = "web.person"
    deputy = forms.ModelChoiceField(User.objects.filter(is_active=True))
    valid_from = day_field()
    valid_to = day_field()


class CloseForm(LabelledForm):
    """Why an account is closed."""

    texts_at = "web.person"
    reason = forms.CharField()


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
        "deputies": user.deputies.select_related("deputy"), "history": selectors.history("user", user.username),
        "role_form": RoleForm(), "hand_over_form": HandOverForm(auto_id="h_%s"),
        "deputy_form": DeputyForm(auto_id="d_%s"),
        "close_form": CloseForm(auto_id="c_%s"), "part_form": CloseForm(auto_id="p_%s"),
        "is_joined": selectors.is_joined(user),
    }  # fmt: skip
    return render(request, "accounts/person.html", shown)


def _back(request: HttpRequest, pk: int, form: forms.Form | None = None) -> HttpResponse:
    if form is not None and form.errors:
        messages.error(request, texts.label("web.form.wrong"))
    else:
        messages.success(request, texts.label("web.person.done"))
    return redirect("person", pk=pk)


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
    return _back(request, pk, form)


@requires("accounts")
@require_POST
def end_role(request: HttpRequest, pk: int, role: int) -> HttpResponse:
    """End a role today."""
    services.role_end(
        role=get_object_or_404(Role, pk=role, user_id=pk), on=timezone.localdate(),
        reason=request.POST.get("reason", ""), actor=request.user,
    )  # fmt: skip
    return _back(request, pk)


@requires("accounts")
@require_POST
def hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """Give all roles to the successor; close the account if asked."""
    form = HandOverForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        old = get_object_or_404(User, pk=pk)
        services.hand_over(
            old=old, new=said["successor"], on=said["on"], reason=said["reason"], close=said["close"],
            actor=request.user,
        )  # fmt: skip
    return _back(request, pk, form)


@requires("accounts")
@require_POST
def name_deputy(request: HttpRequest, pk: int) -> HttpResponse:
    """Name who stands in."""
    form = DeputyForm(request.POST)
    if form.is_valid():
        services.deputy_name(absent=get_object_or_404(User, pk=pk), **form.cleaned_data, actor=request.user)
    return _back(request, pk, form)


@requires("accounts")
@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close an account."""
    form = CloseForm(request.POST)
    if form.is_valid():
        services.user_close(user=get_object_or_404(User, pk=pk), reason=form.cleaned_data["reason"], actor=request.user)
    return _back(request, pk, form)


@requires("accounts")
@require_POST
def part(request: HttpRequest, pk: int) -> HttpResponse:
    """Part an account from its identity at the city's identity server."""
    form = CloseForm(request.POST)
    if form.is_valid():
        services.identity_part(
            user=get_object_or_404(User, pk=pk), reason=form.cleaned_data["reason"], actor=request.user
        )
    return _back(request, pk, form)


@requires("read_log")
@require_GET
def log(request: HttpRequest) -> HttpResponse:
    """Every change, the newest first."""
    found = selectors.log(kind=request.GET.get("kind", ""), key=request.GET.get("key", ""))
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    return render(request, "accounts/log.html", {"page": page})

"""Accounts as those who manage them see them: list, new one, roles, deputies, handing over; and the log."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from kotsukotsu import texts
from kotsukotsu.web.accounts import care, selectors, services
from kotsukotsu.web.accounts.forms import ABOUT, LogForm, PersonForm, form_of, place_of
from kotsukotsu.web.accounts.models import Role, User
from kotsukotsu.web.api.tokens import valid_count
from kotsukotsu.web.common.access import requires
from kotsukotsu.web.common.forms import LabelledForm
from kotsukotsu.web.errors import WebError
from kotsukotsu.web.municipalities.selectors import facility_names

PAGE = 100
# Where what refuses a form belongs; all else stands above it.
FIELDS = {"W-02": "password", "W-04": "username", "W-06": "place", "W-08": "valid_to"}


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
    made = form.is_valid() and is_done(form, lambda: services.user_create(**form.cleaned_data, actor=request.user))
    if not made:
        return render(request, "accounts/people.html", {"people": selectors.people(), "form": form}, status=422)
    return redirect("person", pk=User.objects.get(username=form.cleaned_data["username"]).pk)


@requires("accounts")
@require_GET
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """One account: roles, deputies, history."""
    return _page(request, get_object_or_404(User, pk=pk))


def _page(request: HttpRequest, user: User, form: LabelledForm | None = None, name: str = "") -> HttpResponse:
    """The account's page, with a form that was refused."""
    shown = {
        "person": user, "roles": selectors.described(user.roles.order_by("id"), user),
        "deputies": user.deputies.select_related("deputy").filter(valid_to__gt=timezone.localdate()),
        "history": selectors.history("user", user.username), "token_count": valid_count(user),
        "forms": {key: form if key == name else form_of(key, user) for key in ABOUT}, "form": form,
        "is_joined": selectors.is_joined(user), "second": selectors.has_second_factor(user),
        "is_locked": care.is_locked(user), "is_guarded": not services.is_over(request.user, user),
    }  # fmt: skip
    return render(request, "accounts/person.html", shown, status=422 if form else 200)


def done(request: HttpRequest, user: User, name: str, act: Callable[[LabelledForm], object]) -> HttpResponse:
    """Do what a form of the account's page asks for; refused, it stays there, with the reason at its field."""
    form = form_of(name, user, request.POST)
    if not (form.is_valid() and is_done(form, lambda: act(form))):
        return _page(request, user, form, name)
    return back(request, user.pk)


def is_done(form: LabelledForm, act: Callable[[], object]) -> bool:
    """Whether something could be done; if not, the form says why."""
    try:
        act()
    except WebError as error:
        field = FIELDS.get(error.code)
        form.add_error(field if field in form.fields else None, str(error))
        return False
    return True


def back(request: HttpRequest, pk: int) -> HttpResponse:
    """To the account's page, saying that it is done."""
    messages.success(request, texts.label("web.person.done"))
    return redirect("person", pk=pk)


@requires("accounts")
@require_POST
def grant(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a role."""
    user = get_object_or_404(User, pk=pk)

    def act(form: LabelledForm) -> object:
        said = form.cleaned_data
        return services.role_grant(
            user=user, kind=said["kind"], place=place_of(said), valid_from=said["valid_from"], actor=request.user
        )

    return done(request, user, "role", act)


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
    user = get_object_or_404(User, pk=pk)

    def act(form: LabelledForm) -> object:
        said = dict(form.cleaned_data)
        return services.hand_over(pairs=[(user, said.pop("successor"))], **said, actor=request.user)

    return done(request, user, "successor", act)


@requires("accounts")
@require_POST
def name_deputy(request: HttpRequest, pk: int) -> HttpResponse:
    """Name who stands in."""
    user = get_object_or_404(User, pk=pk)
    return done(
        request, user, "deputy",
        lambda form: services.deputy_name(absent=user, **form.cleaned_data, actor=request.user),
    )  # fmt: skip


@requires("accounts")
@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close an account."""
    user = get_object_or_404(User, pk=pk)
    return done(
        request, user, "close", lambda form: services.user_close(user=user, **form.cleaned_data, actor=request.user)
    )


@requires("accounts")
@require_POST
def part(request: HttpRequest, pk: int) -> HttpResponse:
    """Part an account from its identity at the city's identity server."""
    user = get_object_or_404(User, pk=pk)
    return done(
        request, user, "part", lambda form: services.identity_part(user=user, **form.cleaned_data, actor=request.user)
    )


@requires("read_log")
@require_GET
def log(request: HttpRequest) -> HttpResponse:
    """Every change, the newest first."""
    form = LogForm(request.GET or None)
    asked = form.cleaned_data if form.is_valid() else {}
    page = Paginator(selectors.log(**asked), PAGE).get_page(request.GET.get("page"))
    return render(request, "accounts/log.html", {"page": page, "form": form, "places": facility_names()})

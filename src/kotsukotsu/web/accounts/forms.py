"""Forms of accounts: a new one, a role, a successor, a deputy, and why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils import timezone

from kotsukotsu import texts
from kotsukotsu.web.accounts import policy, services
from kotsukotsu.web.accounts.models import User
from kotsukotsu.web.common.forms import DayField, LabelledForm
from kotsukotsu.web.municipalities.selectors import departments_on, facility_names

STAYING = User.objects.filter(is_active=True, closed_on=None)  # who can follow somebody


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
    valid_from = DayField(required=False)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind, texts.label(f"web.role.{kind}")) for kind in policy.ROLES]
        departments = [(one.department_id, one.name) for one in departments_on(timezone.localdate())]
        self.fields["place"].choices = [
            ("", texts.label("web.place.city")),
            *((f"department:{key}", name) for key, name in departments),
            *((f"facility:{key}", name) for key, name in facility_names().items()),
        ]


def place_of(said: Mapping[str, Any]) -> services.Place:
    """The place of a role as the service takes it."""
    kind, _, key = said["place"].partition(":")
    return services.Place(**{f"{kind}_id": key}) if kind else services.CITY


class HandOverForm(LabelledForm):
    """Who follows, from when."""

    texts_at = "web.person"
    successor = forms.ModelChoiceField(STAYING)
    on = DayField()
    reason = forms.CharField()
    close = forms.BooleanField(required=False)


class DeputyForm(LabelledForm):
    """Who stands in, from when to when."""

    texts_at = "web.deputy"
    deputy = forms.ModelChoiceField(User.objects.filter(is_active=True))
    valid_from = DayField()
    valid_to = DayField()


class CloseForm(LabelledForm):
    """Why an account is closed."""

    texts_at = "web.person"
    reason = forms.CharField()


class GivenForm(LabelledForm):
    """A first password anew, and why."""

    texts_at = "web.person"
    password = forms.CharField(widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}))
    reason = forms.CharField()


ABOUT = {
    "role": RoleForm, "successor": HandOverForm, "deputy": DeputyForm, "close": CloseForm, "part": CloseForm,
    "given": GivenForm, "second": CloseForm, "unlock": CloseForm, "reopen": CloseForm,
}  # fmt: skip


def form_of(name: str, user: User, given: Mapping[str, str] | None = None) -> LabelledForm:
    """A form about an account; nobody follows or stands in for themselves."""
    made: LabelledForm = ABOUT[name](given, auto_id=f"{name}-%s")
    for field in made.fields.values():
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = field.queryset.exclude(pk=user.pk)
    return made


class LogForm(LabelledForm):
    """What the log is narrowed by."""

    texts_at = "web.log"
    who = forms.CharField(required=False)
    word = forms.CharField(required=False)
    since = DayField(required=False)
    until = DayField(required=False)

"""April in one guided step: whose accounts go to whom, then last year's set-up as the new collection."""

from __future__ import annotations

from datetime import date

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from kotsukotsu import texts
from kotsukotsu.periods import FiscalYear
from kotsukotsu.web.accounts import policy, selectors, services
from kotsukotsu.web.accounts.forms import STAYING
from kotsukotsu.web.accounts.models import User
from kotsukotsu.web.accounts.people import is_done
from kotsukotsu.web.common.access import requires
from kotsukotsu.web.common.forms import DayField

FIELD = "successor_{}"


class AprilForm(forms.Form):
    """The day, and a successor for everybody who leaves."""

    on = DayField()

    def __init__(self, *args: object, people: list[User], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].label = texts.label("web.person.on")
        for person in people:
            self.fields[FIELD.format(person.pk)] = forms.ModelChoiceField(
                STAYING.exclude(pk=person.pk),
                required=False,
                empty_label=texts.label("web.april.stays"),
                label=person.name,
            )

    def successors(self, people: list[User]) -> list[tuple[User, User]]:
        """Who leaves, and who follows."""
        chosen = [(person, self.cleaned_data[FIELD.format(person.pk)]) for person in people]
        return [(old, new) for old, new in chosen if new is not None]


def _next_april(today: date) -> date:
    """The first day of the fiscal year that begins next, or has begun this month."""
    year = FiscalYear.of(today)
    return year.start if today.month == year.start.month else year.end


@requires("accounts")
def april(request: HttpRequest) -> HttpResponse:
    """The page."""
    listed = [(user, roles) for user, roles in selectors.people() if user.is_active and roles]
    keys = policy.may(request.user, "settings")
    people = [user for user, roles in listed if keys or not any(one.role.kind in services.GUARDED for one in roles)]
    first = _next_april(timezone.localdate())
    form = AprilForm(request.POST or None, people=people, initial={"on": first})
    if request.method == "POST" and form.is_valid() and is_done(form, lambda: _handed_over(form, people, request.user)):
        messages.success(request, texts.label("web.april.done", count=len(form.successors(people))))
        return redirect("april")
    lines = [(user, roles, form[FIELD.format(user.pk)] if user in people else None) for user, roles in listed]
    ended = FiscalYear(FiscalYear.of(first).number - 1)
    shown = {"form": form, "lines": lines, "fy": ended.number, "year_name": ended.name}
    return render(request, "accounts/april.html", shown, status=422 if form.errors else 200)


def _handed_over(form: AprilForm, people: list[User], actor: User) -> None:
    pairs, reason = form.successors(people), texts.label("web.april.title")
    services.hand_over(pairs=pairs, on=form.cleaned_data["on"], reason=reason, actor=actor)

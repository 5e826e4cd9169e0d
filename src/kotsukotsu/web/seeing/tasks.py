"""What is still to be done in a part of the city in a year, beside its figures."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from kotsukotsu import texts
from kotsukotsu.web.entries.cycle import STATES
from kotsukotsu.web.entries.models import Sheet
from kotsukotsu.web.entries.selectors import WAITING
from kotsukotsu.web.municipalities.selectors import facility_departments
from kotsukotsu.web.plans.models import STATES as REVIEWED
from kotsukotsu.web.plans.models import FacilityReview
from kotsukotsu.web.seeing.scope import CITY, DEPARTMENT, Scope

Counted = tuple[tuple[str, str, int], ...]  # state, its name, how many


@dataclass(frozen=True, slots=True)
class Tasks:
    """Sheets and reviews by state, those that there are.

    Attributes
    ----------
    late : int
        Sheets that still wait though their day is past.
    due : date
        The collection's day.
    narrow : str or None
        What narrows the list of sheets to this part; none where the list cannot.
    """

    sheets: Counted
    reviews: Counted
    late: int
    due: date
    narrow: str | None


def tasks_of(scope: Scope, fy: int) -> Tasks | None:
    """Tasks of a part; none where no sheet of it was asked for. In three queries at most, however many there are."""
    is_late = Q(state__in=WAITING, until__lt=timezone.localdate())
    own = _within(Sheet.objects.filter(collection__fiscal_year=fy), scope)
    asked = own.alias(until=Coalesce("due_on", "collection__due_on")).values("state", "collection__due_on")
    sheets = list(asked.annotate(count=Count("id"), late=Count("id", filter=is_late)))
    if not sheets:
        return None
    reviews = _within(FacilityReview.objects.filter(fiscal_year=fy), scope).values_list("state", flat=True)
    return Tasks(
        _counted(Counter({one["state"]: one["count"] for one in sheets}), STATES, "look.state"),
        _counted(Counter(reviews), REVIEWED, "web.review.state"),
        sum(one["late"] for one in sheets), sheets[0]["collection__due_on"],
        _narrow(scope),
    )  # fmt: skip


def _narrow(scope: Scope) -> str | None:
    if scope.kind != DEPARTMENT:
        return "?"
    own = facility_departments(timezone.localdate())
    places = {own.get(facility) for facility in scope.facilities or ()}
    return f"?department={scope.code}&" if places == {scope.code} else None  # the list knows no departments below


def _within(found: QuerySet, scope: Scope) -> QuerySet:
    return found if scope.kind == CITY else found.filter(facility_id__in=scope.facilities or ())


def _counted(found: Counter[str], states: tuple[str, ...], named: str) -> Counted:
    return tuple((code, texts.label(f"{named}.{code}"), found[code]) for code in states if found[code])

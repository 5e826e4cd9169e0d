"""Which part of the city a page speaks of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import Http404
from django.urls import reverse

from kotsukotsu import texts
from kotsukotsu.web.accounts import policy
from kotsukotsu.web.accounts.models import User
from kotsukotsu.web.municipalities import selectors

CITY, DEPARTMENT, FACILITY = "city", "department", "facility"


@dataclass(frozen=True, slots=True)
class Scope:
    """A part of the city.

    Attributes
    ----------
    facilities : frozenset of str or None
        Its facilities in the year of the page; None for the whole city.
    ended : date or None
        From when on the department is no more, where that is before the end of the year of the page.
    """

    kind: str
    code: str
    name: str
    facilities: frozenset[str] | None = None
    ended: date | None = None

    def address(self, name: str, fy: int) -> str:
        """The address of a page (``seen`` or ``trace``) of this part."""
        own = {} if self.kind == CITY else {f"{self.kind}_id": self.code}
        return reverse(f"{self.kind}_{name}", kwargs={"fy": fy, **own})

    @property
    def codes(self) -> tuple[str, str, str]:
        """Facility, department and item, as an analysis asks for them."""
        return self.code if self.kind == FACILITY else "", self.code if self.kind == DEPARTMENT else "", ""


def whole() -> Scope:
    """The whole city."""
    return Scope(CITY, "", texts.label("web.place.city"))


def facility(facility_id: str) -> Scope:
    """One facility.

    Raises
    ------
    Http404
        If there is none.
    """
    found = selectors.facility(facility_id)
    if found is None:
        raise Http404
    return Scope(FACILITY, facility_id, found.name, frozenset({facility_id}))


def department(user: User, department_id: str, fy: int) -> Scope:
    """A department with all below it, as at the end of a fiscal year, for those who may see all of its facilities.

    Raises
    ------
    Http404
        If there is none, or if a facility of it is not theirs to see.
    """
    day = selectors.last_day_of(fy)
    found = selectors.departments(day).get(department_id)
    if found is None:
        raise Http404
    below = selectors.departments_below([department_id], day)
    by_department = selectors.facilities_by_department(day)
    own = frozenset(one for code in below for one in by_department.get(code, ()))
    allowed = policy.facilities(user)
    if allowed is not None and not (own and own <= allowed):
        raise Http404
    ended = found["valid_to"] if found["valid_to"] and found["valid_to"] <= day else None
    return Scope(DEPARTMENT, department_id, found["name"], own, ended)

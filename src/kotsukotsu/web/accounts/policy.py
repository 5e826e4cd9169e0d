"""May this person do that there? The only module that answers.

A role gives rights (``rights.csv``) at a place: a department with all below it, one facility, or the whole city.
A deputy has, while named, the roles of the one who is absent.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from kotsukotsu.web.accounts.models import Role, User
from kotsukotsu.web.municipalities.selectors import (
    departments,
    facilities_below,
    facility_departments,
)

FILE = Path(__file__).parent / "rights.csv"
Places = frozenset[tuple[str, str]]  # departments and facilities at which roles are held
# At which kinds of place a role can be held.
PLACES = {
    "facility_manager": ("department", "facility"),
    "operator": ("facility",),
    "department_head": ("department",),
    "secretariat": ("city",),
    "executive": ("city",),
    "auditor": ("city",),
    "administrator": ("city",),
}
ROLES = tuple(PLACES)
MANAGERS = ("facility_manager", "operator")  # roles of those who enter for their own facilities


@cache
def rights() -> Mapping[str, frozenset[str]]:
    """Role to its rights."""
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {role: frozenset(row["right"] for row in rows if row["role"] == role) for role in PLACES}


@cache
def every_right() -> frozenset[str]:
    """All rights that there are."""
    return frozenset().union(*rights().values())


def roles_of(user: User, day: date | None = None) -> list[Role]:
    """Roles that a person holds on a day, those of absent colleagues included."""
    if day is not None:
        return Role.objects.held_by(user, day) if user.is_active else []
    if not hasattr(user, "held_today"):
        user.held_today = roles_of(user, timezone.localdate())
    return list(user.held_today)


def rights_of(user: User) -> frozenset[str]:
    """Rights that a person has anywhere."""
    return frozenset().union(*(rights()[role.kind] for role in roles_of(user)))


def may(user: User, right: str, facility_id: str | None = None) -> bool:
    """Whether a person has a right: at a facility, or anywhere if none is named.

    Raises
    ------
    KeyError
        If there is no such right.
    """
    if right not in every_right():
        raise KeyError(right)
    if facility_id is None:
        return any(right in rights()[role.kind] for role in roles_of(user))
    allowed = facilities(user, right)
    return allowed is None or facility_id in allowed


def require(user: User, right: str, facility_id: str | None = None) -> None:
    """Refuse who may not; for whom a deputy acts is kept for the log.

    Raises
    ------
    PermissionDenied
        If the person has not the right there.
    """
    if not may(user, right, facility_id):
        raise PermissionDenied(right)
    user.acts_for = _acts_for(user, right, facility_id)


def _acts_for(user: User, right: str, facility_id: str | None) -> str:
    """Names of those whose roles alone give a deputy the right there; empty where the person's own do."""
    if all(role.user_id == user.pk for role in roles_of(user)):
        return ""
    holding = [role for role in roles_of(user) if right in rights()[role.kind] and _reaches(role, facility_id)]
    holders = {role.user_id for role in holding}
    if user.pk in holders:
        return ""
    return "、".join(User.objects.filter(pk__in=holders).order_by("pk").values_list("name", flat=True))


def _reaches(role: Role, facility_id: str | None) -> bool:
    everywhere = facility_id is None or role.is_of_the_city
    return everywhere or facility_id in _reach(frozenset({(role.department_id, role.facility_id)}))


def facilities(user: User, right: str = "see") -> frozenset[str] | None:
    """Facilities at which a person has a right; None means all of them."""
    holding = [role for role in roles_of(user) if right in rights()[role.kind]]
    if any(role.is_of_the_city for role in holding):
        return None
    places = frozenset((role.department_id, role.facility_id) for role in holding)
    kept: dict[Places, frozenset[str]] = user.__dict__.setdefault("_facilities", {})
    if places not in kept:  # one answer for a whole request, as of roles
        kept[places] = _reach(places)
    return kept[places]


def managers(facility_id: str) -> list[User]:
    """Who enters for a facility today: those named for it, else those of the nearest department above that has any."""
    today = timezone.localdate()
    roles = Role.objects.on(today).filter(kind__in=MANAGERS, user__is_active=True).select_related("user")
    at: dict[str, list[User]] = {}
    for role in roles:
        at.setdefault(role.facility_id or role.department_id, []).append(role.user)
    if facility_id in at:
        return at[facility_id]
    place, tree = facility_departments(today).get(facility_id, ""), dict(departments(today))
    while place in tree and place not in at:
        place = tree.pop(place)["parent_id"] or ""
    return at.get(place, [])


def within(user: User, rows: Iterable[Any], right: str = "see") -> list[Any]:
    """Of objects with a `facility_id`, those at whose facility a person has a right."""
    allowed = facilities(user, right)
    return [row for row in rows if allowed is None or row.facility_id in allowed]


def _reach(places: Places) -> frozenset[str]:
    own = frozenset(facility for _, facility in places if facility)
    above = frozenset(department for department, _ in places if department)
    return own | facilities_below(above, timezone.localdate()) if above else own

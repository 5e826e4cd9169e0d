"""What is asked of the city's tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from django.db.models import Q

from kotsukotsu.web.municipalities.models import Department, Facility, Municipality


def municipality() -> Municipality | None:
    """The city; None before one has been taken in."""
    return Municipality.objects.first()


def departments_on(day: date) -> list[Department]:
    """Departments as they are on a day, in the order of the table."""
    began = Q(valid_from=None) | Q(valid_from__lte=day)
    return list(Department.objects.filter(began, Q(valid_to=None) | Q(valid_to__gt=day)))


def departments_below(places: Iterable[str], day: date) -> frozenset[str]:
    """Ids of departments with all that stand below them on a day."""
    children: dict[str, list[str]] = {}
    for department in departments_on(day):
        children.setdefault(department.parent_id or "", []).append(department.department_id)
    found: set[str] = set()
    open_ones = list(places)
    while open_ones:
        one = open_ones.pop()
        if one not in found:
            found.add(one)
            open_ones += children.get(one, ())
    return frozenset(found)


def facilities_by_department() -> Mapping[str, list[str]]:
    """Facility ids of each department."""
    found: dict[str, list[str]] = {}
    for facility_id, department_id in Facility.objects.values_list("facility_id", "department_id"):
        found.setdefault(department_id or "", []).append(facility_id)
    return found


def facility(facility_id: str) -> Facility | None:
    """A facility by its id."""
    return Facility.objects.filter(facility_id=facility_id).first()


def facility_names() -> Mapping[str, str]:
    """Name of each facility."""
    return dict(Facility.objects.values_list("facility_id", "name"))


def department_names(day: date) -> Mapping[str, str]:
    """Name of each department on a day."""
    return {one.department_id: one.name for one in departments_on(day)}

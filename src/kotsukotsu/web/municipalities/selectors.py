"""What is asked of the city's tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from uuid import UUID

from django.db.models import Q

from kotsukotsu.periods import FiscalYear, last_day
from kotsukotsu.schema import Row
from kotsukotsu.schema.organisation import below, departments_at, departments_of
from kotsukotsu.web.common.asking import objects
from kotsukotsu.web.municipalities.models import Department, Facility, FacilityDepartment, Municipality

PLACES = 256  # sets of departments whose facilities are at hand


def municipality() -> Municipality | None:
    """The city; None before one has been taken in."""
    return Municipality.objects.first()


def departments_on(day: date) -> list[Department]:
    """Departments as they are on a day, in the order of the table."""
    began = Q(valid_from=None) | Q(valid_from__lte=day)
    return list(Department.objects.filter(began, Q(valid_to=None) | Q(valid_to__gt=day)))


def departments(day: date) -> Mapping[str, Row]:
    """Each department as it was on a day, or next to it where it was not there."""
    return departments_at((one.as_row() for one in Department.objects.all()), day)


def last_day_of(fy: int) -> date:
    """The day on which a fiscal year's departments are named and ordered."""
    return last_day(FiscalYear(fy).end)


def departments_below(places: Iterable[str], day: date) -> frozenset[str]:
    """Ids of departments with all that stand below them on a day."""
    return below(places, departments(day))


def facility_departments(day: date) -> Mapping[str, str]:
    """The department of each facility on a day; empty where none is named."""
    dated = (one.as_row() for one in FacilityDepartment.objects.all())
    return departments_of(Facility.objects.values("facility_id", "department_id"), dated, day)


def facilities_by_department(day: date) -> Mapping[str, list[str]]:
    """Facility ids of each department on a day."""
    found: dict[str, list[str]] = {}
    for facility_id, department_id in facility_departments(day).items():
        found.setdefault(department_id, []).append(facility_id)
    return found


def facilities_below(places: frozenset[str], day: date) -> frozenset[str]:
    """Facility ids of departments and of all that stand below them on a day; every request of their people asks."""
    found = objects((Municipality,), "municipalities_municipality", [])
    return _facilities_below(found[0][0].key, found[0][0].revision, places, day) if found else frozenset()


@lru_cache(maxsize=PLACES)
def _facilities_below(_key: UUID, _revision: int, places: frozenset[str], day: date) -> frozenset[str]:
    """True in one state of the registers, which the numbers name."""
    by_department = facilities_by_department(day)
    return frozenset[str]().union(*(by_department.get(one, ()) for one in departments_below(places, day)))


def facility(facility_id: str) -> Facility | None:
    """A facility by its id."""
    return Facility.objects.filter(facility_id=facility_id).first()


def facility_names() -> Mapping[str, str]:
    """Name of each facility."""
    return dict(Facility.objects.values_list("facility_id", "name"))


def department_names(day: date) -> Mapping[str, str]:
    """Name of each department on a day."""
    return {key: row["name"] for key, row in departments(day).items()}

"""Facilities as a list, and the head of a facility's page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import HttpRequest

from kotsukotsu import texts
from kotsukotsu.accounting.inventory import Inventory
from kotsukotsu.documents.model import Overview, Part
from kotsukotsu.periods import day_name
from kotsukotsu.web.accounts import policy
from kotsukotsu.web.look.narrowing import Column, Narrowed, narrowed, one
from kotsukotsu.web.look.templatetags.look_grid import digits
from kotsukotsu.web.municipalities import selectors
from kotsukotsu.web.municipalities.models import Facility


@dataclass(frozen=True, slots=True)
class Line:
    """A facility of the list; `part` is its year, None without one."""

    facility: Facility
    department_id: str
    department: str
    part: Part | None


def _of(line: Line, name: str) -> Decimal | None:
    value: Decimal | None = getattr(line.part, name).exact if line.part else None
    return value


KEYS = {
    "name": lambda line: line.facility.name,
    "department": lambda line: line.department,
    "use": lambda line: line.facility.use or "",
    "area": lambda line: line.facility.floor_area_m2,
    "tonnes": lambda line: _of(line, "tonnes"),
    "rate": lambda line: _of(line, "rate"),
}


def lines(allowed: frozenset[str] | None, found: Overview | None, fy: int) -> list[Line]:
    """Facilities that may be seen, in the order of the register."""
    parts = {part.code: part for part in found.facilities} if found else {}
    day = selectors.last_day_of(fy)
    names, own = selectors.department_names(day), selectors.facility_departments(day)
    return [
        Line(each, own[each.facility_id], names.get(own[each.facility_id], ""), parts.get(each.facility_id))
        for each in Facility.objects.all()
        if allowed is None or each.facility_id in allowed
    ]


def asked(request: HttpRequest, found: Iterable[Line]) -> Narrowed[Line]:
    """The facilities that an address asks for: by a word, a department, a use."""
    columns = (
        Column("department", "see.col.department", lambda line: one(line.department_id, line.department)),
        Column("use", "see.head.use", lambda line: one(line.facility.use)),
    )
    return narrowed(request, found, lambda line: f"{line.facility.name} {line.facility.facility_id}", columns)


def head(facility_id: str, fy: int) -> list[tuple[str, str]]:
    """What the register says of a facility and who enters for it, as label and text; nothing where it is silent."""
    found = selectors.facility(facility_id)
    if found is None:
        return []
    day = selectors.last_day_of(fy)
    department = selectors.facility_departments(day)[facility_id]
    area = f"{digits(found.floor_area_m2)} m2" if found.floor_area_m2 is not None else ""
    told: Mapping[str, Any] = {
        "department": selectors.department_names(day).get(department, ""), "manager": _managers(facility_id),
        "use": found.use, "area": area, "management": found.management, "scopes": _schemes(found.scopes or ""),
        "opened": day_name(found.opened_on), "closed": day_name(found.closed_on),
    }  # fmt: skip
    return [(texts.label(f"see.head.{name}"), str(value)) for name, value in told.items() if value]


def _managers(facility_id: str) -> str:
    return texts.label("an.and").join(user.name for user in policy.managers(facility_id))


def _schemes(given: str) -> str:
    """Schemes in the words of the office; one that is not known here stays as it was written."""
    known = ("plan", "energy_act", "shk", "ordinance")
    names = [name.strip() for name in given.split(";") if name.strip()]
    return texts.listed(texts.label(f"see.scheme.{name}") if name in known else name for name in names)


def item_name(inventory: Inventory, item: str) -> str:
    """Name of an item in the language of the reader."""
    found = inventory.law.catalogue.items[item]
    return found.name_ja if texts.language() == "ja" else found.name_en

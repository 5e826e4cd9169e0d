"""Columns that name something of another register, with the names to choose from."""

from __future__ import annotations

from collections.abc import Mapping

from kotsukotsu.sessions.catalogues import catalogue
from kotsukotsu.web.municipalities.models import Department, Facility, Measure, Meter

Names = Mapping[str, str]
FACILITIES, DEPARTMENTS, ITEMS, METERS, MEASURES = "facilities", "departments", "items", "meters", "measures"
# A column, and what it names; a register's own key names itself and is left out by `of`.
LEADS = {
    "facility_id": FACILITIES, "to_facility_id": FACILITIES, "department_id": DEPARTMENTS, "parent_id": DEPARTMENTS,
    "item": ITEMS, "fuel": ITEMS, "class": ITEMS, "meter_id": METERS, "measure_id": MEASURES,
}  # fmt: skip
OWN = {("facilities", "facility_id"), ("departments", "department_id"), ("meters", "meter_id"),
       ("measures", "measure_id")}  # fmt: skip


def names(kind: str) -> Names:
    """Code to name of everything of a kind."""
    if kind == FACILITIES:
        return dict(Facility.objects.order_by("facility_id").values_list("facility_id", "name"))
    if kind == DEPARTMENTS:
        return dict(Department.objects.order_by("id").values_list("department_id", "name"))
    if kind == METERS:
        return dict(Meter.objects.order_by("meter_id").values_list("meter_id", "meter_id"))
    if kind == MEASURES:
        return dict(Measure.objects.order_by("measure_id").values_list("measure_id", "measure_id"))
    return {item.item: item.name for item in catalogue().items.values()}


def of(table: str, columns: tuple[str, ...]) -> dict[str, Names]:
    """For each column of a table that names something else: what there is."""
    wanted = {column: LEADS[column] for column in columns if column in LEADS and (table, column) not in OWN}
    found = {kind: names(kind) for kind in set(wanted.values())}
    return {column: found[kind] for column, kind in wanted.items()}

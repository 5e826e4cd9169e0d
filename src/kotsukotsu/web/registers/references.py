"""Columns that name something of another register, with the names to choose from."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kotsukotsu import texts
from kotsukotsu.planning.kpis import aims
from kotsukotsu.planning.measures import library
from kotsukotsu.sessions.catalogues import catalogue
from kotsukotsu.web.municipalities.models import Department, Facility, Measure, Meter, Subsidy
from kotsukotsu.web.municipalities.tabled import Tabled

Names = Mapping[str, str]
FACILITIES, DEPARTMENTS, ITEMS, METERS, MEASURES = "facilities", "departments", "items", "meters", "measures"
KINDS, KPIS, SUBSIDIES = "kinds of measures", "kpis", "subsidies"
# A column, and what it names; a register's own key names itself and is left out by `of`.
LEADS = {
    "facility_id": FACILITIES, "to_facility_id": FACILITIES, "department_id": DEPARTMENTS, "parent_id": DEPARTMENTS,
    "item": ITEMS, "fuel": ITEMS, "class": ITEMS, "meter_id": METERS, "measure_id": MEASURES,
    "measure": KINDS, "kpi": KPIS, "subsidy": SUBSIDIES,
}  # fmt: skip
OWN = {("facilities", "facility_id"), ("departments", "department_id"), ("meters", "meter_id"),
       ("measures", "measure_id")}  # fmt: skip


def _rows(model: type[Tabled], code: str, name: str) -> Callable[[], Names]:
    """Codes and names of a register, a code's last row for its name."""
    return lambda: dict(model._default_manager.order_by(code, "id").values_list(code, name))  # noqa: SLF001


SOURCES: Mapping[str, Callable[[], Names]] = {
    FACILITIES: _rows(Facility, "facility_id", "name"),
    DEPARTMENTS: lambda: dict(Department.objects.order_by("id").values_list("department_id", "name")),
    METERS: _rows(Meter, "meter_id", "meter_id"),
    MEASURES: _rows(Measure, "measure_id", "measure_id"),
    SUBSIDIES: _rows(Subsidy, "programme", "name"),
    KINDS: lambda: {key: one.name for key, one in library().items()},
    KPIS: lambda: {aim.kpi: aim.name for aim in aims()},
    ITEMS: lambda: {item.item: item.name for item in catalogue().items.values()},
}


def names(kind: str) -> Names:
    """Code to name of everything of a kind."""
    return SOURCES[kind]()


# Codes that an office writes itself, so that it knows them.
WRITTEN_BY_HAND = (FACILITIES, DEPARTMENTS, METERS, MEASURES)


def is_named_beside(column: str, known: Mapping[str, Names]) -> bool:
    """Whether a column holds the codes of facilities or departments, which only their office knows."""
    return column in known and LEADS[column] in (FACILITIES, DEPARTMENTS)


def offered(column: str, known: Names) -> list[tuple[str, str]]:
    """What can be chosen for a column: names, with their codes where the office knows these."""
    by_hand = LEADS[column] in WRITTEN_BY_HAND
    return [(code, texts.bracketed(name, code) if by_hand and name != code else name) for code, name in known.items()]


def of(table: str, columns: tuple[str, ...]) -> dict[str, Names]:
    """For each column of a table that names something else: what there is."""
    wanted = {column: LEADS[column] for column in columns if column in LEADS and (table, column) not in OWN}
    found = {kind: names(kind) for kind in set(wanted.values())}
    return {column: found[kind] for column, kind in wanted.items()}

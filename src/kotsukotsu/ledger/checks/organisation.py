"""Departments and their facilities in time: two rows at once, a department before or after its life, none at all."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kotsukotsu import texts
from kotsukotsu.findings import Finding
from kotsukotsu.ledger.checks.outcome import Outcome, outcome
from kotsukotsu.ledger.checks.view import View
from kotsukotsu.periods import FiscalYear, last_day
from kotsukotsu.schema import Row
from kotsukotsu.schema.organisation import departments_of, in_force, overlaps


def check(view: View) -> Outcome:
    """C-39 rows that overlap, C-40 a facility under a department that was not there, C-41 a facility without one."""
    return outcome("organisation", [*_overlaps(view), *_astray(view), *_without(view)])


def _overlaps(view: View) -> Iterator[Finding]:
    for table, column in (("departments", "department_id"), ("facility_departments", "facility_id")):
        for one, other in overlaps(view.city.table(table), column):
            name = other.get("name") or view.facility_name(one[column])
            data = {"table": table, column: one[column], "start": other.get("valid_from") or texts.none()}
            yield Finding("C-39", str(name), data)


def _astray(view: View) -> Iterator[Finding]:
    """The first day on which a facility is under a department that is not there, once for each two."""
    told: set[tuple[str, str]] = set()
    lives: dict[str, list[Row]] = {}
    for row in view.city.table("departments"):
        lives.setdefault(row["department_id"], []).append(row)
    for facility, department, day in (*_of_rows(view), *_of_years(view)):
        own = lives.get(department)  # an unknown one is C-21
        if own and (facility, department) not in told and not any(in_force(row, day) for row in own):
            told.add((facility, department))
            data = {"facility_id": facility, "department": own[-1]["name"], "day": day}
            yield Finding("C-40", view.facility_name(facility), data)


def _of_rows(view: View) -> Iterator[tuple[str, str, date]]:
    for row in view.city.table("facility_departments"):
        if first := row["valid_from"]:
            yield row["facility_id"], row["department_id"], first
        if end := row["valid_to"]:
            yield row["facility_id"], row["department_id"], last_day(end)


def _of_years(view: View) -> Iterator[tuple[str, str, date]]:
    """The departments that the figures of the years count for."""
    for year in view.fiscal_years:
        for facility, department in _belonging(view, year):
            closed = view.facilities[facility].get("closed_on")
            yield facility, department, last_day(min(year.end, closed or year.end))


def _without(view: View) -> Iterator[Finding]:
    """Nothing is missed where a city names no departments at all."""
    if view.city.table("departments"):
        for year in view.fiscal_years:
            for facility, department in _belonging(view, year):
                if not department:
                    data = {"facility_id": facility, "year": year.label()}
                    yield Finding("C-41", view.facility_name(facility), data)


def _belonging(view: View, year: FiscalYear) -> Iterator[tuple[str, str]]:
    """Facilities with rows in a year, and their department at its end."""
    facilities, dated = (view.city.table(name) for name in ("facilities", "facility_departments"))
    at_end = departments_of(facilities, dated, last_day(year.end))
    for facility in sorted({entry.facility for entry in view.looked_at if entry.fy == year.number} & at_end.keys()):
        yield facility, at_end[facility]

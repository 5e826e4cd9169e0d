"""Who reports a facility: the city, or bodies of it that are kept apart and may share a building."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kotsukotsu.accounting import exact
from kotsukotsu.periods import FiscalYear, last_day
from kotsukotsu.schema import Row
from kotsukotsu.schema.city import City
from kotsukotsu.schema.organisation import below, departments_at, departments_of, in_force

OWN = "city"


@dataclass(frozen=True, slots=True)
class Member:
    """A body's part of a facility; `in_plan` says whether it is in the city's 総排出量."""

    body: str
    in_plan: bool
    share: Decimal


def departments_in(city: City, fy: int) -> dict[str, str]:
    """The department whose figures a facility's fiscal year counts for: the one of the year's last day.

    A sum of a year is not parted by days, so a facility that changes hands within it is wholly the later
    department's. Empty where none is named.
    """
    day = last_day(FiscalYear(fy).end)
    return departments_of(city.table("facilities"), city.table("facility_departments"), day)


def facilities_of(city: City, department: str, fy: int) -> frozenset[str]:
    """Facilities of a department and of all below it, as at the end of a fiscal year."""
    tree = departments_at(city.table("departments"), last_day(FiscalYear(fy).end))
    places = below([department], tree)
    return frozenset(facility for facility, own in departments_in(city, fy).items() if own in places)


class Membership:
    """The reporting bodies of every facility in a fiscal year (schema ``bodies``), as on its first day.

    A facility's own row outranks its department's, the nearest department outranks those above it. What the shares
    leave over is the city's.
    """

    def __init__(self, city: City, fy: int) -> None:
        day = FiscalYear(fy).start
        rows = [row for row in city.table("bodies") if in_force(row, day)]
        self._known: dict[str, tuple[Member, ...]] = {}
        self._by_facility = _grouped(rows, "facility_id")
        self._by_department = _grouped([row for row in rows if not row["facility_id"]], "department_id")
        tree = departments_at(city.table("departments"), day)
        self._parents = {department: row["parent_id"] for department, row in tree.items()}
        self._departments = departments_of(city.table("facilities"), city.table("facility_departments"), day)

    def of(self, facility_id: str) -> tuple[Member, ...]:
        """The bodies of a facility; their shares add up to 1."""
        if facility_id not in self._known:
            self._known[facility_id] = self._members(facility_id)
        return self._known[facility_id]

    def overdrawn(self, facility_id: str) -> Decimal | None:
        """The bodies' shares of a facility together where they are more than 1. [1]"""
        claimed = exact.total(member.share for member in self.of(facility_id) if member.body != OWN)
        return claimed if claimed > 1 else None

    def _members(self, facility_id: str) -> tuple[Member, ...]:
        rows = self._by_facility.get(facility_id) or self._of_department(facility_id)
        members = [Member(row["body_id"], row["in_plan"] == "yes", row["share"] or Decimal(1)) for row in rows]
        rest = exact.difference(Decimal(1), exact.total(member.share for member in members))
        return (*members, Member(OWN, True, rest)) if rest else tuple(members)

    def _of_department(self, facility_id: str) -> Sequence[Row]:
        for department in self._upwards(self._departments.get(facility_id)):
            if department in self._by_department:
                return self._by_department[department]
        return ()

    def _upwards(self, department: str | None) -> Iterator[str]:
        seen: set[str] = set()
        while department and department not in seen:
            seen.add(department)
            yield department
            department = self._parents.get(department)


def _grouped(rows: Sequence[Row], column: str) -> dict[str, list[Row]]:
    groups: dict[str, list[Row]] = {}
    for row in rows:
        if row[column]:
            groups.setdefault(row[column], []).append(row)
    return groups

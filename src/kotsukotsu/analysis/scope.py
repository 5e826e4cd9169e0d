"""Which part of a city is looked at: all of it, a department, a facility, an item."""

from __future__ import annotations

from dataclasses import dataclass

from kotsukotsu import texts
from kotsukotsu.accounting.model import Line
from kotsukotsu.catalogue.model import Catalogue
from kotsukotsu.errors import FactorError
from kotsukotsu.findings import Finding
from kotsukotsu.schema.city import City

UNKNOWN = "AN-09"


@dataclass(frozen=True, slots=True)
class Scope:
    """Which part of the city is looked at; None means all.

    Attributes
    ----------
    name : str
        Of the part, for people.
    """

    name: str
    facilities: frozenset[str] | None = None
    item: str | None = None

    def keeps(self, line: Line) -> bool:
        """Whether a line belongs to the part."""
        return (self.facilities is None or line.group.facility_id in self.facilities) and (
            self.item is None or line.item == self.item
        )

    def covers(self, finding: Finding) -> bool:
        """Whether a finding speaks of the part; of a part, only findings that name a facility are its own."""
        facility, item = finding.data.get("facility_id"), finding.data.get("item")
        here = self.facilities is None or facility in self.facilities
        return here and (self.item is None or item == self.item)


def scope_of(city: City, catalogue: Catalogue, facility: str, department: str, item: str) -> Scope:
    """The part of a city that codes name; empty codes name nothing.

    Raises
    ------
    FactorError
        A-00 with a finding AN-09 for each code that does not exist.
    """
    facilities = {row["facility_id"]: row for row in city.table("facilities")}
    departments = {row["department_id"]: row["name"] for row in city.table("departments")}
    asked = (
        ("facility", facility, facilities),
        ("department", department, departments),
        ("item", item, catalogue.items),
    )
    wrong = [
        Finding(UNKNOWN, data={"kind": texts.label(f"an.kind.{kind}"), "value": code})
        for kind, code, known in asked
        if code and code not in known
    ]
    if wrong:
        raise FactorError("A-00", wrong, count=len(wrong), fiscal_year="")
    kept = set(facilities)
    kept &= {facility} if facility else kept
    kept &= _below(city, department) if department else kept
    names = [departments.get(department, ""), facilities[facility]["name"] if facility else ""]
    names.append(catalogue.items[item].name if item else "")
    name = " ".join(part for part in names if part) or city.name
    return Scope(name, frozenset(kept) if facility or department else None, item or None)


def _below(city: City, department: str) -> set[str]:
    """Facilities of a department and of those below it."""
    found, size = {department}, 0
    while size != len(found):
        size = len(found)
        found |= {row["department_id"] for row in city.table("departments") if row["parent_id"] in found}
    return {row["facility_id"] for row in city.table("facilities") if row["department_id"] in found}

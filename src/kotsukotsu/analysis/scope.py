"""Which part of a city is looked at: all of it, a department, a facility, an item."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from kotsukotsu import texts
from kotsukotsu.accounting.model import Line
from kotsukotsu.catalogue.model import Catalogue
from kotsukotsu.errors import ScopeError
from kotsukotsu.findings import Finding
from kotsukotsu.periods import FiscalYear, last_day
from kotsukotsu.schema import Row
from kotsukotsu.schema.city import City
from kotsukotsu.schema.organisation import departments_at

UNKNOWN = "AN-09"
SHOWN = 3  # codes that a person is offered in place of a wrong one
ALIKE = 0.6  # likeness from which a code or name is taken for a mistyped one (0 to 1)
ZEROS = re.compile(r"(?<![0-9])0+(?=[0-9])")


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


def scope_of(city: City, catalogue: Catalogue, fy: int, facility: str, department: str, item: str) -> Scope:
    """The part of a city that codes name, as it is on the last day of a fiscal year; empty codes name nothing.

    Raises
    ------
    ScopeError
        AN-09 with every code that does not exist, and the known ones that are most like it.
    """
    facilities = {row["facility_id"]: row["name"] for row in city.table("facilities")}
    tree = departments_at(city.table("departments"), last_day(FiscalYear(fy).end))
    departments = {key: row["name"] for key, row in tree.items()}
    items = {key: one.name for key, one in catalogue.items.items()}
    asked = (("facility", facility, facilities), ("department", department, departments), ("item", item, items))
    wrong = [(kind, code, known) for kind, code, known in asked if code and code not in known]
    if wrong:
        raise ScopeError(UNKNOWN, **_unknown(wrong))
    kept = set(facilities)
    kept &= {facility} if facility else kept
    kept &= _below(city, tree, department) if department else kept
    names = (departments.get(department, ""), facilities.get(facility, ""), items.get(item, ""))
    name = " ".join(part for part in names if part) or city.name
    return Scope(name, frozenset(kept) if facility or department else None, item or None)


def _unknown(wrong: Sequence[tuple[str, str, Mapping[str, str]]]) -> dict[str, str]:
    """What the error says: each wrong code with its kind, and what was perhaps meant."""
    asked = [texts.label("an.unknown", kind=texts.label(f"an.kind.{kind}"), value=code) for kind, code, _ in wrong]
    offers = [_offer(texts.label(f"an.kind.{kind}"), code, known) for kind, code, known in wrong]
    return {"asked": texts.label("an.unknown.and").join(asked), "nearest": texts.label("an.unknown.gap").join(offers)}


def _offer(kind: str, value: str, known: Mapping[str, str]) -> str:
    if not known:
        return texts.label("an.unknown.empty", kind=kind)
    near = nearest(value, known)
    codes = [texts.label("an.unknown.code", code=code, name=known[code]) for code in near or [*known][:SHOWN]]
    listed = texts.label("an.unknown.and").join(codes)
    return texts.label("an.unknown.near" if near else "an.unknown.first", kind=kind, value=value, codes=listed)


def nearest(value: str, known: Mapping[str, str]) -> list[str]:
    """Codes most like a mistyped one, by code or by name: all that are equally so, at most three.

    >>> nearest("F1", {"f001": "市役所", "f101": "分庁舎"})
    ['f001']
    >>> nearest("公民館", {"f001": "市役所", "x9": "公民館"})
    ['x9']
    """
    likeness = {code: max(_alike(value, code), _alike(value, name)) for code, name in known.items()}
    best = max(ALIKE, *likeness.values())
    return [code for code, ratio in likeness.items() if ratio == best][:SHOWN]


def _alike(value: str, other: str) -> float:
    """Likeness of two words from 0 to 1; capitals and zeros before a number do not count."""
    return SequenceMatcher(None, _bare(value), _bare(other)).ratio()


def _bare(word: str) -> str:
    return ZEROS.sub("", word.casefold())


def _below(city: City, tree: Mapping[str, Row], department: str) -> set[str]:
    """Facilities of a department and of those below it."""
    found, size = {department}, 0
    while size != len(found):
        size = len(found)
        found |= {key for key, row in tree.items() if row["parent_id"] in found}
    return {row["facility_id"] for row in city.table("facilities") if row["department_id"] in found}

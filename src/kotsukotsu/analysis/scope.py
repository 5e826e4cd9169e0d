"""Which part of a city is looked at: all of it, a department, a facility, an item."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from kotsukotsu import texts
from kotsukotsu.accounting.membership import facilities_of
from kotsukotsu.accounting.model import Line
from kotsukotsu.catalogue.model import Catalogue
from kotsukotsu.errors import ScopeError
from kotsukotsu.findings import Finding
from kotsukotsu.periods import FiscalYear, last_day
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
    by_year : mapping
        Fiscal year to its facilities, where they are others: a department's of that year.
    """

    name: str
    facilities: frozenset[str] | None = None
    item: str | None = None
    by_year: Mapping[int, frozenset[str]] = field(default_factory=dict)

    def in_year(self, fy: int) -> frozenset[str] | None:
        """Its facilities in a fiscal year."""
        return self.by_year.get(fy, self.facilities)

    def keeps(self, line: Line) -> bool:
        """Whether a line belongs to the part."""
        facilities = self.in_year(line.group.fiscal_year)
        return (facilities is None or line.group.facility_id in facilities) and (
            self.item is None or line.item == self.item
        )

    def changed(self, one: int, other: int) -> frozenset[str]:
        """Facilities that belong to the part in one of two fiscal years alone."""
        return (self.in_year(one) or frozenset()) ^ (self.in_year(other) or frozenset())

    def covers(self, finding: Finding) -> bool:
        """Whether a finding speaks of the part; of a part, only findings that name a facility are its own."""
        facility, item = finding.data.get("facility_id"), finding.data.get("item")
        facilities = self.in_year(finding.data.get("fiscal_year", 0))
        here = facilities is None or facility in facilities
        return here and (self.item is None or item == self.item)


def scope_of(
    city: City, catalogue: Catalogue, years: Sequence[int], facility: str, department: str, item: str
) -> Scope:
    """The part of a city that codes name; empty codes name nothing.

    Parameters
    ----------
    years : sequence of int
        The fiscal years that are looked at. The part is as it is on the last day of the latest one; a department has
        in each year the facilities that it had at that year's end.

    Raises
    ------
    ScopeError
        AN-09 with every code that does not exist, and the known ones that are most like it.
    """
    facilities = {row["facility_id"]: row["name"] for row in city.table("facilities")}
    tree = departments_at(city.table("departments"), last_day(FiscalYear(max(years)).end))
    departments = {key: row["name"] for key, row in tree.items()}
    items = {key: one.name for key, one in catalogue.items.items()}
    asked = (("facility", facility, facilities), ("department", department, departments), ("item", item, items))
    wrong = [(kind, code, known) for kind, code, known in asked if code and code not in known]
    if wrong:
        raise ScopeError(UNKNOWN, **_unknown(wrong))
    by_year = {fy: _kept(city, set(facilities), facility, department, fy) for fy in years if department}
    kept = by_year[max(years)] if department else frozenset({facility}) if facility else None
    names = (departments.get(department, ""), facilities.get(facility, ""), items.get(item, ""))
    name = " ".join(part for part in names if part) or city.name
    return Scope(name, kept, item or None, by_year)


def _kept(city: City, known: set[str], facility: str, department: str, fy: int) -> frozenset[str]:
    return facilities_of(city, department, fy) & ({facility} if facility else known)


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

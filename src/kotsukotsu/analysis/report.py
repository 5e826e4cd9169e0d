"""Everything the analysis of two years says of a city or a part of it: where, why, how intensive, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kotsukotsu import texts
from kotsukotsu.accounting.model import Line
from kotsukotsu.analysis.causes import Causes, causes
from kotsukotsu.analysis.index import ItemIndex, index_by_item
from kotsukotsu.analysis.intensity import Intensity, per_area
from kotsukotsu.analysis.where import REACH, Ranked, ranking, totals
from kotsukotsu.analysis.words import Sentence, Voice, sentences
from kotsukotsu.catalogue.model import Catalogue
from kotsukotsu.errors import FactorError
from kotsukotsu.findings import Finding
from kotsukotsu.periods import FiscalYear
from kotsukotsu.rounding import Rounding
from kotsukotsu.schema import Row
from kotsukotsu.schema.city import City

NO_YEAR, NO_INDEX, UNKNOWN, NO_ROWS = "AN-07", "AN-08", "AN-09", "AN-10"
ENERGY = ("electricity", "fuel", "city_gas", "heat")
Names = Mapping[str, Callable[[str], str]]  # for each column of the inventory, what to write for a code of it


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


@dataclass(frozen=True, slots=True)
class Report:
    """The analysis of one part of a city.

    Attributes
    ----------
    rankings : mapping
        ``facility``, ``item``, ``department``, ``sector``, ``use`` to its rows, largest first.
    years : tuple of int
        Fiscal years of the series, the earlier year first.
    index : list of ItemIndex
        Largest item of the latest year first.
    facility_sentences : mapping
        Facility to what is said of it, in the order of the ranking.
    """

    place: str
    fy: int
    against: int
    voice: Voice
    reach: Decimal
    causes: Causes
    rankings: Mapping[str, list[Ranked]]
    years: tuple[int, ...]
    index: list[ItemIndex]
    intensity: list[Intensity]
    sentences: list[Sentence]
    facility_sentences: Mapping[str, list[Sentence]]
    findings: tuple[Finding, ...]


def report(
    city: City, lines: Mapping[int, Sequence[Line] | None], scope: Scope, fy: int, against: int, voice: Voice,
    reach: Decimal = REACH,
) -> Report:  # fmt: skip
    """The analysis of a part of a city.

    Parameters
    ----------
    lines : mapping
        Fiscal year to its lines, None for one that could not be computed; `fy` and `against` must be computed.
    reach : Decimal
        The main facilities are the fewest that make this share. [%]

    Raises
    ------
    FactorError
        A-00 with a finding AN-10 if the city has no row in one of the two years, or the scope in neither.
    """
    own = {year: None if found is None else list(filter(scope.keeps, found)) for year, found in lines.items()}
    before, after = own[against] or [], own[fy] or []
    empty = [Finding(NO_ROWS, data={"fiscal_year": year}) for year in (against, fy) if not lines[year]]
    if not before and not after:
        empty = empty or [Finding(NO_ROWS, data={"fiscal_year": fy})]
    if empty:
        raise FactorError("A-00", empty, count=len(empty), fiscal_year=fy)
    facilities = city.table("facilities")
    why = causes(before, after, facilities, years=(against, fy))
    rankings = {
        name: ranking(totals(before, key), totals(after, key), reach) for name, key in _keys(facilities).items()
    }
    series = _series(own, rankings["item"], against)
    intensity, area_findings = per_area(totals(after, lambda line: line.group.facility_id), facilities)
    return Report(
        scope.name, fy, against, voice, reach, why, rankings, tuple(sorted(own)), series, intensity,
        sentences(why, scope.name, voice), _facility_sentences(why, rankings["facility"], voice),
        (*why.findings, *area_findings, *_series_findings(own, series, against, voice)),
    )  # fmt: skip


def voice_of(city: City, catalogue: Catalogue, names: Names, rounding: Rounding, fy: int, against: int) -> Voice:
    """How a city speaks of the two years."""
    base, is_base = FiscalYear(against).label(), against == city.base_fy
    return Voice(
        item=names["item"], facility=names["facility"], unit_of=lambda item: catalogue.items[item].unit,
        energy=frozenset(key for key, item in catalogue.items.items() if item.group in ENERGY),
        year=FiscalYear(fy).label(),
        base=texts.label("an.base_year", year=base) if is_base else base,
        base_short=texts.label("an.base_year.short") if is_base else FiscalYear(against).label("era"),
        rounding=rounding,
    )  # fmt: skip


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
    names.append(catalogue.items[item].name_ja if item else "")
    name = " ".join(part for part in names if part) or city.name
    return Scope(name, frozenset(kept) if facility or department else None, item or None)


def _below(city: City, department: str) -> set[str]:
    """Facilities of a department and of those below it."""
    found, size = {department}, 0
    while size != len(found):
        size = len(found)
        found |= {row["department_id"] for row in city.table("departments") if row["parent_id"] in found}
    return {row["facility_id"] for row in city.table("facilities") if row["department_id"] in found}


def _keys(facilities: Iterable[Row]) -> dict[str, Callable[[Line], str]]:
    rows = {row["facility_id"]: row for row in facilities}

    def of_facility(column: str) -> Callable[[Line], str]:
        return lambda line: (rows.get(line.group.facility_id) or {}).get(column) or ""

    return {
        "facility": lambda line: line.group.facility_id,
        "item": lambda line: line.item,
        "department": of_facility("department_id"),
        "sector": lambda line: line.sector,
        "use": of_facility("use"),
    }


def _series(own: Mapping[int, Sequence[Line] | None], items: Sequence[Ranked], base: int) -> list[ItemIndex]:
    order = {row.key: row.rank for row in items}
    found = index_by_item(own, base)
    return sorted(found, key=lambda one: (order.get(one.item, len(order) + 1), one.item))


def _facility_sentences(why: Causes, ranked: Sequence[Ranked], voice: Voice) -> dict[str, list[Sentence]]:
    by_facility = why.by(lambda cause: cause.facility)
    return {row.key: sentences(by_facility[row.key], voice.facility(row.key), voice) for row in ranked}


def _series_findings(
    own: Mapping[int, Sequence[Line] | None], series: Iterable[ItemIndex], base: int, voice: Voice
) -> Iterable[Finding]:
    for year, found in own.items():
        if found is None:
            yield Finding(NO_YEAR, data={"fiscal_year": year})
    for one in series:
        if not one.use[base]:
            yield Finding(NO_INDEX, data={"fiscal_year": base, "item": voice.item(one.item)})

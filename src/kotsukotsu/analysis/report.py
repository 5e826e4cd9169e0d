"""Everything the analysis of two years says of a city or a part of it: where, why, how intensive, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from kotsukotsu import texts
from kotsukotsu.accounting.membership import departments_in
from kotsukotsu.accounting.model import Line
from kotsukotsu.analysis.causes import Causes, DriverValues, causes
from kotsukotsu.analysis.index import ItemIndex, index_by_item
from kotsukotsu.analysis.intensity import Intensity, per_area
from kotsukotsu.analysis.past import Past, past_of
from kotsukotsu.analysis.scope import Scope
from kotsukotsu.analysis.voice import Voice
from kotsukotsu.analysis.where import REACH, Ranked, ranking, totals
from kotsukotsu.analysis.words import Sentence, sentences
from kotsukotsu.errors import FactorError
from kotsukotsu.findings import Finding
from kotsukotsu.schema import Row
from kotsukotsu.schema.city import City

NO_YEAR, NO_INDEX, NO_ROWS = "AN-07", "AN-08", "AN-10"
DriversOf = Callable[[int, int], DriverValues]


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
    chain : tuple of Causes
        From each year to the next, where asked for and every year could be computed.
    past : Past
        Every year by facility, sector and item.
    """

    scope: Scope
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
    chain: tuple[Causes, ...]
    past: Past
    findings: tuple[Finding, ...]

    @property
    def place(self) -> str:
        """Name of the part."""
        return self.scope.name


def report(
    city: City, lines: Mapping[int, Sequence[Line] | None], scope: Scope, fy: int, against: int, voice: Voice,
    reach: Decimal = REACH, *, with_chain: bool = False, drivers: DriversOf | None = None,
) -> Report:  # fmt: skip
    """The analysis of a part of a city.

    Parameters
    ----------
    lines : mapping
        Fiscal year to its lines, None for one that could not be computed; `fy` and `against` must be computed.
    reach : Decimal
        The main facilities are the fewest that make this share. [%]
    with_chain : bool
        Whether to split the change from year to year too.
    drivers : callable, optional
        From two fiscal years to the values of the drivers (`causes.causes`) in them.

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
        raise FactorError("A-00", empty, count=len(empty), fiscal_year=empty[0].data["fiscal_year"])
    facilities = city.table("facilities")
    why = _causes(own, facilities, drivers, scope, (against, fy))
    keys = _keys(facilities, {year: departments_in(city, year) for year in (against, fy)})
    rankings = {name: ranking(totals(before, key), totals(after, key), reach) for name, key in keys.items()}
    series = _series(own, rankings["item"], against)
    chain = _chain(own, facilities, drivers, scope) if with_chain else ()
    intensity, area_findings = per_area(totals(after, lambda line: line.group.facility_id), facilities)
    return Report(
        scope, fy, against, voice, reach, why, rankings, tuple(sorted(own)), series, intensity,
        sentences(why, scope.name, voice), _facility_sentences(why, rankings["facility"], voice), chain,
        past_of(own, against, fy),
        (*_worded(why.findings, voice), *area_findings, *_series_findings(own, series, against, voice)),
    )  # fmt: skip


def _worded(findings: Iterable[Finding], voice: Voice) -> Iterator[Finding]:
    """Findings on causes, items and drivers by the names that people read."""
    says: dict[str, Callable[[str], str]] = {
        "item": voice.item,
        "driver": lambda name: texts.label(f"an.effect.{name}"),
    }
    for one in findings:
        named = {key: says[key](value) for key, value in one.data.items() if key in says}
        yield replace(one, data={**one.data, **named})


def _keys(facilities: Iterable[Row], departments: Mapping[int, Mapping[str, str]]) -> dict[str, Callable[[Line], str]]:
    uses = {row["facility_id"]: row["use"] or "" for row in facilities}
    return {
        "facility": lambda line: line.group.facility_id,
        "item": lambda line: line.item,
        "department": lambda line: departments[line.group.fiscal_year].get(line.group.facility_id, ""),
        "sector": lambda line: line.sector,
        "use": lambda line: uses.get(line.group.facility_id, ""),
    }


def _series(own: Mapping[int, Sequence[Line] | None], items: Sequence[Ranked], base: int) -> list[ItemIndex]:
    order = {row.key: row.rank for row in items}
    found = index_by_item(own, base)
    return sorted(found, key=lambda one: (order.get(one.item, len(order) + 1), one.item))


def _chain(
    own: Mapping[int, Sequence[Line] | None], facilities: Sequence[Row], drivers: DriversOf | None, scope: Scope
) -> tuple[Causes, ...]:
    """The causes from each year to the next; none where a year is open (finding AN-07 names it)."""
    if any(lines is None for lines in own.values()):
        return ()
    return tuple(_causes(own, facilities, drivers, scope, (year, year + 1)) for year in sorted(own)[:-1])


def _causes(
    own: Mapping[int, Sequence[Line] | None], facilities: Sequence[Row], drivers: DriversOf | None, scope: Scope,
    years: tuple[int, int],
) -> Causes:  # fmt: skip
    """The causes between two years that could be computed."""
    before, after = (own[year] or () for year in years)
    values = drivers(*years) if drivers else None
    return causes(before, after, facilities, values, years=years, transferred=scope.changed(*years))


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

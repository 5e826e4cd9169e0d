"""What use goes with (floor area, visitors, water): ``intensity_bases.csv``, and the floor area of facilities."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType

from kotsukotsu.accounting import exact
from kotsukotsu.analysis.intensity import YEARS, FiveYears, five_year_average
from kotsukotsu.analysis.uses import Place
from kotsukotsu.findings import Finding
from kotsukotsu.periods import FiscalYear
from kotsukotsu.schema import Row

Linked = Mapping[int, Decimal | None]
NONE: Linked = MappingProxyType({})
NO_BASE, ONE_YEAR, TWO_VALUES = "AN-11", "AN-12", "AN-13"
TOLD_IN_THE_TABLE = "AN-06"  # a year without energy or denominator stands open there


def base_driver(
    rows: Iterable[Row], base: str, places: Iterable[Place], before: int, after: int
) -> tuple[dict[Place, tuple[Decimal, Decimal]], list[Finding]]:
    """The ``base`` driver of `causes.causes`: a facility's own base in two years, for all its places.

    Parameters
    ----------
    rows : iterable of row
        Of the table ``intensity_bases``.
    base : str
        Name of the base, such as 延床面積.
    places : iterable of (facility, item)
        Of items whose use may go with it.

    Returns
    -------
    dict
        Facility and item to the base in the two years. [unit of the base]
    list of Finding
        AN-11 no facility has this base; AN-12 a facility has it in one of the years only; AN-13 two values of a year.
    """
    values, findings = _values(row for row in rows if row["base"] == base and row["facility_id"])
    if not values:
        return {}, [*findings, Finding(NO_BASE, data={"base": base})]
    both = {key: years for key, years in values.items() if before in years and after in years}
    for key in sorted(values.keys() - both.keys()):
        if values[key].keys() & {before, after}:
            findings.append(Finding(ONE_YEAR, data={"facility_id": key, "base": base}))
    found = {place: (both[place[0]][before], both[place[0]][after]) for place in places if place[0] in both}
    return found, findings


@dataclass(frozen=True, slots=True)
class Unit:
    """原単位 of the city with one denominator.

    Attributes
    ----------
    base : str
        Name of the denominator; empty for the floor area of facilities.csv.
    unit : str
        Of the denominator.
    linked : mapping
        For each year whose rules are not those of the year before, its energy by those; None if unknown. [kL]
    found : FiveYears or None
        None where a year lacks energy or denominator.
    """

    base: str
    unit: str
    energy: Mapping[int, Decimal]
    denominator: Mapping[int, Decimal]
    found: FiveYears | None
    linked: Mapping[int, Decimal | None] = field(default_factory=dict)


def units(
    rows: Sequence[Row], facilities: Sequence[Row], energy: Mapping[int, Decimal], fy: int, linked: Linked = NONE
) -> tuple[list[Unit], list[Finding]]:
    """原単位 over the five years up to `fy`: per floor area, and per every base that the city gives for itself.

    Parameters
    ----------
    rows : sequence of row
        Of the table ``intensity_bases``; those without a facility speak of the city.
    facilities : sequence of row
        Of the table ``facilities``; the floor area of a year is that of the facilities open on its last day.
    energy : mapping
        Fiscal year to energy used. [kL of crude oil]
    linked : mapping
        As in `intensity.five_year_average`.

    Returns
    -------
    list of Unit
        The floor area first.
    list of Finding
        AN-06 for a year that lacks a value, AN-13 two values of a year.
    """
    own = [row for row in rows if not row["facility_id"]]
    years = range(fy - YEARS + 1, fy + 1)
    areas = {year: area for year in years if (area := floor_area(facilities, FiscalYear(year))) > 0}
    made, findings = [_unit("", "m2", (energy, linked), areas, fy)], []
    for base in dict.fromkeys(row["base"] for row in own):
        of_base = [row for row in own if row["base"] == base]
        values, doubled = _values(of_base)
        made.append(_unit(base, of_base[0]["unit"] or "", (energy, linked), values.get("", {}), fy))
        findings += doubled
    findings += [finding for _, said in made for finding in said]
    once = {str(finding.as_dict()): finding for finding in findings}
    return [unit for unit, _ in made], list(once.values())


def floor_area(facilities: Iterable[Row], year: FiscalYear) -> Decimal:
    """Floor area of the facilities open on the last day of a fiscal year. [m2]"""
    return exact.total(
        row["floor_area_m2"]
        for row in facilities
        if row["floor_area_m2"] is not None
        and (row["opened_on"] is None or row["opened_on"] < year.end)
        and (row["closed_on"] is None or row["closed_on"] >= year.end)
    )


def _unit(
    base: str, unit: str, used: tuple[Mapping[int, Decimal], Linked], values: Mapping[int, Decimal], fy: int
) -> tuple[Unit, list[Finding]]:
    energy, linked = used
    found, findings = five_year_average(energy, values, fy, linked)
    return Unit(base, unit, energy, values, found, linked), findings


def _values(rows: Iterable[Row]) -> tuple[dict[str, dict[int, Decimal]], list[Finding]]:
    """Facility to fiscal year to value; of two different values of a year neither counts."""
    found: dict[str, dict[int, Decimal]] = {}
    doubled: set[tuple[str, int, str]] = set()
    for row in rows:
        key, year = row["facility_id"] or "", row["fiscal_year"]
        if found.setdefault(key, {}).setdefault(year, row["value"]) != row["value"]:
            doubled.add((key, year, row["base"]))
    for key, year, _ in doubled:
        del found[key][year]
    findings = [
        Finding(TWO_VALUES, data={"facility_id": key, "fiscal_year": year, "base": base})
        for key, year, base in sorted(doubled)
    ]
    return {key: years for key, years in found.items() if years}, findings

"""Intensity: emission per floor area among buildings of the same use, and the 原単位 of the Energy Act."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from types import MappingProxyType

from kotsukotsu.accounting import exact
from kotsukotsu.analysis.logarithms import CONTEXT, ZERO
from kotsukotsu.findings import Finding
from kotsukotsu.schema import Row

NO_AREA, BAD_AREA, NO_YEAR = "AN-04", "AN-05", "AN-06"
KILOGRAMS, HUNDRED, QUARTER = Decimal(1000), Decimal(100), Decimal("0.25")
LEAST_PEERS = 4  # below, a quartile would be one building
YEARS = 5
ONE = Decimal(1)
ONE_DECIMAL = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Quartiles:
    """Of the buildings of one use. [kg-CO2e/m2]"""

    lower: Decimal
    median: Decimal
    upper: Decimal
    count: int


@dataclass(frozen=True, slots=True)
class Intensity:
    """A building among those of its use.

    Attributes
    ----------
    value : Decimal
        Emission per floor area. [kg-CO2e/m2]
    peers : Quartiles or None
        None where fewer than `LEAST_PEERS` buildings of the use have an area and an emission.
    quarter : int or None
        1 for the quarter with the lowest intensity to 4 for the highest.
    """

    facility: str
    use: str
    area: Decimal
    value: Decimal
    peers: Quartiles | None
    quarter: int | None


def per_area(emissions: Mapping[str, Decimal], facilities: Iterable[Row]) -> tuple[list[Intensity], list[Finding]]:
    """Intensity of every facility with an emission and a floor area, by use and from the highest.

    Parameters
    ----------
    emissions : mapping
        Facility to the year's emission. [t-CO2e]
    facilities : iterable of row
        Of the table ``facilities``. One without a use is compared with nobody.

    Returns
    -------
    tuple
        Intensities; findings AN-04 where a facility whose peers have an area has none, AN-05 where it is 0 or less.
    """
    rows = [row for row in facilities if row["facility_id"] in emissions]
    areas = {row["facility_id"]: row["floor_area_m2"] for row in rows}
    with_area = {row["use"] for row in rows if (areas[row["facility_id"]] or ZERO) > 0 and row["use"]}
    values = {
        row["facility_id"]: CONTEXT.divide(CONTEXT.multiply(emissions[row["facility_id"]], KILOGRAMS), area)
        for row in rows
        if (area := areas[row["facility_id"]]) is not None and area > 0
    }
    found = [_placed(row, values, rows) for row in rows if row["facility_id"] in values]
    findings = [finding for row in rows if (finding := _area_finding(row, with_area))]
    return sorted(found, key=lambda one: (one.use, -one.value, one.facility)), findings


def _placed(row: Row, values: Mapping[str, Decimal], rows: Sequence[Row]) -> Intensity:
    use, facility = row["use"] or "", row["facility_id"]
    peers = [values[other["facility_id"]] for other in rows if other["use"] == use and other["facility_id"] in values]
    quarters = quartiles(peers) if use and len(peers) >= LEAST_PEERS else None
    value = values[facility]
    quarter = None
    if quarters:
        quarter = 1 + sum(value > limit for limit in (quarters.lower, quarters.median, quarters.upper))
    return Intensity(facility, use, row["floor_area_m2"], value, quarters, quarter)


def _area_finding(row: Row, with_area: Iterable[str]) -> Finding | None:
    area = row["floor_area_m2"]
    data = {"facility": row["facility_id"], "name": row["name"], "use": row["use"] or "", "area": area}
    if area is not None and area <= 0:
        return Finding(BAD_AREA, row["name"], data)
    return Finding(NO_AREA, row["name"], data) if area is None and row["use"] in with_area else None


def quartiles(values: Sequence[Decimal]) -> Quartiles:
    """Quartiles with linear interpolation between the sorted values, as QUARTILE.INC of spreadsheets.

    References
    ----------
    Hyndman, R. J., Fan, Y. (1996). Sample quantiles in statistical packages. American Statistician 50, 361-365:
    definition 7.

    Examples
    --------
    >>> quartiles([Decimal(value) for value in (1, 2, 3, 4)])
    Quartiles(lower=Decimal('1.75'), median=Decimal('2.50'), upper=Decimal('3.25'), count=4)
    """
    ordered = sorted(values)
    lower, median, upper = (_quantile(ordered, QUARTER * part) for part in (1, 2, 3))
    return Quartiles(lower, median, upper, len(ordered))


def _quantile(ordered: Sequence[Decimal], part: Decimal) -> Decimal:
    place = part * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    step = CONTEXT.multiply(CONTEXT.subtract(ordered[above], ordered[below]), place - below)
    return CONTEXT.add(ordered[below], step)


@dataclass(frozen=True, slots=True)
class FiveYears:
    """原単位 over five fiscal years.

    Attributes
    ----------
    intensities : mapping
        Fiscal year to energy over the denominator. [kL of crude oil / unit of the denominator]
    ratios : mapping
        Fiscal year to the ratio to the year before (対前年度比). [%]
    average : Decimal
        5年度間平均原単位変化: fourth root of the product of the four ratios; below 100 it fell. [%]
    printed : Decimal
        The same with one decimal, half up, as the form wants it. [%]
    """

    intensities: Mapping[int, Decimal]
    ratios: Mapping[int, Decimal]
    average: Decimal
    printed: Decimal


def five_year_average(
    energy: Mapping[int, Decimal],
    denominator: Mapping[int, Decimal],
    fy: int,
    linked: Mapping[int, Decimal | None] = MappingProxyType({}),
) -> tuple[FiveYears | None, list[Finding]]:
    """The five-year average change of the 原単位 that the 定期報告書 asks for.

    Parameters
    ----------
    energy : mapping
        Fiscal year to energy used. [kL of crude oil]
    denominator : mapping
        Fiscal year to the value that the use goes with, such as floor area. [any unit, the same in every year]
    fy : int
        The last of the five years.
    linked : mapping
        For a fiscal year whose rules (heat values, what is energy) are not those of the year before: its energy by
        the rules of the year before, None if that cannot be computed. [kL of crude oil]

    Returns
    -------
    tuple
        None with a finding AN-06 for each of the five years without its values, or with one that is not positive.

    Notes
    -----
    The form prints the ratios of the last four years and takes the fourth root of their product, to one decimal
    half up, and no average without all five years (定期報告書 特定-第4表 as explained by 中国経済産業局, June 2017,
    中長期計画書・定期報告書; table numbers differ between editions). Here the ratios are not rounded first. Where the
    Act's rules changed (FY2023) the ratio of that year takes both years by the rules of the year before: the chain
    shows the use, not the change of the rules.

    Examples
    --------
    >>> energy = {year: Decimal(value) for year, value in zip(range(2020, 2025), (100, 99, 98, 97, 96))}
    >>> found, _ = five_year_average(energy, dict.fromkeys(energy, Decimal(1)), 2024)
    >>> found.printed
    Decimal('99.0')
    """
    years = range(fy - YEARS + 1, fy + 1)
    by_rules_before = {year: linked.get(year, energy.get(year)) or ZERO for year in years[1:]}
    wrong = [
        year
        for year in years
        if min(energy.get(year, ZERO), denominator.get(year, ZERO), by_rules_before.get(year, ONE)) <= 0
    ]
    if wrong:
        return None, [Finding(NO_YEAR, data={"fiscal_year": year}) for year in wrong]
    values = {year: exact.quotient(energy[year], denominator[year]) for year in years}
    chain = {
        year: exact.quotient(exact.quotient(by_rules_before[year], denominator[year]), values[year - 1])
        for year in years[1:]
    }
    ratios = {year: CONTEXT.multiply(ratio, HUNDRED) for year, ratio in chain.items()}
    whole = exact.product(*chain.values())
    average = CONTEXT.multiply(CONTEXT.sqrt(CONTEXT.sqrt(whole)), HUNDRED)
    return FiveYears(values, ratios, average, average.quantize(ONE_DECIMAL, ROUND_HALF_UP)), []

"""Projections of ``kotsukotsu plan``: every method that the city's data allow, and their range."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from kotsukotsu import texts
from kotsukotsu.accounting import exact
from kotsukotsu.accounting.inventory import Inventory
from kotsukotsu.findings import Finding
from kotsukotsu.planning.bau import (
    FEWEST_YEARS,
    Assumed,
    Span,
    Step,
    Trend,
    closures,
    driven,
    frozen,
    slipped,
    together,
    trend,
    with_steps,
)
from kotsukotsu.schema.city import City
from kotsukotsu.sessions.plan_data import PlanData

ELECTRICITY, KWH_PER_MWH = "electricity", Decimal(1000)
DRIVERS = ("population", "floor_area")


@dataclass(frozen=True, slots=True)
class Future:
    """Projections by method (in words) and together, the trend, and the known openings and closures."""

    by_method: Mapping[str, Sequence[Span]]
    range: tuple[Span, ...]
    trend: Trend | None
    steps: tuple[Step, ...]
    notes: tuple[Finding, ...]


def future(city: City, data: PlanData, years: Sequence[int]) -> Future:
    """What the city would emit in some fiscal years without further measures. [t-CO2e]"""
    steps, notes = _steps(city, data), list[Finding]()
    line = trend(data.history) if len(data.history) >= FEWEST_YEARS else None
    found: dict[str, list[Span]] = {}
    if line:
        found[_trend_words(line)] = [with_steps(line.at(year), steps) for year in years]
    found[texts.label("plan.method.frozen")] = _frozen(data, years, steps)
    if not data.assumed["grid_factor"]:
        notes.append(Finding("TG-42"))
    if data.latest and (bought := _split(data.latest)) and bought[1]:
        mean = exact.quotient(exact.difference(data.latest.total, bought[0]), bought[1])
        notes += slipped(exact.product(mean, KWH_PER_MWH), data.assumed["grid_factor"])
    for kind in DRIVERS:
        if spans := _driven(data, kind, years, steps):
            found[texts.label(f"plan.method.{kind}")] = spans
        elif any(row.fiscal_year in years for row in data.assumed[kind]):
            notes.append(Finding("TG-45", data={"driver": kind, "fiscal_year": data.now.fiscal_year}))
    if printed := _printed(data, years):
        found[texts.label("plan.method.printed")] = printed
    spans = [span for method in found.values() for span in method]
    return Future(found, tuple(together(spans)), line, tuple(steps), tuple(notes))


def _printed(data: PlanData, years: Sequence[int]) -> list[Span]:
    """What the plan itself prints as its projection."""
    said = ((year, data.print_.said("total", f"bau_fy{year}")) for year in years)
    return [Span(year, figure.value, figure.value, figure.value, "printed") for year, figure in said if figure]


def _trend_words(line: Trend) -> str:
    years = [point.fiscal_year for point in line.history]
    return texts.label("plan.method.trend", first=years[0], last=years[-1], confidence=int(line.confidence * 100))


def _steps(city: City, data: PlanData) -> list[Step]:
    """Openings as assumed, closures as the list of facilities has them."""
    opened = [Step(row.fiscal_year, row.value, row.source) for row in data.assumed["opening"]]
    if data.latest is None:
        return opened
    by_facility = {row.keys["facility"]: row.tonnes_co2e for row in data.latest.rows(("facility",))}
    return opened + closures(city.table("facilities"), by_facility, data.now.fiscal_year)


def _frozen(data: PlanData, years: Sequence[int], steps: Sequence[Step]) -> list[Span]:
    """Today's use in the years that have an assumed electricity factor; in all, with today's, if no year has one."""
    split = _split(data.latest) if data.latest else None
    if split and data.assumed["grid_factor"]:
        factors = [_per_kwh(row) for row in data.assumed["grid_factor"] if row.fiscal_year in years]
        return frozen(*split, factors, steps)
    now = data.now.tonnes
    return [with_steps(Span(year, now, now, now, "frozen"), steps) for year in years]


def _split(result: Inventory) -> tuple[Decimal, Decimal] | None:
    """Emission of all but bought electricity [t-CO2e], and bought electricity [kWh]; None if it is not known."""
    bought = [row for row in result.rows(("item",)) if row.keys["item"] == ELECTRICITY]
    if not bought or bought[0].quantity is None:
        return None
    return exact.difference(result.total, bought[0].tonnes_co2e), bought[0].quantity


def _per_kwh(row: Assumed) -> Assumed:
    """From t-CO2/MWh, as cities state it, to t-CO2/kWh."""
    low, middle, high = (exact.exact_quotient(value, KWH_PER_MWH) for value in row.spread)
    return replace(row, value=middle, low=low, high=high)


def _driven(data: PlanData, kind: str, years: Sequence[int], steps: Sequence[Step]) -> list[Span]:
    """Only where the driver of the year looked at is known too."""
    rows = data.assumed[kind]
    now = next((row for row in rows if row.fiscal_year == data.now.fiscal_year), None)
    later = [row for row in rows if row.fiscal_year in years]
    return driven(data.now.tonnes, now, later, steps, kind) if now and later else []

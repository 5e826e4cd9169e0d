"""The weather in the use of a city: a regression for every facility and item, and what may be concluded from it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from kotsukotsu import units
from kotsukotsu.accounting import exact
from kotsukotsu.accounting.model import Line
from kotsukotsu.analysis.baseline import Baseline, Place, baselines
from kotsukotsu.analysis.change_point import Fit
from kotsukotsu.analysis.stations import Stations
from kotsukotsu.analysis.weather import Temperatures
from kotsukotsu.analysis.weather_limits import limit
from kotsukotsu.analysis.weather_normal import NormalUse, normal_use, weather_driver
from kotsukotsu.findings import Finding
from kotsukotsu.ledger.checks.view import View
from kotsukotsu.periods import FiscalYear

SUMMARY, NO_WEATHER, NO_NORMAL_YEAR = "WE-18", "WE-19", "WE-47"
TRANSPORT = "transport"


@dataclass(frozen=True, slots=True)
class WeatherLine:
    """One facility's item beside the weather.

    Attributes
    ----------
    unit : str
        Of its rows; `actual` and `normal` are in it.
    actual : Decimal or None
        Use of the year as billed; None where a part is missing. [unit]
    normal : NormalUse or None
        None without a regression that is good enough, or without weather. [unit]
    is_used : bool
        Whether the regression is good enough for an effect of the weather: it depends on temperature, and CV(RMSE) and
        R² keep to their limits (``weather_limits.csv``).
    """

    facility: str
    item: str
    unit: str
    weather: Temperatures
    baseline: Baseline
    actual: Decimal | None
    normal: NormalUse | None
    is_used: bool


@dataclass(frozen=True, slots=True)
class Weathered:
    """The weather in the use of a city.

    Attributes
    ----------
    normal : tuple of int
        Fiscal years whose weather is called normal.
    model : pair of int
        First and last fiscal year of the periods that the regressions use.
    """

    lines: tuple[WeatherLine, ...]
    normal: tuple[int, ...]
    model: tuple[int, int]
    findings: tuple[Finding, ...]

    def driver(self, before: int, after: int) -> tuple[dict[Place, tuple[Decimal, Decimal]], list[Finding]]:
        """Expected use in the weather of two years, the ``weather`` driver of `causes.causes`."""
        fitted: dict[str, tuple[Temperatures, dict[Place, Fit]]] = {}
        for line in self.lines:
            if line.is_used and line.baseline.fit:
                own = fitted.setdefault(line.weather.station, (line.weather, {}))
                own[1][line.facility, line.item] = line.baseline.fit
        values: dict[Place, tuple[Decimal, Decimal]] = {}
        findings: list[Finding] = []
        for weather, fits in fitted.values():
            found, said = weather_driver(fits, weather, FiscalYear(before), FiscalYear(after))
            values |= found
            findings += said
        return values, findings


def flows(lines: Iterable[Line], energy: Iterable[str]) -> list[Place]:
    """The places where weather may matter: items of energy, vehicles left out, by facility and item."""
    wanted = frozenset(energy)
    found = {(line.group.facility_id, line.item) for line in lines if line.item in wanted and line.sector != TRANSPORT}
    return sorted(found)


def weathered(
    view: View, stations: Stations, places: Sequence[Place], fy: int, years: Sequence[int], *, years_of_model: int
) -> Weathered:
    """The weather in the use of some places.

    Parameters
    ----------
    view : View
        The rows that count, of all years that the regressions need.
    fy : int
        The year whose use is set beside the normal; the regressions use `years_of_model` fiscal years up to it.
    years : sequence of int
        Fiscal years to take the normal from where the city names none: those with all their temperatures.
    """
    if not stations.by_station:
        return Weathered((), (), (fy, fy), (*stations.findings, Finding(NO_WEATHER)))
    first = fy - years_of_model + 1
    between = FiscalYear(first).start, FiscalYear(fy).end
    units_of = {(entry.facility, entry.item): str(entry.row["unit"]) for entry in view.entries if entry.amount}
    lines: list[WeatherLine] = []
    normal: tuple[FiscalYear, ...] = ()
    for station, facilities in stations.groups({facility for facility, _ in places}).items():
        weather = stations.by_station[station]
        normal = stations.normal or tuple(FiscalYear(year) for year in years if _is_whole(weather, FiscalYear(year)))
        own = [place for place in places if place[0] in set(facilities)]
        for place, found in baselines(view, weather, own, between=between).items():
            lines.append(_line(place, units_of.get(place, ""), weather, found, FiscalYear(fy), normal))
    used = sum(line.is_used for line in lines)
    unfit = sum(line.baseline.fit is None for line in lines)
    data = {"total": len(lines), "used": used, "unfit": unfit, "flat": len(lines) - used - unfit}
    summary = [Finding(SUMMARY, data=data)] if lines else []
    none = [] if normal or not lines else [Finding(NO_NORMAL_YEAR)]
    numbers = tuple(year.number for year in normal)
    return Weathered(tuple(lines), numbers, (first, fy), (*stations.findings, *summary, *none))


def is_good(found: Baseline) -> bool:
    """Whether a regression may speak for the weather: it depends on it, and its errors keep to the limits."""
    fit = found.fit
    if fit is None or not fit.form.terms or fit.cv_rmse is None or fit.r2 is None:
        return False
    return fit.cv_rmse <= limit("cv_rmse") and fit.r2 >= limit("r2")


def _is_whole(weather: Temperatures, year: FiscalYear) -> bool:
    return all(weather.within(month.start, month.end) for month in year.months())


def _line(
    place: Place, unit: str, weather: Temperatures, found: Baseline, year: FiscalYear, normal: Sequence[FiscalYear]
) -> WeatherLine:
    actual = _use(found, year)
    good = is_good(found)
    own = None
    if good and found.fit and actual is not None and normal:
        own, _ = normal_use(actual, found.fit, weather, year, normal)
    ratio = units.find(unit).ratio if unit else Decimal(1)
    return WeatherLine(
        *place, unit, weather, found, None if actual is None else exact.quotient(actual, ratio),
        None if own is None else _in_unit(own, ratio), good,
    )  # fmt: skip


def _in_unit(found: NormalUse, ratio: Decimal) -> NormalUse:
    values = (exact.quotient(value, ratio) for value in (found.actual, found.expected, found.normal))
    return NormalUse(found.fiscal_year, *values)


def _use(found: Baseline, year: FiscalYear) -> Decimal | None:
    """Use of the periods that end in the year; None unless they cover its twelve months. [base unit]"""
    own = [one for one in found.periods if year.start <= one.end - timedelta(days=1) < year.end]
    if {(one.end - timedelta(days=1)).month for one in own} != set(range(1, 13)):
        return None
    return exact.total(one.quantity for one in own if one.quantity is not None)

"""Use in normal weather, and the weather's part in the change between two years."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kotsukotsu.analysis.baseline import Place, exactly
from kotsukotsu.analysis.change_point import Fit
from kotsukotsu.analysis.weather import Temperatures
from kotsukotsu.findings import Finding
from kotsukotsu.periods import FiscalYear

NO_WEATHER_YEAR, NOT_POSITIVE = "WE-45", "WE-46"


@dataclass(frozen=True, slots=True)
class NormalUse:
    """Use of one fiscal year, as it would have been in normal weather.

    Attributes
    ----------
    actual : Decimal
        As billed. [base unit]
    expected : Decimal
        By the regression, in the weather of the year. [base unit]
    normal : Decimal
        By the regression, mean over the normal years. [base unit]
    """

    fiscal_year: int
    actual: Decimal
    expected: Decimal
    normal: Decimal

    @property
    def normalised(self) -> Decimal:
        """Actual use, plus what normal weather would have made of difference. [base unit]"""
        return self.actual + self.normal - self.expected


def expected_use(fit: Fit, weather: Temperatures, fy: FiscalYear) -> Decimal | None:
    """Use of a fiscal year by the regression, month by month; None where a month has no temperature. [base unit]"""
    found = weather.by_month(fy)
    if found is None:
        return None
    values, starts, lengths = found
    return exactly(float((fit.per_days(values, starts) * lengths).sum()))


def normal_use(
    actual: Decimal, fit: Fit, weather: Temperatures, fy: FiscalYear, normal: Sequence[FiscalYear]
) -> tuple[NormalUse | None, list[Finding]]:
    """Use of a fiscal year in normal weather.

    The normal is the mean of the expected use of each normal year, not the expected use at mean temperatures: those
    have no cold and no hot days, and understate both.

    Parameters
    ----------
    actual : Decimal
        Use of the year as billed. [base unit]
    normal : sequence of FiscalYear
        The years whose weather is called normal; there is no default.

    Returns
    -------
    NormalUse or None
        None where the weather of a year is missing.
    list of Finding
        WE-45 for each such year.

    Raises
    ------
    ValueError
        If no normal year is given.
    """
    if not normal:
        raise ValueError("normal")
    found = {year: expected_use(fit, weather, year) for year in (*normal, fy)}
    gaps = [_no_weather(weather, year) for year, value in found.items() if value is None]
    own, values = found[fy], [value for year in normal if (value := found[year]) is not None]
    if gaps or own is None:
        return None, gaps
    mean = sum(values, Decimal(0)) / len(values)
    return NormalUse(fy.number, actual, own, mean), []


def weather_driver(
    fitted: Mapping[Place, Fit], weather: Temperatures, before: FiscalYear, after: FiscalYear
) -> tuple[dict[Place, tuple[Decimal, Decimal]], list[Finding]]:
    """Expected use in the weather of two years, the ``weather`` driver of `causes.causes`.

    A regression without dependence on temperature has no such driver.

    Returns
    -------
    dict
        Facility and item to the expected use in the two years. [base unit]
    list of Finding
        WE-45 a year without weather; WE-46 an expected use that is not positive, with its facility and item.
    """
    found: dict[Place, tuple[Decimal, Decimal]] = {}
    findings: dict[tuple[str, int], Finding] = {}
    for place, fit in fitted.items():
        if not fit.form.terms:
            continue
        one, other = (expected_use(fit, weather, year) for year in (before, after))
        if one is None or other is None:
            for year, value in ((before, one), (after, other)):
                if value is None:
                    findings["", year.number] = _no_weather(weather, year)
        elif min(one, other) <= 0:
            data = {"facility_id": place[0], "item": place[1]}
            findings["・".join(place), 0] = Finding(NOT_POSITIVE, " ".join(place), data)
        else:
            found[place] = (one, other)
    return found, list(findings.values())


def _no_weather(weather: Temperatures, year: FiscalYear) -> Finding:
    return Finding(NO_WEATHER_YEAR, weather.station, {"station": weather.station, "fiscal_year": year.number})

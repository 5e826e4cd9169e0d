"""Savings after a measure, against the use to be expected without it (IPMVP option C), with their uncertainty."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from math import sqrt

from kotsukotsu.analysis.baseline import Baseline, exactly
from kotsukotsu.analysis.change_point import Fit
from kotsukotsu.analysis.student_t import quantile
from kotsukotsu.analysis.use_periods import Period, usable
from kotsukotsu.analysis.weather import Temperatures
from kotsukotsu.analysis.weather_limits import limit
from kotsukotsu.findings import Finding

NO_BASELINE, NO_PERIOD, UNKNOWN_WEATHER = "WE-50", "WE-51", "WE-52"
OVERLAP, OUTSIDE, NOT_CERTAIN = "WE-53", "WE-54", "WE-55"


@dataclass(frozen=True, slots=True)
class Saving:
    """Avoided use of the reporting period.

    Attributes
    ----------
    expected : Decimal
        Use by the regression of the time before the measure, in the weather after it. [base unit]
    actual : Decimal
        Use as billed. [base unit]
    margin : Decimal or None
        Half of the confidence interval of the saving; None where the baseline has no use. [base unit]
    confidence : Decimal
        Of the interval. [1]
    periods : tuple of Period
        Those counted.
    autocorrelation : float
        Of the residuals of the regression, lag 1. [1]
    """

    expected: Decimal
    actual: Decimal
    margin: Decimal | None
    confidence: Decimal
    periods: tuple[Period, ...]
    autocorrelation: float

    @property
    def saving(self) -> Decimal:
        """Expected less actual use; negative where more was used. [base unit]"""
        return self.expected - self.actual


def savings(
    base: Baseline, reporting: Sequence[Period], weather: Temperatures, *, confidence: Decimal, where: str = ""
) -> tuple[Saving | None, list[Finding]]:
    """The saving of the periods after a measure.

    Parameters
    ----------
    base : Baseline
        Of the periods before the measure began.
    reporting : sequence of Period
        After it was completed; both by the caller's choice of days.
    confidence : Decimal
        For example 0.9 or, as ASHRAE Guideline 14 asks at least, 0.68; there is no default. [1]

    Returns
    -------
    Saving or None
        None without a baseline, without a period to count, or where both share days.
    list of Finding
        WE-50 no baseline, WE-51 no period, WE-31 to WE-33 and WE-52 periods not counted, WE-53 periods that belong to
        both, WE-54 temperatures that the baseline has not seen, WE-55 a saving within its uncertainty.
    """
    if base.fit is None:
        return None, [Finding(NO_BASELINE, where)]
    kept, findings = usable(reporting, where)
    known = [(one, [float(t) for t in found]) for one in kept if (found := weather.within(one.start, one.end))]
    if len(known) < len(kept):
        findings.append(Finding(UNKNOWN_WEATHER, where, {"count": len(kept) - len(known)}))
    last = max(one.end for one in base.periods)
    if any(one.start < last for one, _ in known):
        return None, [*findings, Finding(OVERLAP, where, {"day": last.isoformat()})]
    if not known:
        return None, [*findings, Finding(NO_PERIOD, where)]
    expected = exactly(sum(base.fit.per_day(values) * one.days for one, values in known))
    used = tuple(one for one, _ in known)
    actual = sum((one.quantity or Decimal(0) for one in used), Decimal(0))
    rho = autocorrelation(base.fit.residuals)
    margin = uncertainty(base.fit, expected, len(used), confidence)
    saving = Saving(expected, actual, margin, confidence, used, rho)
    findings += _doubts(base, saving, [sum(values) / len(values) for _, values in known], where)
    return saving, findings


def autocorrelation(residuals: Sequence[float]) -> float:
    """Lag-1 autocorrelation of residuals in the order of time; 0 where there are none. [1]"""
    square = sum(one * one for one in residuals)
    return sum(one * other for one, other in pairwise(residuals)) / square if square > 0 else 0.0


def uncertainty(fit: Fit, expected: Decimal, m: int, confidence: Decimal) -> Decimal | None:
    """Half of the confidence interval of a saving. [base unit]

    ``t 1.26 CV(RMSE) sqrt(n / n' (1 + 2 / n') / m)`` times the expected use, with ``n' = n (1 - rho) / (1 + rho)`` and
    t of n - p degrees of freedom: ASHRAE Guideline 14-2002, annex B, for correlated residuals (fractional
    uncertainty, there divided by the fraction saved); Reddy and Claridge (2000), HVAC&R Research 6(2). A negative rho
    is taken as 0, so that it never narrows the interval.

    Parameters
    ----------
    expected : Decimal
        Use expected in the reporting period. [base unit]
    m : int
        Its periods.
    """
    if fit.cv_rmse is None:
        return None
    rho = max(0.0, autocorrelation(fit.residuals))
    effective = fit.n * (1 - rho) / (1 + rho)
    t = quantile(float(confidence), fit.n - fit.form.parameters)
    spread = sqrt(fit.n / effective * (1 + 2 / effective) / m)
    return exactly(t * float(limit("autocorrelation_scale")) * fit.cv_rmse * spread * abs(float(expected)))


def _doubts(base: Baseline, saving: Saving, means: Sequence[float], where: str) -> Iterator[Finding]:
    low, high = base.temperature_range or (min(means), max(means))
    reach = (high - low) * float(limit("outside"))
    outside = [mean for mean in means if not low - reach <= mean <= high + reach]
    if outside:
        data = {"count": len(outside), "low": f"{low:.1f}", "high": f"{high:.1f}"}
        yield Finding(OUTSIDE, where, data)
    if saving.margin is not None and abs(saving.saving) <= saving.margin:
        data = {"value": f"{saving.saving:,.0f}", "margin": f"{saving.margin:,.0f}"}
        yield Finding(NOT_CERTAIN, where, {**data, "confidence": f"{saving.confidence:.0%}"})

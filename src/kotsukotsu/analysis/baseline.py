"""The regression of a facility's item on temperature, and whether the data suffice for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kotsukotsu.analysis.change_point import Fit, chosen, fits_together
from kotsukotsu.analysis.change_point_forms import Basis, Points, points
from kotsukotsu.analysis.use_periods import Period, one_kind, usable, use_periods
from kotsukotsu.analysis.weather import Temperatures
from kotsukotsu.analysis.weather_limits import limit
from kotsukotsu.findings import Finding
from kotsukotsu.ledger.checks.entry import Entry
from kotsukotsu.ledger.checks.place import where as place_name
from kotsukotsu.ledger.checks.view import View
from kotsukotsu.ledger.limits import limit as ledger_limit

NO_TEMPERATURE, TOO_FEW, NO_YEAR, NARROW = "WE-34", "WE-35", "WE-36", "WE-37"
SAME_TEMPERATURE, SAME_USE, LOOSE, WEAK, NO_WEATHER = "WE-38", "WE-39", "WE-40", "WE-41", "WE-42"
Place = tuple[str, str]  # facility, item


@dataclass(frozen=True, slots=True)
class Baseline:
    """What use was to be expected at a temperature.

    Attributes
    ----------
    fit : Fit or None
        The form with the lowest Bayesian information criterion; None where the data do not suffice.
    forms : tuple of Fit
        All forms that the data allow, for comparison.
    periods : tuple of Period
        Those used, by their first day.
    temperature_range : tuple of float or None
        Lowest and highest mean temperature of the periods used. [°C]
    """

    fit: Fit | None
    forms: tuple[Fit, ...]
    periods: tuple[Period, ...]
    temperature_range: tuple[float, float] | None
    findings: tuple[Finding, ...]


def exactly(value: float) -> Decimal:
    """A statistic as a decimal, with as many digits as quantities are kept with."""
    return Decimal(repr(value)).quantize(Decimal(1).scaleb(-int(ledger_limit("quantity_decimals"))))


def baseline(
    periods: Sequence[Period], weather: Temperatures, *, where: str = "", basis: Basis = "degree_days"
) -> Baseline:
    """The regression of use on temperature of one facility and item.

    Parameters
    ----------
    periods : sequence of Period
        As `use_periods` gives them, of the years that shall count.
    weather : Temperatures
        Daily means of the station that stands for the facility.
    where : str
        Name of facility and item, for the findings.
    basis : str
        ``degree_days`` day by day within a period, or ``mean`` temperature of the period.

    Returns
    -------
    Baseline
        With findings WE-31 to WE-34 on periods left out, WE-35 too few and WE-38 no difference in temperature (no
        fit), WE-36 not all seasons, WE-37 a narrow range of temperature, WE-39 use that does not vary, WE-40
        CV(RMSE) too large, WE-41 R² too low, WE-42 no dependence on temperature.
    """
    return _judged([_prepared(periods, weather, where, basis)])[0]


@dataclass(frozen=True, slots=True)
class _Prepared:
    """The periods of one facility and item; `points` is None where they do not suffice."""

    where: str
    periods: tuple[Period, ...]
    temperature_range: tuple[float, float] | None
    points: Points | None
    findings: tuple[Finding, ...]


def _prepared(periods: Sequence[Period], weather: Temperatures, where: str, basis: Basis) -> _Prepared:
    kept, findings = usable(periods, where)
    known = [(one, [float(t) for t in found]) for one in kept if (found := weather.within(one.start, one.end))]
    if len(known) < len(kept):
        data = {"count": len(kept) - len(known), "station": weather.station}
        findings.append(Finding(NO_TEMPERATURE, where, data))
    used = tuple(one for one, _ in known)
    means = [sum(values) / len(values) for _, values in known]
    spread = (min(means), max(means)) if means else None
    findings += _sufficient(used, spread, weather, where)
    if any(finding.severity == "error" for finding in findings):
        return _Prepared(where, used, spread, None, tuple(findings))
    data_points = points([_per_day(one) for one in used], [t for _, t in known], [one.days for one in used], basis)
    return _Prepared(where, used, spread, data_points, tuple(findings))


def _judged(prepared: Sequence[_Prepared]) -> list[Baseline]:
    """The regressions of all that suffice, fitted together."""
    fitted = iter(fits_together([one.points for one in prepared if one.points is not None]))
    found = []
    for one in prepared:
        forms = () if one.points is None else tuple(next(fitted))
        fit = chosen(forms) if forms else None
        findings = (*one.findings, *(_quality(fit, one.where) if fit else ()))
        found.append(Baseline(fit, forms, one.periods, one.temperature_range, findings))
    return found


def _per_day(period: Period) -> float:
    return float(period.quantity or 0) / period.days


def _sufficient(
    used: Sequence[Period], spread: tuple[float, float] | None, weather: Temperatures, where: str
) -> Iterator[Finding]:
    least, year = int(limit("periods_least")), int(limit("periods_year"))
    if len(used) < least or spread is None:
        yield Finding(TOO_FEW, where, {"count": len(used), "least": least, "more": least - len(used)})
        return
    if len({one.end.month for one in used}) < year:
        yield Finding(NO_YEAR, where, {"count": len({one.end.month for one in used}), "least": year})
    width = spread[1] - spread[0]
    if width <= 0:
        yield Finding(SAME_TEMPERATURE, where, {"value": f"{spread[0]:.1f}"})
        return
    whole = weather.month_range
    wide = whole[1] - whole[0] if whole else 0.0
    if whole and width < float(limit("temperature_share")) * wide:
        data = {"low": f"{spread[0]:.1f}", "high": f"{spread[1]:.1f}", "share": f"{width / wide:.0%}"}
        yield Finding(NARROW, where, data)


def _quality(fit: Fit, where: str) -> Iterator[Finding]:
    if fit.sst <= 0:
        yield Finding(SAME_USE, where, {"value": f"{fit.mean:,.6g}"})
        return
    if not fit.form.terms:
        yield Finding(NO_WEATHER, where)
    if fit.cv_rmse is not None and fit.cv_rmse > limit("cv_rmse"):
        yield Finding(LOOSE, where, {"value": f"{fit.cv_rmse:.0%}", "limit": f"{limit('cv_rmse'):.0%}"})
    if fit.form.terms and fit.r2 is not None and fit.r2 < limit("r2"):
        yield Finding(WEAK, where, {"value": f"{fit.r2:.2f}", "limit": str(limit("r2"))})


def baselines(
    view: View,
    weather: Temperatures,
    places: Sequence[Place],
    *,
    between: tuple[date, date] | None = None,
    basis: Basis = "degree_days",
) -> dict[Place, Baseline]:
    """The regressions of some facilities and items of a city.

    Parameters
    ----------
    view : View
        The rows that count.
    places : sequence of (facility, item)
        Of items whose use is a flow; which of them is the caller's choice.
    between : (start, end), optional
        Only periods that lie within, `end` not included; all if not given.

    Returns
    -------
    dict
        A place whose rows are in units of different kinds has a baseline without a fit and the finding WE-30.
    """
    entries: dict[Place, list[Entry]] = {}
    for entry in view.entries:
        entries.setdefault((entry.facility, entry.item), []).append(entry)
    start, end = between or (date.min, date.max)
    found: dict[Place, Baseline] = {}
    prepared: dict[Place, _Prepared] = {}
    for place in places:
        own, name = entries.get(place, []), place_name(view, *place)
        if mixed := one_kind(own, name):
            found[place] = Baseline(None, (), (), None, (mixed,))
            continue
        periods = [one for one in use_periods(own) if start <= one.start and one.end <= end]
        prepared[place] = _prepared(periods, weather, name, basis)
    found |= dict(zip(prepared, _judged(list(prepared.values())), strict=True))
    return {place: found[place] for place in places}

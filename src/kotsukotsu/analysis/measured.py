"""The saving of one measure: bills before it, bills after it, and the weather of both (IPMVP option C)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from kotsukotsu import units
from kotsukotsu.analysis.baseline import Baseline, Place, baseline
from kotsukotsu.analysis.more import Measured
from kotsukotsu.analysis.savings import savings
from kotsukotsu.analysis.stations import Stations
from kotsukotsu.analysis.use_periods import one_kind, use_periods
from kotsukotsu.analysis.weather_limits import limit
from kotsukotsu.analysis.weather_use import NO_WEATHER
from kotsukotsu.findings import Finding
from kotsukotsu.ledger.checks.place import where as place_name
from kotsukotsu.ledger.checks.view import View
from kotsukotsu.periods import FiscalYear

NONE = Baseline(None, (), (), None, ())


def measured(
    view: View, stations: Stations, place: Place, began: date, done: date, until: date, confidence: Decimal
) -> Measured:
    """The saving of a facility's item after a measure.

    The regression uses the periods that ended before the work began, of at most ``model_years`` years
    (``weather_limits.csv``); every period that began after the work is counted.

    Parameters
    ----------
    began, done : date
        First day of the work, first day after it.
    until : date
        First day that is no longer counted.
    confidence : Decimal
        Of the interval of the saving. [1]
    """
    own = [entry for entry in view.entries if (entry.facility, entry.item) == place]
    name, weather = place_name(view, *place), stations.of(place[0])
    unit = next((str(entry.row["unit"]) for entry in reversed(own) if entry.amount is not None), "")
    ratio = units.find(unit).ratio if unit else Decimal(1)
    refused = one_kind(own, name) or (None if weather else Finding(NO_WEATHER))
    if weather is None or refused:
        findings = (*stations.findings, *([refused] if refused else []))
        return Measured(*place, began, done, unit, ratio, NONE, None, findings)
    first = FiscalYear(FiscalYear.of(began).number - int(limit("model_years"))).start
    periods = use_periods(own)
    before = [one for one in periods if first <= one.start and one.end <= began]
    after = [one for one in periods if done <= one.start and one.end <= until]
    base = baseline(before, weather, where=name)
    saving, said = savings(base, after, weather, confidence=confidence, where=name)
    return Measured(*place, began, done, unit, ratio, base, saving, (*stations.findings, *base.findings, *said))

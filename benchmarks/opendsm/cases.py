"""Facilities and items of the demo city as both programs get them: a year of bills, and the weather of two years."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple

from kotsukotsu.analysis.baseline import baseline
from kotsukotsu.analysis.stations import stations
from kotsukotsu.analysis.use_periods import use_periods
from kotsukotsu.analysis.weather import Temperatures
from kotsukotsu.analysis.weather_normal import expected_use
from kotsukotsu.periods import FiscalYear
from kotsukotsu.sessions.session import Session

DEMO = Path(__file__).parents[2] / "examples" / "kotsukotsu-shi"
PLACES = (
    ("f001", "city_gas"), ("f002", "kerosene"), ("f002", "electricity"), ("f120", "city_gas"), ("f129", "lpg"),
)  # fmt: skip
BEFORE, AFTER = FiscalYear(2022), FiscalYear(2023)
BEYOND = timedelta(days=4)


class Case(NamedTuple):
    """One facility's item: what eemeter is given, and what this library expects of the later year."""

    facility: str
    item: str
    form: str
    expected: float
    given: dict[str, Any]


def cases() -> list[Case]:
    session = Session(DEMO)
    view = session.ledger_view([BEFORE], AFTER.end)
    places = stations(session.city, session.weather())
    found = []
    for facility, item in PLACES:
        own = use_periods(entry for entry in view.entries if (entry.facility, entry.item) == (facility, item))
        periods = [one for one in own if BEFORE.start <= one.start and one.end <= BEFORE.end]
        weather = places.of(facility)
        assert weather is not None
        fit = baseline(periods, weather).fit
        expected = expected_use(fit, weather, AFTER) if fit else None
        assert fit is not None
        assert expected is not None
        given = {
            "starts": [one.start.isoformat() for one in periods],
            "end": BEFORE.end.isoformat(),
            "use": [float(one.quantity or 0) for one in periods],
            "weather_before": _days(weather, BEFORE, BEYOND),
            "weather_after": _days(weather, AFTER, timedelta(0)),
        }
        found.append(Case(facility, item, fit.form.name, float(expected), given))
    return found


def _days(weather: Temperatures, year: FiscalYear, more: timedelta) -> dict[str, float]:
    return {d.isoformat(): float(t) for d, t in sorted(weather.by_day.items()) if year.start <= d < year.end + more}

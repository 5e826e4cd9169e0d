"""Missing months estimated by stated methods, as rows marked estimated; nothing is entered here.

A row is entered by `ledger.post` where a person has agreed, and its note keeps the method.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from statistics import median
from typing import Literal

from kotsukotsu import texts, units
from kotsukotsu.analysis.baseline import baseline, exactly
from kotsukotsu.analysis.estimate_gaps import Gap, gaps
from kotsukotsu.analysis.use_periods import use_periods
from kotsukotsu.analysis.weather import Temperatures
from kotsukotsu.analysis.weather_limits import limit
from kotsukotsu.findings import Finding
from kotsukotsu.ledger.checks.entry import Entry
from kotsukotsu.ledger.checks.place import period_label, where
from kotsukotsu.ledger.checks.view import View
from kotsukotsu.periods import FiscalYear, days
from kotsukotsu.schema import Row

Method = Literal["other_years", "degree_days"]
NO_YEARS, NO_MODEL, NO_TEMPERATURE, NEGATIVE, NO_UNIT = "WE-72", "WE-73", "WE-74", "WE-75", "WE-76"
NO_STATION = "WE-77"
WeatherOf = Callable[[str], Temperatures | None]
_EXACT = Context(prec=100)
Slots = Mapping[tuple[int, int], Mapping[int, tuple[Fraction, int]]]  # slot, fiscal year: quantity, days


def proposals(view: View, method: Method, weather_of: WeatherOf = lambda _: None) -> tuple[list[Row], list[Finding]]:
    """Rows for the missing months of the years that the view looks at.

    Parameters
    ----------
    method : str
        ``other_years``: `by_other_years`; ``degree_days``: `by_degree_days`.
    weather_of : callable, optional
        From a facility to its weather; needed by ``degree_days``.

    Returns
    -------
    list of Row
        Rows of ``activities`` with basis ``estimated``, without a number; not entered.
    list of Finding
        WE-70, WE-71 what is not estimated; WE-72 to WE-77 why a month could not be.
    """
    found, findings = gaps(view)
    rows: list[Row] = []
    for gap in found:
        place = where(view, gap.facility, gap.item, period_label(gap.start, gap.end))
        if method == "other_years":
            result = by_other_years(gap, place)
        else:
            weather = weather_of(gap.facility)
            result = by_degree_days(gap, weather, place) if weather else Finding(NO_STATION, place)
        if isinstance(result, Finding):
            findings.append(result)
        else:
            rows.append(result)
    return rows, findings


def by_other_years(gap: Gap, place: str = "") -> Row | Finding:
    """The same month of other years, scaled by the other months.

    Of each other year the use per day in this month is multiplied by the ratio of this year to that one over all
    other months that both have measured; the median of the nearest ``estimate_years`` years is taken. Computed
    exactly, rounded once to the digits that the item usually has.

    Returns
    -------
    Row or Finding
        WE-72 no other year has this month and enough months in common, WE-76 no measured row.
    """
    usual = _usual(gap.entries)
    if usual is None:
        return Finding(NO_UNIT, place)
    unit, digits = usual
    slots = _slots(gap.entries, unit)
    others = sorted(slots.get(gap.slot, {}), key=lambda fy: (abs(fy - gap.fy), fy))
    values: dict[int, Fraction] = {}
    months: list[int] = []
    for fy in others:
        common = [years for years in slots.values() if {fy, gap.fy} <= years.keys()]
        whole = sum((years[fy][0] for years in common), Fraction(0))
        if fy != gap.fy and len(common) >= limit("estimate_months") and whole > 0 and len(values) < _years():
            amount, length = slots[gap.slot][fy]
            ratio = sum((years[gap.fy][0] for years in common), Fraction(0)) / whole
            values[fy] = amount / length * ratio * days(gap.start, gap.end)
            months.append(len(common))
    if not values:
        return Finding(NO_YEARS, place, {"months": int(limit("estimate_months"))})
    names = "・".join(FiscalYear(fy).label("western") for fy in sorted(values))
    note = texts.label("we.note.other_years", years=names, months=min(months))
    return _row(gap, _rounded(median(values.values()), digits), unit, note)


def by_degree_days(gap: Gap, weather: Temperatures, place: str = "") -> Row | Finding:
    """The regression on degree days of the measured periods of the years around, in the weather of the month.

    Returns
    -------
    Row or Finding
        WE-73 no regression, or one that does not depend on temperature or has too large an error, WE-74 no temperature
        for the month, WE-75 a negative result, WE-76 no measured row.
    """
    usual = _usual(gap.entries)
    if usual is None:
        return Finding(NO_UNIT, place)
    unit, digits = usual
    own = units.find(unit)
    near = [one for one in gap.entries if one.dimension == own.dimension and abs(one.fy - gap.fy) <= _years()]
    fit = baseline(use_periods(near), weather).fit
    if fit is None or not fit.form.terms or fit.cv_rmse is None or fit.cv_rmse > limit("cv_rmse"):
        return Finding(NO_MODEL, place, {"limit": f"{limit('cv_rmse'):.0%}"})
    values = weather.within(gap.start, gap.end)
    if values is None:
        return Finding(NO_TEMPERATURE, place, {"station": weather.station})
    expected = exactly(fit.per_day([float(value) for value in values]) * days(gap.start, gap.end))
    if expected < 0:
        return Finding(NEGATIVE, place, {"value": f"{expected:,.0f}"})
    data = {"station": weather.station, "form": fit.form.name, "count": fit.n, "cv": f"{fit.cv_rmse:.0%}"}
    note = texts.label("we.note.degree_days", **data)
    return _row(gap, _rounded(Fraction(expected) / Fraction(own.ratio), digits), unit, note)


def _years() -> int:
    return int(limit("estimate_years"))


def _measured(entries: Sequence[Entry]) -> list[Entry]:
    return [entry for entry in entries if entry.state in ("measured", "zero") and entry.amount is not None]


def _usual(entries: Sequence[Entry]) -> tuple[str, int] | None:
    """Unit of the last measured row, and the number of decimals that most rows in it have."""
    measured = _measured(entries)
    if not measured:
        return None
    unit = str(measured[-1].row["unit"])
    decimals = Counter(max(0, -int(e.row["quantity"].as_tuple().exponent)) for e in measured if e.row["unit"] == unit)
    return unit, min(decimals, key=lambda digits: (-decimals[digits], digits))


def _slots(entries: Sequence[Entry], unit: str) -> Slots:
    """Measured quantities in a unit by calendar month and fiscal year; one of which a part is unknown is none."""
    found: dict[tuple[int, int], dict[int, tuple[Fraction, int]]] = {}
    doubtful: set[tuple[tuple[int, int], int]] = set()
    for entry in entries:
        slot = (entry.last % 12, entry.last - entry.first)
        if entry.state in ("missing", "estimated") or entry.dimension != units.find(unit).dimension:
            doubtful.add((slot, entry.fy))
        elif entry.state != "not_occurring":
            amount, length = found.setdefault(slot, {}).get(entry.fy, (Fraction(0), 0))
            quantity = Fraction(entry.row["quantity"]) * Fraction(units.ratio(entry.row["unit"], unit))
            found[slot][entry.fy] = amount + quantity, length + days(entry.start, entry.end)
    for slot, fy in doubtful:
        found.get(slot, {}).pop(fy, None)
    return found


def _rounded(value: Fraction, digits: int) -> Decimal:
    exact = _EXACT.divide(Decimal(value.numerator), Decimal(value.denominator))
    return exact.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP, context=_EXACT)


def _row(gap: Gap, quantity: Decimal, unit: str, note: str) -> Row:
    return {
        "facility_id": gap.facility,
        "item": gap.item,
        "start": gap.start,
        "end": gap.end,
        "quantity": quantity,
        "unit": unit,
        "basis": "estimated",
        "note": note,
        "meter_id": gap.meter or None,
        "use": gap.use or None,
        "replaces": gap.replaces,
    }

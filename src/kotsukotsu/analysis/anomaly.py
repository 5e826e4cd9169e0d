"""Unusual values of every facility and item, explained or not: outliers and shifts of level."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from kotsukotsu.analysis.level_shift import Shift, deseasoned, shifts
from kotsukotsu.analysis.weather_limits import limit
from kotsukotsu.findings import Finding
from kotsukotsu.ledger.checks.entry import BillKey, Entry
from kotsukotsu.ledger.checks.outliers import data_of, place_of
from kotsukotsu.ledger.checks.place import month_label, where
from kotsukotsu.ledger.checks.view import View
from kotsukotsu.ledger.limits import limit as ledger_limit
from kotsukotsu.periods import Month, days

OUTLIER, EXPLAINED_OUTLIER = "C-07", "C-08"
SHIFT, EXPLAINED_SHIFT, UNJUDGED = "WE-60", "WE-61", "WE-62"


@dataclass(frozen=True, slots=True)
class Unusual:
    """An unusual value.

    Attributes
    ----------
    kind : str
        ``outlier``, one value far from its other years (`ledger.checks.history`), or ``shift``, a new level.
    month : Month
        Of the outlier, or the first of the new level.
    value, expected : float
        The outlier and the median of other years [base unit]; after and before a shift, as shares of the usual value
        of each calendar month [1].
    explanation : str or None
        What explanations.csv says of the facility, item and year.
    finding : Finding
        C-07, WE-60 not explained; C-08, WE-61 explained.
    """

    kind: Literal["outlier", "shift"]
    bill: BillKey
    month: Month
    value: float
    expected: float
    explanation: str | None
    finding: Finding

    @property
    def fiscal_year(self) -> int:
        """Fiscal year of the month."""
        return self.month.fiscal_year.number


def unusual(view: View) -> tuple[list[Unusual], list[Finding]]:
    """The unusual values of the years that the view looks at, by facility, item and month.

    Slips of unit are not among them; the check ``unit_slips`` names them.

    Returns
    -------
    list of Unusual
        Outliers and shifts.
    list of Finding
        WE-62 how many series are too short to be searched for shifts; C-91, C-92 why nothing was looked at.
    """
    if view.unready:
        return [], [view.unready]
    found = [*_outliers(view)]
    short = 0
    for bill, entries in view.by_bill.items():
        values = monthly(entries)
        short += len(values) < 2 * int(limit("shift_values"))
        found += _shifts(view, bill, values)
    found.sort(key=lambda one: (one.bill, one.month, one.kind))
    data = {"count": short, "total": len(view.by_bill), "months": 2 * int(limit("shift_values"))}
    return found, [Finding(UNJUDGED, "activities.csv", data)] if short else []


def explanation(view: View, facility: str, item: str, fy: int) -> str | None:
    """What explanations.csv says of a facility's item in a year; an empty facility or item means all."""
    texts = [
        str(row["text"])
        for row in view.city.table("explanations")
        if row["fiscal_year"] == fy
        and (row.get("facility_id") or facility) == facility
        and (row.get("item") or item) == item
    ]
    return " ".join(texts) or None


def monthly(entries: Sequence[Entry]) -> dict[int, float]:
    """Measured use per day of every month that has bills of its own (`Month.index`). [base unit/d]"""
    amounts: dict[int, float] = {}
    lengths: dict[int, int] = {}
    doubtful: set[int] = set()
    for entry in entries:
        if entry.state == "not_occurring":
            continue
        if entry.amount is None or entry.state == "estimated" or entry.first != entry.last:
            doubtful.update(range(entry.first, entry.last + 1))
            continue
        amounts[entry.last] = amounts.get(entry.last, 0.0) + entry.amount
        lengths[entry.last] = lengths.get(entry.last, 0) + days(entry.start, entry.end)
    return {index: amounts[index] / lengths[index] for index in sorted(amounts) if index not in doubtful}


def _outliers(view: View) -> Iterator[Unusual]:
    for far in view.history.departures:
        first = far.entries[0]
        if far.deviations is None or abs(far.deviations) < float(ledger_limit("outlier_deviations")):
            continue
        said = explanation(view, first.facility, first.item, first.fy)
        if said or far.power is None:
            finding = Finding(EXPLAINED_OUTLIER if said else OUTLIER, place_of(view, far), data_of(far))
            yield Unusual("outlier", first.bill, Month.at(first.last), far.value, far.expected, said, finding)


def _shifts(view: View, bill: BillKey, values: dict[int, float]) -> Iterator[Unusual]:
    usual = deseasoned(values)
    months = list(usual)
    for shift in shifts(list(usual.values())):
        month = Month.at(months[shift.at])
        if month.fiscal_year.number in view.years:
            said = explanation(view, bill[0], bill[1], month.fiscal_year.number)
            finding = _finding(view, bill, month, shift, EXPLAINED_SHIFT if said else SHIFT)
            yield Unusual("shift", bill, month, shift.after, shift.before, said, finding)


def _finding(view: View, bill: BillKey, month: Month, shift: Shift, code: str) -> Finding:
    facility, item, meter, use = bill
    data = {
        "facility_id": facility,
        "item": item,
        "meter_id": meter,
        "use": use,
        "fy": month.fiscal_year.number,
        "month": str(month),
        "months": month_label(month.index),
        "before": f"{shift.before:.0%}",
        "after": f"{shift.after:.0%}",
        "probability": f"{shift.probability:.1g}",
    }
    return Finding(code, where(view, facility, item, month_label(month.index)), data)

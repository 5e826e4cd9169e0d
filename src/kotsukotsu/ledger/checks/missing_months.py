"""Months without a quantity: never zero, and never hidden by their neighbours."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from kotsukotsu.findings import Finding
from kotsukotsu.ledger.checks.entry import Entry, SeriesKey
from kotsukotsu.ledger.checks.outcome import Outcome, outcome
from kotsukotsu.ledger.checks.place import months_label, where
from kotsukotsu.ledger.checks.view import View
from kotsukotsu.ledger.states import State, by_month, combined
from kotsukotsu.periods import FiscalYear, Month

QUIET = ("zero", "not_occurring")
States = Mapping[int, State]


class MonthDays(NamedTuple):
    """A month by its running number, with its first day and the first day after it."""

    number: int
    start: date
    end: date


def check(view: View) -> Outcome:
    """C-01 a month without a quantity; C-02 the same where the two years before had no use in that month.

    A series (facility, item, meter) with rows in this or the previous fiscal year owes every month that lies
    within the facility's opening and closing (of a vehicle, within its service) and before this month. A series given
    as whole years owes them when the year is over. An empty quantity is missing; "not occurring" is not.
    """
    if view.broken:
        return outcome("missing_months", (), view.unready)
    found = (one for key, entries in view.by_series.items() for one in _series(view, key, entries))
    return outcome("missing_months", found, None if view.entries else view.unready)


def _series(view: View, key: SeriesKey, entries: Sequence[Entry]) -> Iterator[Finding]:
    stock = view.is_stock(key[1])
    pieces = [(entry.start, entry.end, entry.state) for entry in entries]
    states: States = _whole_years(entries) if stock else by_month(pieces)
    for year in view.fiscal_years:
        empty = [month for month in _months(year) if states.get(month.number, "missing") == "missing"]
        if empty and _alive(states, year) and not _due_later(view, entries, year, stock=stock):
            owed = [month.number for month in empty if _owed(view, key, month)]
            for code, first, last in _runs(states, owed, year):
                yield _finding(view, code, key, entries, (first, last), year)


@lru_cache(maxsize=256)
def _months(year: FiscalYear) -> tuple[MonthDays, ...]:
    return tuple(MonthDays(month.index, month.start, month.end) for month in year.months())


def _whole_years(entries: Sequence[Entry]) -> States:
    said: dict[int, list[State]] = {}
    for entry in entries:
        said.setdefault(entry.fy, []).append(entry.state)
    return {month.index: combined(said[fy]) for fy in said for month in FiscalYear(fy).months()}


def _alive(states: States, year: FiscalYear) -> bool:
    first = Month.of(year.start).index
    return any(states.get(index, "not_occurring") != "not_occurring" for index in range(first - 12, first + 12))


def _due_later(view: View, entries: Sequence[Entry], year: FiscalYear, *, stock: bool) -> bool:
    """Whether the series comes as whole years and this one is not over."""
    if view.today >= year.end or any(entry.fy == year.number for entry in entries):
        return False
    before = [entry for entry in entries if entry.fy == year.number - 1]
    return bool(before) and (stock or all(entry.last - entry.first == 11 for entry in before))


def _owed(view: View, key: SeriesKey, month: MonthDays) -> bool:
    row, vehicle = view.facilities.get(key[0], {}), view.vehicles.get(key[2], {})
    opened, closed = row.get("opened_on") or date.min, row.get("closed_on") or date.max
    acquired, disposed = vehicle.get("acquired_on") or date.min, vehicle.get("disposed_on") or date.max
    in_service = acquired <= month.start and month.end <= disposed
    return month.end <= view.today and opened <= month.start and month.end <= closed and in_service


def _runs(states: States, owed: Sequence[int], year: FiscalYear) -> Iterator[tuple[str, int, int]]:
    run: tuple[str, int, int] | None = None
    for index in owed:
        code = "C-02" if _seasonal(states, index, year) else "C-01"
        if run and run[0] == code and run[2] == index - 1:
            run = (code, run[1], index)
            continue
        if run:
            yield run
        run = (code, index, index)
    if run:
        yield run


def _seasonal(states: States, index: int, year: FiscalYear) -> bool:
    first = Month.of(year.start).index
    known = any(states.get(before, "missing") != "missing" for before in range(first - 24, first))
    return index not in states and known and all(states.get(index - back, "zero") in QUIET for back in (12, 24))


def _finding(
    view: View, code: str, key: SeriesKey, entries: Sequence[Entry], run: tuple[int, int], year: FiscalYear
) -> Finding:
    facility, item, meter = key
    first, last = run
    blank = [e.id for e in entries if e.state == "missing" and e.first <= last and first <= e.last]
    months = months_label(first, last)
    data = {
        "facility_id": facility,
        "item": item,
        "meter_id": meter,
        "fy": year.number,
        "month": str(Month.at(first)),
        "until": str(Month.at(last)),
        "activity_id": ", ".join(blank),
        "months": months,
        "count": last - first + 1,
    }
    return Finding(code, where(view, facility, item, months, blank, meter), data)

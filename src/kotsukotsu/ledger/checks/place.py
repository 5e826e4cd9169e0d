"""Places and periods in the words of the office."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from kotsukotsu import texts
from kotsukotsu.ledger.checks.entry import Entry
from kotsukotsu.ledger.checks.view import View
from kotsukotsu.periods import FiscalYear, Month, last_day


def month_label(index: int) -> str:
    """A month by its running number: 2025年7月."""
    month = Month.at(index)
    return texts.label("CW-02", year=month.year, month=month.month)


def months_label(first: int, last: int) -> str:
    """A run of months: 2025年7月～2025年9月."""
    if first == last:
        return month_label(first)
    return texts.label("CW-03", first=month_label(first), last=month_label(last))


def period_label(start: date, end: date) -> str:
    """A half-open period: a month, a run of months, a fiscal year, or its first and last day."""
    year = FiscalYear.of(start)
    if (start, end) == (year.start, year.end):
        return year.label()
    if start.day == end.day == 1:
        return months_label(Month.of(start).index, Month.of(last_day(end)).index)
    return texts.label("CW-03", first=start.isoformat(), last=last_day(end).isoformat())


def where(view: View, facility: str, item: str, when: str = "", ids: Iterable[str] = (), meter: str = "") -> str:
    """A place in the ledger: 中央小学校 電気 2025年7月（A0012）; 公用車 v47 ごみ収集車 軽油 2025年7月."""
    own = (view.vehicles.get(meter) or {}).get("note") or "" if meter else ""
    known = (view.facility_name(facility) if facility else "", meter, own, view.item_name(item) if item else "")
    names = (*known, when)
    place = " ".join(name for name in names if name)
    listed = ", ".join(ids)
    return texts.label("CW-01", place=place, ids=listed) if listed else place


def of_entry(view: View, entry: Entry) -> str:
    """The place of one row."""
    return where(view, entry.facility, entry.item, period_label(entry.start, entry.end), [entry.id])


def key_data(entry: Entry) -> dict[str, object]:
    """What finds a row again."""
    return {
        "facility_id": entry.facility,
        "item": entry.item,
        "meter_id": entry.meter,
        "fy": entry.fy,
        "month": str(Month.at(entry.last)),
        "activity_id": entry.id,
    }

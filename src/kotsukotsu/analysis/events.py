"""What happened to a facility between two years: opened, closed, merged, moved, or given to another department.

The first four come from its dates and its note, the last from the register of departments.

The rule, in this order:

1. A facility whose ``opened_on`` or ``closed_on`` lies between the first day of the earlier year and the last day of
   the later one was not open throughout: its whole change is the event's. The event is merged or moved where the
   note says so (``event_words.csv``), else opened or closed. This is the complement of the inventory's like for like.
2. Where a department is looked at, a facility that belonged to it in one of the two years only was transferred: its
   whole change is the event's.
3. A facility with rows in one of the two years only, and no such date, is taken as opened or closed too; a finding
   says that the date is missing.
4. A facility open throughout whose note names a day between the two years (2017-04-01) together with such a word took
   over another one, or moved: the effect of its amount is the event's, mix and factors keep their own.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from kotsukotsu.analysis.decomposition import CLOSED, OPENED, TRANSFERRED
from kotsukotsu.periods import FiscalYear
from kotsukotsu.schema import Row

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Event:
    """What happened to a facility.

    Attributes
    ----------
    effect : str
        ``opened``, ``closed``, ``merged``, ``moved`` or ``transferred``.
    is_whole : bool
        Whether the facility's whole change is the event's, or only the effect of the amount.
    day : date or None
        None where only the rows tell, and of a transfer.
    """

    effect: str
    is_whole: bool
    day: date | None


def event_of(
    facility: Row | None, one: int, other: int, *, has_before: bool, has_after: bool, is_transferred: bool = False
) -> Event | None:
    """The event of a facility between two fiscal years, if any.

    Parameters
    ----------
    facility : row or None
        Of the table ``facilities``; None where the rows name a facility that is not in it.
    one, other : int
        The two fiscal years, in any order.
    has_before, has_after : bool
        Whether the facility has emissions in the earlier and in the later year.
    is_transferred : bool
        Whether it belongs to the department that is looked at in one of the two years only.

    Examples
    --------
    >>> school = {"opened_on": None, "closed_on": date(2017, 4, 1), "note": "根気川小学校に統合"}
    >>> event_of(school, 2013, 2024, has_before=True, has_after=False)
    Event(effect='merged', is_whole=True, day=datetime.date(2017, 4, 1))
    >>> event_of(school, 2018, 2024, has_before=False, has_after=False)
    """
    first, last = FiscalYear(min(one, other)).start, FiscalYear(max(one, other)).end
    note = (facility["note"] or "") if facility else ""
    by_dates = _by_dates(facility, first, last, note) if facility else None
    if by_dates:
        return by_dates
    if is_transferred:
        return Event(TRANSFERRED, is_whole=True, day=None)
    if has_before != has_after:
        return Event(CLOSED if has_before else OPENED, is_whole=True, day=None)
    return _by_note(note, first, last)


def _by_dates(facility: Row, first: date, last: date, note: str) -> Event | None:
    for column, effect in (("closed_on", CLOSED), ("opened_on", OPENED)):
        day = facility[column]
        if day and first < day < last:
            return Event(_named(note) or effect, is_whole=True, day=day)
    return None


def _by_note(note: str, first: date, last: date) -> Event | None:
    effect = _named(note)
    days = [date.fromisoformat(found) for found in _DAY.findall(note)]
    inside = [day for day in days if first < day < last]
    return Event(effect, is_whole=False, day=inside[0]) if effect and inside else None


def _named(note: str) -> str:
    return next((effect for word, effect in _words() if word in note), "")


@cache
def _words() -> tuple[tuple[str, str], ...]:
    with (Path(__file__).parent / "event_words.csv").open(encoding="utf-8", newline="") as file:
        return tuple((row["word"], row["event"]) for row in csv.DictReader(file))

"""The periods for which a row is owed and no quantity is on file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from kotsukotsu.findings import Finding
from kotsukotsu.ledger.checks import missing_months
from kotsukotsu.ledger.checks.entry import Entry
from kotsukotsu.ledger.checks.view import View
from kotsukotsu.ledger.states import months_of
from kotsukotsu.periods import FiscalYear, Month

MISSING = "C-01"
STOCK, SEVERAL_USES = "WE-70", "WE-71"
# A reading day wanders by some days; further away a bill belongs to another month.
NEAR = timedelta(days=15)


@dataclass(frozen=True, slots=True)
class Gap:
    """A half-open period without a quantity, of one facility, item, meter and use.

    Attributes
    ----------
    entries : tuple of Entry
        Everything on file for the facility, item and meter.
    replaces : str or None
        The row that stands there without a quantity.
    """

    facility: str
    item: str
    meter: str
    use: str
    start: date
    end: date
    entries: tuple[Entry, ...]
    replaces: str | None = None

    @property
    def slot(self) -> tuple[int, int]:
        """Calendar month of the last day and further months covered, as in `ledger.checks.history`."""
        months = months_of(self.start, self.end)
        return months[-1] % 12, len(months) - 1

    @property
    def fy(self) -> int:
        """Fiscal year of the last day."""
        return FiscalYear.of(self.end - timedelta(days=1)).number


def gaps(view: View) -> tuple[list[Gap], list[Finding]]:
    """The missing months (C-01) of the years that the view looks at, as periods.

    Months that look seasonal (C-02) are not among them: there was probably no use.

    Returns
    -------
    list of Gap
        In the order of the check.
    list of Finding
        WE-70 an item given once a year, WE-71 a meter with several uses of a fuel: neither is estimated.
    """
    found: dict[tuple[str, str, str, date, date], Gap] = {}
    findings: list[Finding] = []
    for missing in missing_months.check(view).findings:
        if missing.code != MISSING:
            continue
        key = tuple(str(missing.data[name]) for name in ("facility_id", "item", "meter_id"))
        entries = [one for one in view.by_series[key[0], key[1], key[2]] if not one.withdrawn]
        uses = {entry.use for entry in entries}
        if view.is_stock(key[1]) or len(uses) != 1:
            code = STOCK if view.is_stock(key[1]) else SEVERAL_USES
            findings.append(Finding(code, missing.where, {"months": missing.data["months"]}))
            continue
        run = _index(str(missing.data["month"])), _index(str(missing.data["until"]))
        for start, end, replaces in _pieces(entries, run):
            place = key[0], key[1], key[2]
            found.setdefault((*place, start, end), Gap(*place, uses.copy().pop(), start, end, tuple(entries), replaces))
    return list(found.values()), findings


def _index(month: str) -> int:
    return Month.of(date.fromisoformat(f"{month}-01")).index


def _pieces(entries: Sequence[Entry], run: tuple[int, int]) -> Iterator[tuple[date, date, str | None]]:
    """A piece for each month of the run, between the days on which this meter is read."""
    blanks = [entry for entry in entries if entry.state == "missing"]
    cuts = _cuts([entry for entry in entries if entry.state != "missing"], run)
    for start, end in pairwise(cuts):
        standing = [blank for blank in blanks if blank.start < end and start < blank.end]
        if not standing and start < end:
            yield start, end, None
        for blank in standing:
            yield blank.start, blank.end, blank.id


def _cuts(entries: Iterable[Entry], run: tuple[int, int]) -> list[date]:
    known = list(entries)
    before = max((entry.end for entry in known if entry.last < run[0]), default=None)
    after = min((entry.start for entry in known if entry.first > run[1]), default=None)
    day = (before or after or date.min).day
    cuts = [_reading(index, day) for index in range(run[0] - 1, run[1] + 1)]
    if after and abs(after - cuts[-1]) <= NEAR:
        cuts[-1] = after
    return cuts


def _reading(index: int, day: int) -> date:
    """The end of the period that answers for a month: its reading day, or the first of the next month."""
    month = Month.at(index)
    return month.end if day == 1 else min(month.start + timedelta(days=day - 1), month.end)

"""How far sheets have come: which months of which lines say something, and which still must."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from kotsukotsu.ledger.states import months_of
from kotsukotsu.periods import LONG_DAYS, FiscalYear, Month
from kotsukotsu.web.entries import ledger, presence, sheets
from kotsukotsu.web.entries.grid import Key
from kotsukotsu.web.entries.models import Asked, Sheet


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a line of a sheet has come.

    Attributes
    ----------
    said, owed : frozenset of int
        Running numbers of the months that say something, and of those that must; a count of the year has none.
    row : int
        Its place in the grid, from 1; 0 where it stands elsewhere.
    """

    key: Key
    said: frozenset[int]
    owed: frozenset[int]
    is_yearly: bool
    row: int

    @property
    def missing(self) -> list[Month]:
        """Months that still must say something."""
        return [Month.at(index) for index in sorted(self.owed - self.said)]

    @property
    def wanted(self) -> int:
        """How many months must say something or do; a count of the year is asked for twelve."""
        return 12 if self.is_yearly else len(self.owed | self.said)


def progress(of: Iterable[Sheet]) -> Mapping[int, tuple[int, int]]:
    """Months that say something, and months asked for, of each sheet."""
    return {pk: counted(lines) for pk, lines in lines_of(of).items()}


def counted(lines: Iterable[Standing]) -> tuple[int, int]:
    """Months that say something, and months asked for, of some lines."""
    listed = list(lines)
    return sum(len(line.said) for line in listed), sum(line.wanted for line in listed)


def lines_of(of: Iterable[Sheet]) -> Mapping[int, list[Standing]]:
    """How far the lines of each sheet have come; in five queries however many there are."""
    listed = list(of)
    if not listed:
        return {}
    facilities = [sheet.facility_id for sheet in listed]
    known = presence.spans(facilities)
    lines: dict[tuple[str, int, str, str, str], int] = {}
    by_pk = {sheet.pk: sheet for sheet in listed}
    asked = Asked.objects.filter(sheet__in=listed).order_by("id")
    for pk, item, meter, use in asked.values_list("sheet_id", "item", "meter_id", "use"):
        lines[by_pk[pk].facility_id, by_pk[pk].fiscal_year, item, meter, use] = pk
    said: dict[tuple[str, int, str, str, str], set[int]] = {place: set() for place in lines}
    for year in {sheet.fiscal_year for sheet in listed}:
        for cell in _said(facilities, FiscalYear(year)):
            if (place := (cell[0], year, *cell[1:4])) in said:
                said[place].update(cell[4])
    found: dict[int, list[Standing]] = {pk: [] for pk in by_pk}
    for place, pk in lines.items():
        facility, year, item, meter, use = place
        yearly = sheets.is_stock(item)
        elsewhere = yearly or (meter and (facility, meter) in known)
        row = 0 if elsewhere else 1 + sum(bool(one.row) for one in found[pk])
        owed = frozenset[int]() if yearly else presence.owed_by(known, year, facility, meter)
        found[pk].append(Standing((item, meter, use), frozenset(said[place]), owed, yearly, row))
    return found


def _said(facilities: list[str], year: FiscalYear) -> Iterable[tuple[str, str, str, str, range]]:
    """Facility, item, meter, use and months of the rows that say something in a year."""
    found = ledger.counting().filter(facility_id__in=facilities, end__gt=year.start, end__lte=year.end)
    spoken = found.exclude(quantity=None, basis__in=("measured", "estimated"))
    for one in spoken.values_list("facility_id", "item", "meter_id", "use", "start", "end"):
        yield one[0], one[1], one[2] or "", one[3] or "", _within(one[4], one[5], year)


def _within(start: date, end: date, year: FiscalYear) -> range:
    """Months of a year that a row's period answers for (running numbers)."""
    months = months_of(max(start, year.start), min(end, year.end))
    return months if (end - start).days > LONG_DAYS else months[-1:]

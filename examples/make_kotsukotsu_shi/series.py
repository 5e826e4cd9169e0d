"""What each facility uses: one series for a facility and an item, over the months it has it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache

from examples.make_kotsukotsu_shi.chance import between, dice
from examples.make_kotsukotsu_shi.facilities import Facility, facilities
from examples.make_kotsukotsu_shi.tables import Line, day, earliest, latest, lines
from kotsukotsu.periods import FiscalYear

FIRST, LAST = FiscalYear(2013), FiscalYear(2025)


@dataclass(frozen=True, slots=True)
class Series:
    """A facility's use of an item; `annual` is the first year's quantity before trend. [unit of the item]"""

    facility: Facility
    item: str
    shape: Line
    annual: Decimal
    start: date
    end: date

    @property
    def yearly(self) -> bool:
        """Whether it is reported once a year."""
        return self.shape["yearly"] == "yes"


@cache
def all_series() -> tuple[Series, ...]:
    """Every series, by facility and then in the order of the table."""
    return tuple(series for facility in facilities() for series in _of(facility))


def _of(facility: Facility) -> Iterator[Series]:
    for shape in lines("kind_items"):
        chosen = int(shape["pick_from"]) <= facility.position < int(shape["pick_to"])
        if shape["kind"] != facility.kind["kind"] or not chosen:
            continue
        start = latest(FIRST.start, facility.opened, day(shape["from"]))
        end = earliest(LAST.end, facility.closed, day(shape["to"]))
        if start and end and start < end:
            yield Series(facility, shape["item"], shape, _annual(facility, shape), start, end)


def _annual(facility: Facility, shape: Line) -> Decimal:
    drawn = between(dice(facility.name, shape["item"], "annual"), Decimal(shape["low"]), Decimal(shape["high"]))
    return drawn * (facility.area or 0) if shape["per"] == "m2" else drawn

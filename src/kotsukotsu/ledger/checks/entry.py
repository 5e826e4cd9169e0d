"""One row of the ledger as the checks ask of it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from operator import attrgetter
from typing import NamedTuple

from kotsukotsu import units
from kotsukotsu.ledger.states import State, months_of, state
from kotsukotsu.periods import Month
from kotsukotsu.schema import Row

SeriesKey = tuple[str, str, str]
BillKey = tuple[str, str, str, str]


class Entry(NamedTuple):
    """A row that counts, with what the checks ask of it again and again.

    `first` and `last` are months (`Month.index`), `fy` is the fiscal year of the last day. `amount` is the
    quantity in the base unit of its `dimension`, for comparisons only; None if it is missing or its unit is
    unknown.
    """

    row: Row
    id: str
    facility: str
    item: str
    meter: str
    use: str
    start: date
    end: date
    first: int
    last: int
    fy: int
    state: State
    amount: float | None
    dimension: str

    @property
    def series(self) -> SeriesKey:
        """Facility, item and meter."""
        return self.facility, self.item, self.meter

    @property
    def bill(self) -> BillKey:
        """Facility, item, meter and use."""
        return self.facility, self.item, self.meter, self.use

    @property
    def withdrawn(self) -> bool:
        """Whether the row takes back one that was entered by mistake."""
        return self.state == "not_occurring" and bool(self.row.get("replaces"))


# The order of entries is the same in whatever order their rows came.
IN_ORDER = attrgetter("start", "end", "id")


def entry_of(row: Row) -> Entry:
    """The entry of a row whose period holds a day."""
    start, end, quantity = row["start"], row["end"], row["quantity"]
    first, last, fy = _months(start, end)
    ratio, dimension = _measure(row["unit"])
    return Entry(
        row,
        row["activity_id"],
        row["facility_id"],
        row["item"],
        row.get("meter_id") or "",
        row.get("use") or "",
        start,
        end,
        first,
        last,
        fy,
        state(row),
        _amount(quantity, ratio),
        dimension,
    )


@lru_cache(maxsize=1 << 14)
def _months(start: date, end: date) -> tuple[int, int, int]:
    months = months_of(start, end)
    return months[0], months[-1], Month.at(months[-1]).fiscal_year.number


def _amount(quantity: Decimal | None, ratio: float | None) -> float | None:
    return None if quantity is None or ratio is None else float(quantity) * ratio


@cache
def _measure(unit: str) -> tuple[float | None, str]:
    if not units.is_known(unit):
        return None, ""
    known = units.find(unit)
    return float(known.ratio), known.dimension

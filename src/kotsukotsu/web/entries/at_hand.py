"""Rows of the lines that people type into, at hand between two saves.

The ledger is only ever added to, and whoever asks here has taken their turn (`posting.lock`): nobody adds to it
meanwhile, nor asks here. So what was read stays true, and only the rows behind it are asked for. Where the last row
that was read does not stand there any more, in a database that was put back, everything is read anew.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from kotsukotsu.periods import FiscalYear
from kotsukotsu.schema import Row
from kotsukotsu.web.entries import ledger
from kotsukotsu.web.entries.models import Activity, Sheet
from kotsukotsu.web.entries.sheets import PAST
from kotsukotsu.web.municipalities import tables
from kotsukotsu.web.municipalities.models import Municipality

KEPT = 256  # places
BEHIND = 200  # rows behind what was read, of which reading everything anew is less work
LAST = "1 = 1 ORDER BY t.id DESC LIMIT 1"
SINCE = f"t.id >= %s ORDER BY t.id LIMIT {BEHIND}"


@dataclass(frozen=True, slots=True)
class _Place:
    """Rows of some items of a facility whose last day lies within some years."""

    facility_id: str
    items: tuple[str, ...]
    start: date
    end: date

    def has(self, row: Row) -> bool:
        """Whether a row is one of them."""
        is_own = row["facility_id"] == self.facility_id and row["item"] in self.items
        return bool(is_own and self.start < row["end"] <= self.end)


@dataclass(slots=True)
class _AtHand:
    """What has been read of a city up to a row; rows by their `activity_id`, those of equal periods in their order."""

    city: UUID | None = None
    last: tuple[int, Row] | None = None
    places: OrderedDict[_Place, dict[str, Row]] = field(default_factory=OrderedDict)

    def catch_up(self, now: Municipality) -> None:
        """Read what is behind, or put all away."""
        since = tables.numbered(Activity.table, SINCE, [self.last[0]]) if self.last and self.city == now.key else []
        if not since or since[0] != self.last or len(since) == BEHIND:
            self.places.clear()
            self.city, self.last = now.key, next(iter(tables.numbered(Activity.table, LAST, ())), None)
            return
        for _, row in since[1:]:
            self._add(row)
        self.last = since[-1]

    def _add(self, row: Row) -> None:
        for place, rows in self.places.items():
            rows.pop(row["replaces"], None)
            if place.has(row):
                rows[row["activity_id"]] = row


_at_hand = _AtHand()


def rows_beside(turn: Municipality, sheet: Sheet, items: Iterable[str]) -> list[Row]:
    """As `sheets.rows_beside`, within the transaction of whoever has taken their turn; nobody changes the rows."""
    _at_hand.catch_up(turn)
    years = FiscalYear(sheet.fiscal_year - PAST), FiscalYear(sheet.fiscal_year)
    place, places = _Place(sheet.facility_id, tuple(sorted(items)), years[0].start, years[1].end), _at_hand.places
    if place not in places:
        rows = ledger.of_years(sheet.facility_id, years[0].number, years[1].number, place.items)
        places[place] = {row["activity_id"]: row for row in rows}
        while len(places) > KEPT:
            places.popitem(last=False)
    places.move_to_end(place)
    return sorted(places[place].values(), key=lambda row: (row["start"], row["end"]))

"""What the checks look at: a city, its rows that count, and the facts they need, grouped once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from kotsukotsu import texts
from kotsukotsu.findings import Finding
from kotsukotsu.ledger import chain
from kotsukotsu.ledger.checks.entry import IN_ORDER, BillKey, Entry, SeriesKey, entry_of
from kotsukotsu.ledger.checks.history import History, history
from kotsukotsu.ledger.current import counting
from kotsukotsu.ledger.items import ItemFacts
from kotsukotsu.periods import FiscalYear
from kotsukotsu.schema import Row
from kotsukotsu.schema.city import City


@dataclass(frozen=True)
class View:
    """A city as the checks see it.

    Attributes
    ----------
    city : City
        All tables.
    posted : sequence of Row
        The whole ledger.
    broken : sequence of Finding
        Faults of its chains of corrections; if there are any, no row counts.
    rows : sequence of Row
        The rows that count.
    items : mapping
        Item code to its facts.
    fiscal_years : tuple of FiscalYear
        The years to look at, in order.
    today : date
        Months before today's are due.
    """

    city: City
    posted: Sequence[Row]
    broken: Sequence[Finding]
    rows: Sequence[Row]
    items: Mapping[str, ItemFacts]
    fiscal_years: tuple[FiscalYear, ...]
    today: date

    @cached_property
    def entries(self) -> list[Entry]:
        """Rows that count, by their first day; one whose period holds no day is a finding of its own."""
        return sorted((entry_of(row) for row in self.rows if row["end"] > row["start"]), key=IN_ORDER)

    @cached_property
    def facilities(self) -> dict[str, Row]:
        """Facilities by their id."""
        return {row["facility_id"]: row for row in self.city.table("facilities")}

    @cached_property
    def vehicles(self) -> dict[str, Row]:
        """Vehicles by their id; a row of one names it as its meter."""
        return {row["vehicle_id"]: row for row in self.city.table("vehicles")}

    @cached_property
    def years(self) -> frozenset[int]:
        """Numbers of the years to look at."""
        return frozenset(year.number for year in self.fiscal_years)

    @cached_property
    def looked_at(self) -> list[Entry]:
        """Entries whose last day lies in a year to look at."""
        return [entry for entry in self.entries if entry.fy in self.years]

    @cached_property
    def by_series(self) -> dict[SeriesKey, list[Entry]]:
        """All entries by facility, item and meter, by their first day."""
        found: dict[SeriesKey, list[Entry]] = {}
        for entry in self.entries:
            found.setdefault(entry.series, []).append(entry)
        return found

    @cached_property
    def by_bill(self) -> dict[BillKey, list[Entry]]:
        """All entries by facility, item, meter and use, by their first day."""
        found: dict[BillKey, list[Entry]] = {}
        for entry in self.entries:
            found.setdefault(entry.bill, []).append(entry)
        return found

    @cached_property
    def _explained(self) -> frozenset[tuple[str, str, int]]:
        table = self.city.table("explanations")
        return frozenset((r.get("facility_id") or "", r.get("item") or "", r["fiscal_year"]) for r in table)

    def explained(self, facility: str, item: str, fy: int) -> bool:
        """Whether explanations.csv speaks of the cell; an empty facility or item means all of them."""
        return any((f, i, fy) in self._explained for f in (facility, "") for i in (item, ""))

    def table(self, name: str) -> Sequence[Row]:
        """Rows of a table: of the ledger those that count, of ``factors`` the city's own."""
        if name == "activities":
            return self.rows
        return self.city.factors if name == "factors" else self.city.table(name)

    def facility_name(self, facility: str) -> str:
        """Its name; its id if it is unknown."""
        return str(self.facilities[facility]["name"]) if facility in self.facilities else facility

    def item_name(self, item: str) -> str:
        """Its name; its code if it is unknown."""
        return self.items[item].name if item in self.items else item

    def is_stock(self, item: str) -> bool:
        """Whether the item is given once per fiscal year."""
        return item in self.items and self.items[item].measure == "stock"

    @cached_property
    def contracts(self) -> dict[tuple[str, str], list[Row]]:
        """Supply contracts by facility and item."""
        found: dict[tuple[str, str], list[Row]] = {}
        for row in self.city.table("supplies"):
            found.setdefault((row["facility_id"], row["item"]), []).append(row)
        return found

    @cached_property
    def history(self) -> History:
        """Values far from those of other years."""
        return history(self.by_bill.values(), self.years)

    @cached_property
    def unready(self) -> Finding | None:
        """Why no check of rows can run: C-91 broken chains of corrections, C-92 no row in the years."""
        if self.broken:
            return Finding("C-91", "activities.csv", {"count": len(self.broken)})
        if not self.looked_at:
            years = "・".join(year.label() for year in self.fiscal_years) or texts.none()
            return Finding("C-92", "activities.csv", {"years": years})
        return None


def view_of(
    city: City,
    items: Iterable[ItemFacts],
    *,
    fiscal_years: Iterable[FiscalYear],
    today: date,
    moment: datetime | None = None,
) -> View:
    """The view of a city's ledger as it stood at a moment.

    Raises
    ------
    LedgerError
        LG-02, LG-03 a moment without a time zone. Broken chains of corrections are findings here, not errors.
    """
    posted = city.table("activities")
    broken = tuple(chain.faults(posted))
    rows = [] if broken else counting(posted, moment)
    facts = {facts.item: facts for facts in items}
    return View(city, posted, broken, rows, facts, tuple(sorted(fiscal_years)), today)

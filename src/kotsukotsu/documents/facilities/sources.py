"""What the sheets of facilities are made from, each part looked up once for all of them."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from kotsukotsu.accounting.inventory import Inventory, InventoryRow
from kotsukotsu.analysis.intensity import Intensity
from kotsukotsu.analysis.report import Report
from kotsukotsu.analysis.words import Sentence
from kotsukotsu.documents.facilities.model import Cost
from kotsukotsu.documents.groups import OTHER, chart_group
from kotsukotsu.documents.model import Names, Overview
from kotsukotsu.schema import Row
from kotsukotsu.schema.city import City

Costs = Mapping[tuple[int, str, str], Cost]  # fiscal year, facility, item
MONTHLY = 3  # years whose months stand beside each other


@dataclass(frozen=True, slots=True)
class Sources:
    """Everything known of the facilities of a city.

    Parameters
    ----------
    found : Overview
        Of the year that the sheets are of.
    results, monthly : mapping
        Fiscal year to its inventory, and to one that keeps the months apart (`months_shown`).
    since_base, since_last : Report
        Analysis of the year against the base year and against the year before; the latter None in the first year.
    """

    found: Overview
    results: Mapping[int, Inventory]
    monthly: Mapping[int, Inventory]
    since_base: Report
    since_last: Report | None
    costs: Costs
    names: Names
    rows: Mapping[int, Mapping[tuple[str, str], InventoryRow]] = field(init=False)
    months: Mapping[int, Mapping[str, Mapping[str, Decimal]]] = field(init=False)
    intensities: Mapping[str, Intensity] = field(init=False)

    def __post_init__(self) -> None:
        by_item = {
            fy: {(row.keys["facility"], row.keys["item"]): row for row in result.rows(("facility", "item"))}
            for fy, result in self.results.items()
        }
        object.__setattr__(self, "rows", by_item)
        object.__setattr__(self, "months", {fy: _months(result) for fy, result in self.monthly.items()})
        object.__setattr__(self, "intensities", {one.facility: one for one in self.since_base.intensity})

    @property
    def month_years(self) -> tuple[int, ...]:
        """Years whose months are shown, the newest first."""
        return tuple(sorted(self.monthly, reverse=True))

    @property
    def fy(self) -> int:
        """The year that the sheets are of."""
        return self.found.year.fy

    @property
    def city(self) -> City:
        """The city's tables."""
        return self.results[self.fy].city

    def items_of(self, facility: str) -> list[str]:
        """Items that a facility had in the year or the year before, in the catalogue's order."""
        items = self.results[self.fy].law.catalogue.items
        found = {item for fy in (self.fy, self.fy - 1) for (place, item) in self.rows.get(fy, {}) if place == facility}
        return sorted(found, key=lambda item: items[item].order)

    def group_of(self, item: str) -> str:
        """The chart group of an item, among those that are drawn apart."""
        group = chart_group(self.results[self.fy].law.catalogue.items[item])
        return group if group in self.found.groups_named else OTHER

    def of(self, table: str, facility: str) -> list[Row]:
        """Rows of one of the city's tables that speak of a facility."""
        return [row for row in self.city.table(table) if row["facility_id"] == facility]

    def sentences(self, facility: str) -> tuple[str, ...]:
        """What the analysis says: since the year before, then since the base year."""
        told: list[Sentence] = []
        for report in (self.since_last, self.since_base):
            told += report.facility_sentences.get(facility, []) if report else []
        return tuple(dict.fromkeys(sentence.text for sentence in told))


def months_shown(fy: int, known: Container[int]) -> list[int]:
    """The years, of those known, whose months a sheet of a year shows."""
    return [year for year in range(fy - MONTHLY + 1, fy + 1) if year in known]


def _months(result: Inventory) -> dict[str, dict[str, Decimal]]:
    found: dict[str, dict[str, Decimal]] = {}
    for row in result.rows(("facility", "month")):
        found.setdefault(row.keys["facility"], {})[row.keys["month"]] = row.tonnes_co2e
    return found

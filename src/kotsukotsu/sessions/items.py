"""What the ledger needs to know of the catalogue's items."""

from __future__ import annotations

from typing import cast

from kotsukotsu.catalogue.model import Catalogue
from kotsukotsu.ledger.items import ItemFacts, Measure


def item_facts(catalogue: Catalogue) -> tuple[ItemFacts, ...]:
    """Facts of every item, in the order of the catalogue."""
    conversions = catalogue.conversions
    return tuple(
        ItemFacts(
            item.item, item.name, item.unit, cast("Measure", item.measure), item.counts == "emission",
            frozenset(row.from_unit for row in conversions if row.item == item.item),
        )
        for item in catalogue.items.values()
    )  # fmt: skip

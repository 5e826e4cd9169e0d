"""What is asked of an item's rows, from ``traits.csv``: a contract, a use, a composition."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path


@cache
def having(trait: str) -> frozenset[str]:
    """The items with a trait.

    >>> sorted(having("contract_advised"))
    ['city_gas', 'heat']
    """
    with (Path(__file__).parent / "traits.csv").open(encoding="utf-8", newline="") as file:
        return frozenset(row["item"] for row in csv.DictReader(file) if row["trait"] == trait)

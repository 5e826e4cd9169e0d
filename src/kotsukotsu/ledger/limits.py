"""The numbers on which checks decide, from ``limits.csv``."""

from __future__ import annotations

import csv
from decimal import Decimal
from functools import cache
from pathlib import Path


@cache
def _table() -> dict[str, Decimal]:
    with (Path(__file__).parent / "limits.csv").open(encoding="utf-8", newline="") as file:
        return {row["limit"]: Decimal(row["value"]) for row in csv.DictReader(file)}


def limit(name: str) -> Decimal:
    """A limit by its name, in the unit that the table gives.

    >>> limit("bill_days")
    Decimal('70')
    """
    return _table()[name]

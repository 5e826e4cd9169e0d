"""The numbers on which the analysis of weather and of unusual values decides, from ``weather_limits.csv``."""

from __future__ import annotations

import csv
from decimal import Decimal
from functools import cache
from pathlib import Path


@cache
def _table() -> dict[str, Decimal]:
    with (Path(__file__).parent / "weather_limits.csv").open(encoding="utf-8", newline="") as file:
        return {row["limit"]: Decimal(row["value"]) for row in csv.DictReader(file)}


def limit(name: str) -> Decimal:
    """A limit by its name, in the unit that the table gives.

    >>> limit("periods_least")
    Decimal('9')
    """
    return _table()[name]

"""The expected factor of electricity, as data with its source."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

from kotsukotsu import units
from kotsukotsu.accounting import exact

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class GridPoint:
    """The factor that is expected for one fiscal year. [t-CO2e/kWh]"""

    fy: int
    factor: Decimal
    source: str
    status: str


@cache
def expected_grid() -> GridPoint:
    """The shipped expectation, the last of the table."""
    with (DATA / "grid_path.csv").open(encoding="utf-8", newline="") as file:
        row = list(csv.DictReader(file))[-1]
    per = row["unit"].removeprefix("t/")
    factor = exact.exact_quotient(Decimal(row["factor"]), units.ratio(per, "kWh"))
    return GridPoint(int(row["fy"]), factor, row["source"], row["status"])

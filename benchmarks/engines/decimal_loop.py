"""Plain Python: one row after the other, in Decimal."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from pathlib import Path

from benchmarks.engines import rows_in_duckdb
from benchmarks.law import Published


def load(path: Path, factors: list[Published], _source: str):
    connection = rows_in_duckdb.connect(path, "parquet")
    by_contract = defaultdict(list)
    for factor in factors:
        key = (factor.item, factor.supplier, factor.menu, factor.unit)
        by_contract[key].append((factor.start, factor.end, factor.tonnes))
    rows = connection.execute("SELECT facility_id, item, supplier, menu, unit, day, quantity FROM supplied").fetchall()
    return rows, by_contract


def compute(state):
    rows, by_contract = state
    sums = defaultdict(Decimal)
    for facility, item, supplier, menu, unit, day, quantity in rows:
        for start, end, tonnes in by_contract[item, supplier, menu, unit]:
            if start <= day < end:
                sums[facility, item, day.year - (day.month < 4)] += quantity * tonnes
    return sums


def cells(result) -> dict:
    return dict(result)

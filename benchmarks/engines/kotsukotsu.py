"""This engine: exact sums in DuckDB, exact products in Decimal."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from benchmarks.engines import rows_in_duckdb
from benchmarks.law import POLICY, Published, law
from kotsukotsu.accounting.portfolio import emissions
from kotsukotsu.accounting.queries import sql
from kotsukotsu.store import duckdb

THREE = Decimal(3)


def load(path: Path, _factors: list[Published], source: str):
    law()
    return rows_in_duckdb.connect(path, source)


def compute(connection):
    rows = duckdb.run(connection, sql("duckdb", "portfolio_facility"))
    return emissions(rows, law(), lambda _fy: POLICY)


def cells(result) -> dict:
    assert not result.problems, result.problems[:3]
    return {cell: thirds / THREE for cell, thirds in result.thirds["CO2"].items()}

"""This engine: exact sums in DuckDB, exact products on columns of 76 digits."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from benchmarks.engines import rows_in_duckdb
from benchmarks.law import POLICY, Published, law
from kotsukotsu.accounting.portfolio import emissions
from kotsukotsu.accounting.queries import sql

THREE = Decimal(3)


def load(path: Path, _factors: list[Published], source: str):
    law()
    return rows_in_duckdb.connect(path, source)


def compute(connection):
    sums = connection.sql(sql("duckdb", "portfolio_facility")).to_arrow_table()
    return emissions(sums, law(), lambda _fy: POLICY)


def cells(result) -> dict:
    assert not result.problems, result.problems[:3]
    return {cell: thirds / THREE for cell, _, thirds in result.lines()}

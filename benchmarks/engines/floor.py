"""The floor: the bare group-by on the keys that a factor depends on, its result left in columns, and nothing else."""

from __future__ import annotations

from pathlib import Path

from benchmarks.engines import rows_in_duckdb
from benchmarks.law import Published

SQL = """
    SELECT facility_id, item, supplier, menu, unit, (year(day) - (month(day) < 4)::INT)::INT AS fiscal_year,
        sum(quantity)
    FROM supplied GROUP BY ALL
"""


def load(path: Path, _factors: list[Published], source: str):
    return rows_in_duckdb.connect(path, source)


def compute(connection):
    return connection.sql(SQL).to_arrow_table()


def cells(_result) -> dict:
    return {}

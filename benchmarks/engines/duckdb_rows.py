"""DuckDB with the factor joined to every row and multiplied as a decimal, as a warehouse would do it."""

from __future__ import annotations

from pathlib import Path

from benchmarks.engines import rows_in_duckdb
from benchmarks.law import Published

SQL = """
    SELECT facility_id, supplied.item, (year(day) - (month(day) < 4)::INT)::INT AS fiscal_year,
        sum(quantity::DECIMAL(20, 6) * tonnes::DECIMAL(18, 12))
    FROM supplied JOIN factors ON supplied.item = factors.item AND supplied.supplier = factors.supplier
        AND supplied.menu = factors.menu AND supplied.unit = factors.unit AND day >= first AND day < last
    GROUP BY ALL
"""


def load(path: Path, factors: list[Published], source: str):
    connection = rows_in_duckdb.connect(path, source)
    rows_in_duckdb.put_factors(connection, factors)
    return connection


def compute(connection):
    return connection.execute(SQL).fetchall()


def cells(result) -> dict:
    return {(facility, item, fy): tonnes for facility, item, fy, tonnes in result}

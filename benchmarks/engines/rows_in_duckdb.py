"""The rows for the engines in DuckDB: read from Parquet by each query, or copied into memory before."""

from __future__ import annotations

import os
from pathlib import Path

from benchmarks.law import Published
from kotsukotsu.store import duckdb

MEMORY = "3GB"  # of DuckDB's own buffers; Python and results come on top


def connect(path: Path, source: str):
    connection = duckdb.connect()
    connection.execute(f"SET memory_limit = '{os.environ.get('BENCH_MEMORY', MEMORY)}'")
    connection.execute(f"SET temp_directory = '{path.parent / 'tmp'}'")
    if source == "parquet":
        duckdb.view_of_parquet(connection, "supplied", path)
    else:
        connection.execute(f"CREATE TABLE supplied AS FROM read_parquet('{path}')")
    return connection


def put_factors(connection, factors: list[Published]) -> None:
    columns = dict.fromkeys(("item", "supplier", "menu", "unit"), "string")
    columns |= {"first": "date", "last": "date", "tonnes": "decimal(18, 12)"}
    rows = [(f.item, f.supplier, f.menu, f.unit, f.start, f.end, f.tonnes) for f in factors]
    duckdb.put(connection, "factors", columns, rows)

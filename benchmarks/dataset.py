"""Rows for the benchmark: always the same, in the order of time, written to Parquet."""

from __future__ import annotations

from dataclasses import astuple
from pathlib import Path

import duckdb

from benchmarks.law import ITEMS, YEARS, contracts

FOLDER = Path(__file__).parent / "data"
FACILITIES = 1440
QUICK_FACILITIES = 60
PER_BODY = 300


def cells(facilities: int) -> int:
    """Facility x item x fiscal year."""
    return facilities * len(ITEMS) * len(YEARS)


def parquet(rows: int, facilities: int = FACILITIES) -> Path:
    """The file with about `rows` rows, made if it is not there: a whole number of meters and days for each cell."""
    per_cell = max(1, round(rows / cells(facilities)))
    path = FOLDER / f"rows-{facilities}-{per_cell}.parquet"
    if not path.exists():
        FOLDER.mkdir(parents=True, exist_ok=True)
        partial = path.with_suffix(".partial")
        write(partial, select(facilities, per_cell, 0, per_cell * cells(facilities)))
        partial.replace(path)
    return path


def rows_of(path: Path) -> int:
    """Rows of a file."""
    found = duckdb.execute("SELECT count(*) FROM read_parquet(?)", [str(path)]).fetchone()
    return int(found[0]) if found else 0


def write(path: Path, sql: str) -> None:
    """Run the generator into a file."""
    connection = duckdb.connect(config={"memory_limit": "3GB", "temp_directory": str(FOLDER / "tmp")})
    connection.execute("SET enable_progress_bar = false")
    connection.execute(
        "CREATE TABLE contracts (kind INT, item VARCHAR, fy INT, supplier VARCHAR, menu VARCHAR, unit VARCHAR)"
    )
    connection.executemany("INSERT INTO contracts VALUES (?, ?, ?, ?, ?, ?)", [astuple(row) for row in contracts()])
    connection.execute(f"COPY ({sql}) TO '{path}' (FORMAT parquet)")
    connection.close()


def select(facilities: int, per_cell: int, first: int, last: int) -> str:
    """Rows ``[first, last)``: the day moves slowest, the facility fastest; quantities scatter by the row's number.

    A row's class of contract is its facility's number modulo 10. Fuels are burnt in boilers, whose gas is CO2 alone.
    """
    body = f"'B' || lpad((facility // {PER_BODY})::VARCHAR, 4, '0')"
    items = ", ".join(f"'{item}'" for item in ITEMS)
    return f"""
        WITH numbered AS (
            SELECT range AS n, range % {facilities} AS facility, range // {facilities} % {len(ITEMS)} AS item,
                range // {facilities * len(ITEMS)} AS period
            FROM range({first}, {last})
        ), dated AS (
            SELECT n, facility, [{items}][item + 1] AS item, ({YEARS.start} + period // {per_cell})::INT AS fy,
                period % {per_cell} AS part
            FROM numbered
        )
        SELECT {body} AS municipality, {body} || '-' || lpad((facility % {PER_BODY})::VARCHAR, 3, '0') AS facility_id,
            item, supplier, menu, if(item = 'electricity', '', 'boiler') AS use, unit,
            make_date(fy, 4, 1) + (part * 365 // {per_cell})::INT AS day,
            (((n * 2654435761 + 12345) % 4294967296 % 1000000)::DECIMAL(9, 0) * 0.001)::DECIMAL(18, 6) AS quantity
        FROM dated JOIN contracts USING (item, fy) WHERE contracts.kind = facility % 10
    """

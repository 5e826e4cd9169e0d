"""DuckDB in process: the default engine."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb
from platformdirs import user_cache_path

from kotsukotsu.store import folder as city_folder

TYPES = {"string": "VARCHAR", "date": "DATE", "timestamp": "TIMESTAMP", "int32": "INTEGER"}
FORMAT = "1"  # part of the cache's name: a new layout is a new file


def connect() -> duckdb.DuckDBPyConnection:
    """A connection in memory that never reaches for the network."""
    return duckdb.connect(config={"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"})


def type_of(kind: str) -> str:
    """DuckDB's name of a column type."""
    return TYPES.get(kind, kind.upper())


def put(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    columns: Mapping[str, str],
    rows: Iterable[Sequence[Any]],
) -> None:
    """Make a table of rows, in the order of `columns`; a whole column goes in as one list."""
    lists = [list(column) for column in zip(*rows, strict=True)] or [[] for _ in columns]
    selected = ", ".join(f'unnest(?::{type_of(kind)}[]) AS "{column}"' for column, kind in columns.items())
    connection.execute(f'CREATE OR REPLACE TABLE "{name}" AS SELECT {selected}', lists)


def add(connection: duckdb.DuckDBPyConnection, name: str, columns: Mapping[str, str], lists: Sequence[str]) -> None:
    """Add rows to a table, each column given as a list of texts in JSON: no value of it is a Python object."""
    values = ", ".join(f"CAST(unnest(from_json(?, '[\"VARCHAR\"]')) AS {type_of(kind)})" for kind in columns.values())
    connection.execute(f'INSERT INTO "{name}" SELECT {values}', lists)


def view_of_parquet(connection: duckdb.DuckDBPyConnection, name: str, path: Path | str) -> None:
    """A view of one or many Parquet files."""
    connection.execute(f"CREATE OR REPLACE VIEW \"{name}\" AS SELECT * FROM read_parquet('{_literal(path)}')")


def run(connection: duckdb.DuckDBPyConnection, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """Rows of a query, its marks filled with values."""
    return connection.execute(sql, values).fetchall()


def rows(
    connection: duckdb.DuckDBPyConnection, sql: str, values: Sequence[Any] | Mapping[str, Any]
) -> list[dict[str, Any]]:
    """Rows of a query as mappings, its marks filled with values."""
    result = connection.execute(sql, values)
    names = [str(column[0]) for column in result.description]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


def attach_activities(
    connection: duckdb.DuckDBPyConnection, folder: Path, name: str, columns: Mapping[str, str]
) -> None:
    """Make ``activities.csv`` a typed table, through a Parquet cache named by the file's content.

    Raises
    ------
    FolderError
        If a line of the file is not of the schema; checked whenever the content is new.
    """
    cached = cache_folder() / f"activities-{FORMAT}-{city_folder.digest(folder)}.parquet"
    if not cached.exists():
        city_folder.read_table(folder, "activities")
        _write_cache(connection, folder / "activities.csv", columns, cached)
    view_of_parquet(connection, name, cached)


def cache_folder() -> Path:
    """Where caches lie; they can be deleted at any time."""
    return user_cache_path("kotsukotsu", appauthor=False, ensure_exists=True)


def _write_cache(connection: duckdb.DuckDBPyConnection, path: Path, columns: Mapping[str, str], cached: Path) -> None:
    source = f"read_csv('{_literal(path)}', header=true, all_varchar=true, delim=',', quote='\"', escape='\"')"
    described = connection.execute(f"DESCRIBE SELECT * FROM {source}").fetchall()
    present = {str(row[0]) for row in described}
    selected = ", ".join(
        f'CAST("{column}" AS {type_of(kind)}) AS "{column}"'
        if column in present
        else f'CAST(NULL AS {type_of(kind)}) AS "{column}"'
        for column, kind in columns.items()
    )
    partial = cached.with_suffix(f".{id(connection)}.partial")
    connection.execute(f"COPY (SELECT {selected} FROM {source}) TO '{_literal(partial)}' (FORMAT parquet)")
    partial.replace(cached)


def _literal(path: Path | str) -> str:
    return str(path).replace("'", "''")

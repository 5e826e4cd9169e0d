"""PostgreSQL, where the city's database is one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import psycopg
import pyarrow as pa
from psycopg import sql as compose

Connection = psycopg.Connection[tuple[Any, ...]]
TYPES = {"string": "text", "timestamp": "timestamp", "int32": "integer"}


def connect(url: str) -> Connection:
    """A connection that commits every statement.

    Parameters
    ----------
    url : str
        ``postgresql://user@host:port/database`` or key=value pairs, as libpq reads them.

    Raises
    ------
    psycopg.OperationalError
        If the server cannot be reached.
    """
    return psycopg.connect(url, autocommit=True)


def type_of(kind: str) -> str:
    """PostgreSQL's name of a column type."""
    return TYPES.get(kind, kind.replace("decimal", "numeric"))


def put(connection: Connection, name: str, columns: Mapping[str, str], rows: Iterable[Sequence[Any]]) -> None:
    """Make a table of rows, in the order of `columns`; it is seen by this connection only and ends with it."""
    table = compose.Identifier("pg_temp", name)
    defined = compose.SQL(", ").join(
        compose.SQL("{} {}").format(compose.Identifier(column), compose.SQL(type_of(kind)))
        for column, kind in columns.items()
    )
    connection.execute(compose.SQL("DROP TABLE IF EXISTS {}").format(table))
    connection.execute(compose.SQL("CREATE TEMPORARY TABLE {} ({})").format(compose.Identifier(name), defined))
    with connection.cursor() as cursor, cursor.copy(compose.SQL("COPY {} FROM STDIN").format(table)) as copy:
        for row in rows:
            copy.write_row(row)
    connection.execute(compose.SQL("ANALYZE {}").format(table))


def run(connection: Connection, sql: str) -> list[tuple[Any, ...]]:
    """Rows of a query."""
    return connection.execute(sql.encode()).fetchall()


def table(connection: Connection, sql: str) -> pa.Table:
    """Result of a query as columns."""
    cursor = connection.execute(sql.encode())
    names = [column.name for column in cursor.description or ()]
    columns = list(zip(*cursor.fetchall(), strict=True)) or [()] * len(names)
    return pa.table([pa.array(column) for column in columns], names=names)

"""What is asked and written many times in a second, in SQL: objects, rows, and values as Python knows them.

Django's way, which puts a question into words anew each time and every value through its own hands, takes several
times as long.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from decimal import Decimal
from functools import cache, lru_cache
from threading import local
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, connections, models

LATELY = 20000  # different values of a column that are kept at hand
BATCH = 2000  # rows that are written at once
Reader = Callable[[Any], Any]


def objects(kinds: tuple[type[models.Model], ...], rest: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    """Objects of some models, one of each in a line of the answer; None where an outer join has found none.

    Parameters
    ----------
    kinds : tuple of model
        Whose columns are asked for; none of them a JSON column, whose values would be shared between objects.
    rest : str
        What follows FROM, with the tables under their own names.
    values : sequence
        Of its places (``%s``); days and moments as Django gives them to a database.
    """
    database = connections[DEFAULT_DB_ALIAS]
    parts = _parts(kinds, database.vendor)
    with database.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(part[2] for part in parts)} FROM {rest}", values)
        return [tuple(_made(parts, line)) for line in cursor.fetchall()]


_Part = tuple[type[models.Model], list[str], str, list[tuple[int, Reader]]]


def _made(parts: Iterable[_Part], line: Sequence[Any]) -> Iterable[Any]:
    start = 0
    for kind, names, _, readers in parts:
        own = list(line[start : start + len(names)])
        start += len(names)
        if own[0] is None:  # the key, which stands first in every table
            yield None
            continue
        for place, read in readers:
            own[place] = read(own[place])
        yield kind.from_db(DEFAULT_DB_ALIAS, names, own)


@cache
def _parts(kinds: tuple[type[models.Model], ...], _vendor: str) -> list[_Part]:
    return [_part(kind) for kind in kinds]


def _part(kind: type[models.Model]) -> _Part:
    """A model, the names of its fields, its columns as SQL, and what makes a value of Python of those that need it."""
    fields = kind._meta.concrete_fields  # noqa: SLF001  # Django's word for it
    readers = [(place, read) for place, field in enumerate(fields) if (read := reader(field))]
    return kind, [field.attname for field in fields], columns(kind._meta.db_table, fields), readers  # noqa: SLF001


def columns(table: str, fields: Iterable[Any]) -> str:
    """Columns of a table as SQL; SQLite's days and moments as text, for what was read lately is at hand here."""
    return ", ".join(_column(field, f"{table}.{connection.ops.quote_name(field.column)}") for field in fields)


def _column(field: Any, name: str) -> str:
    is_read_by_driver = connection.vendor == "sqlite" and field.db_type(connection) in ("date", "datetime")
    return f"CAST({name} AS text)" if is_read_by_driver else name


def reader(field: Any) -> Reader | None:
    """What makes a value of Python of what the database gives, as Django does; what was read lately is at hand.

    None where the database gives it already; NULL stays None.
    """
    column = field.get_col(field.model._meta.db_table)  # noqa: SLF001
    converters = [*connection.ops.get_db_converters(column), *column.get_db_converters(connection)]
    if not converters:
        return None

    def read(value: Any) -> Any:
        for convert in converters if value is not None else ():
            value = convert(value, column, connection)
        return value

    # Decimals of PostgreSQL, 1.5 and 1.50, are equal yet written differently.
    return read if field.db_type(connection) == "numeric" else lru_cache(maxsize=LATELY)(read)


def insert(kind: type[models.Model], rows: Iterable[Mapping[str, Any]]) -> int:
    """Add rows, by the names of their columns; how many. A column left out is NULL, other names are passed over."""
    database = connections[DEFAULT_DB_ALIAS]
    statement, fields = _insertion(kind, database.vendor)  # type: ignore[arg-type]  # Django has no types
    kept = [(field.column, _Kept(field, database)) for field in fields]
    lines = [[keep(row.get(name)) for name, keep in kept] for row in rows]
    if len(lines) == 1:
        write(statement, lines[0])
        return 1
    with database.cursor() as cursor:
        for start in range(0, len(lines), BATCH):
            cursor.executemany(statement, lines[start : start + BATCH])
    return len(lines)


def write(statement: str, values: Sequence[Any]) -> None:
    """Write something, now or at the end of `together`."""
    if _held.writes is not None:
        _held.writes.setdefault(statement, []).append(values)
        return
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute(statement, values)


class _Held(local):
    writes: dict[str, list[Sequence[Any]]] | None = None


_held = _Held()


@contextmanager
def together() -> Iterator[None]:
    """Write what is written within at its end, in one question to PostgreSQL; nobody within may ask for it.

    SQLite, to which a question has no way to go, takes one after the other. Belongs within a transaction.
    """
    if connection.vendor != "postgresql":
        yield
        return
    writes: dict[str, list[Sequence[Any]]] = {}
    _held.writes = writes
    try:
        yield
    finally:
        _held.writes = None
    once = {statement: rows[0] for statement, rows in writes.items() if len(rows) == 1}
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        for statement, rows in writes.items():
            if statement not in once:
                cursor.executemany(statement, rows)
        if once:
            *others, last = once
            first = ", ".join(f"write_{place} AS ({statement})" for place, statement in enumerate(others))
            cursor.execute(f"WITH {first} {last}" if first else last, [one for row in once.values() for one in row])


@cache
def _insertion(kind: type[models.Model], _vendor: str) -> tuple[str, list[Any]]:
    quote = connection.ops.quote_name
    fields = [field for field in kind._meta.concrete_fields if not field.primary_key]  # noqa: SLF001
    names = ", ".join(quote(field.column) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    return f"INSERT INTO {quote(kind._meta.db_table)} ({names}) VALUES ({places})", fields  # noqa: SLF001


class _Kept(dict[Any, Any]):
    """Values of one column as the database keeps them; the same few stand in every row of a ledger."""

    def __init__(self, field: Any, database: Any) -> None:
        super().__init__()
        self.field, self.database = field, database
        self.is_text = isinstance(field, models.CharField | models.TextField)

    def __call__(self, value: Any) -> Any:
        """As the database keeps it."""
        if value is None or (self.is_text and isinstance(value, str)):
            return value
        if isinstance(value, dict | Decimal):  # 1.5 and 1.50 are equal, yet written differently
            return self.field.get_db_prep_save(value, self.database)
        if value not in self:
            self[value] = self.field.get_db_prep_save(value, self.database)
        return self[value]

"""Which model holds which table of a city."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from kotsukotsu import schema
from kotsukotsu.schema import Row
from kotsukotsu.schema.city import LONG, TABLES, City
from kotsukotsu.web.entries.models import Activity
from kotsukotsu.web.municipalities import registers
from kotsukotsu.web.municipalities.models import CityFile, Municipality
from kotsukotsu.web.municipalities.tabled import Tabled, field_name

FACTORS, PRINTED = "factors", "printed_totals"
BATCH = 2000
LATELY = 20000  # different values of a column that are kept at hand
MODELS: Mapping[str, type[Tabled]] = {
    model.table: model
    for model in (Activity, *(one for one in vars(registers).values() if isinstance(one, type)))
    if issubclass(model, Tabled) and model is not Tabled
}


def rows(table: str) -> list[Row]:
    """Rows of a table, in their order."""
    return rows_of(MODELS[table]._default_manager.order_by("id"))  # noqa: SLF001  # Django's word for it


def rows_of(found: QuerySet[Any]) -> list[Row]:
    """Rows of a question to the database, past Django's objects."""
    names = [column.column for column in schema.columns(found.model.table)]
    asked = found.values_list(*map(field_name, names), "extra")
    return [{**dict(zip(names, values, strict=True)), **extra} for *values, extra in asked.iterator(chunk_size=BATCH)]


def rows_where(table: str, condition: str, values: Sequence[Any]) -> list[Row]:
    """Rows of a table by a condition of SQL (what follows WHERE), for what is asked many times in a second.

    Django's way, which puts the question into words anew each time and every value through its own hands, takes ten
    times as long.

    Parameters
    ----------
    condition : str
        On the table as ``t``.
    values : sequence
        Of its places (``%s``); days as Django gives them to a database.
    """
    model = MODELS[table]
    names, columns, readers = _asked(table, connection.vendor)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns} FROM {model._meta.db_table} t WHERE {condition}", values)  # noqa: SLF001
        found = cursor.fetchall()
    return [
        {**dict(zip(names, own, strict=True)), **extra}
        for *own, extra in ([one(value) for one, value in zip(readers, row, strict=True)] for row in found)
    ]


@cache
def _asked(table: str, _vendor: str) -> tuple[list[str], str, list[Callable[[Any], Any]]]:
    """Columns of a table and `extra`: their names, as SQL, and what makes a value of Python of each."""
    model = MODELS[table]
    names = [column.column for column in schema.columns(table)]
    fields = [model._meta.get_field(field_name(name)) for name in (*names, "extra")]  # noqa: SLF001
    quoted = ", ".join(f"t.{connection.ops.quote_name(field.column)}" for field in fields)
    return names, quoted, [_reader(field) for field in fields]


def _reader(field: Any) -> Callable[[Any], Any]:
    """What makes a value of Python of what the database gives, as Django does; what was read lately is at hand."""
    column = field.get_col(field.model._meta.db_table)  # noqa: SLF001
    converters = [*connection.ops.get_db_converters(column), *column.get_db_converters(connection)]

    def read(value: Any) -> Any:
        for convert in converters:
            value = convert(value, column, connection)
        return value

    lately = lru_cache(maxsize=LATELY)(read)
    # Only of texts: decimals of PostgreSQL, 1.5 and 1.50, are equal yet written differently.
    return (lambda value: lately(value) if isinstance(value, str) else read(value)) if converters else _same


def _same(value: Any) -> Any:
    return value


def city(*, activities: bool) -> City:
    """The city as tables, with or without the ledger.

    Raises
    ------
    Municipality.DoesNotExist
        Before one has been taken in.
    """
    own = Municipality.objects.get()
    wanted = [name for name in TABLES if activities or name not in LONG]
    tables = {name: rows(name) if name in MODELS else _of_file(name) for name in wanted}
    factors = [{**one.as_row(), "file": one.file} for one in registers.OwnFactor.objects.all()]
    return City(str(own), own.settings, tables, factors, rows(PRINTED))


def _of_file(table: str) -> list[Row]:
    """Rows of a table that is kept as the file it came in."""
    file = CityFile.objects.filter(path=f"{table}.csv").first()
    return [] if file is None else schema.read(bytes(file.content).decode("utf-8-sig"), table, file.path)


def put(table: str, given: Iterable[Row], **more: Any) -> int:
    """Add rows to a table; how many. A ledger of a hundred thousand rows goes past Django's objects."""
    model = MODELS[table]
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]  # noqa: SLF001
    known = {column.column for column in schema.columns(table)}
    quoted = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    statement = (
        f"INSERT INTO {connection.ops.quote_name(model._meta.db_table)} ({quoted}) "  # noqa: SLF001
        f"VALUES ({', '.join(['%s'] * len(fields))})"
    )
    kept = [_Kept(field) for field in fields]
    lines = [[one(value) for one, value in zip(kept, _values(row, fields, known, more), strict=True)] for row in given]
    with connection.cursor() as cursor:
        for start in range(0, len(lines), BATCH):
            cursor.executemany(statement, lines[start : start + BATCH])
    return len(lines)


def _values(row: Row, fields: list[Any], known: set[str], more: Mapping[str, Any]) -> Iterable[Any]:
    extra = {name: value for name, value in row.items() if name not in known}
    for field in fields:
        yield extra if field.name == "extra" else more.get(field.column, row.get(field.column))


class _Kept(dict[Any, Any]):
    """Values of one column as the database keeps them; the same few stand in every row of a ledger."""

    def __init__(self, field: Any) -> None:
        super().__init__()
        self.field = field

    def __call__(self, value: Any) -> Any:
        """As the database keeps it."""
        if isinstance(value, dict | Decimal):  # 1.5 and 1.50 are equal, yet written differently
            return self.field.get_db_prep_save(value, connection)
        if value not in self:
            self[value] = self.field.get_db_prep_save(value, connection)
        return self[value]

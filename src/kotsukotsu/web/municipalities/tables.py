"""Which model holds which table of a city."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections

from kotsukotsu import schema
from kotsukotsu.schema import Row
from kotsukotsu.schema.city import LONG, TABLES, City
from kotsukotsu.web.common import asking
from kotsukotsu.web.entries.models import Activity
from kotsukotsu.web.municipalities import registers
from kotsukotsu.web.municipalities.models import CityFile, Municipality
from kotsukotsu.web.municipalities.tabled import Tabled, field_name

FACTORS, PRINTED = "factors", "printed_totals"
EXTRA = "extra"  # the column of what the schema does not know
MODELS: Mapping[str, type[Tabled]] = {
    model.table: model
    for model in (Activity, *(one for one in vars(registers).values() if isinstance(one, type)))
    if issubclass(model, Tabled) and model is not Tabled
}


def rows(table: str) -> list[Row]:
    """Rows of a table, in their order."""
    return rows_where(table, "1 = 1 ORDER BY t.id", ())


def rows_where(table: str, condition: str, values: Sequence[Any]) -> list[Row]:
    """Rows of a table by a condition of SQL (what follows WHERE), for what is asked many times in a second.

    Parameters
    ----------
    condition : str
        On the table as ``t``.
    values : sequence
        Of its places (``%s``); days as Django gives them to a database.
    """
    return [row for _, row in numbered(table, condition, values)]


def numbered(table: str, condition: str, values: Sequence[Any]) -> list[tuple[int, Row]]:
    """As `rows_where`, each row with its number in the database."""
    model = MODELS[table]
    database = connections[DEFAULT_DB_ALIAS]
    names, columns, readers = _asked(table, database.vendor)
    with database.cursor() as cursor:
        cursor.execute(f"SELECT {columns}, t.id FROM {model._meta.db_table} t WHERE {condition}", values)  # noqa: SLF001
        lines = cursor.fetchall()
    *found, numbers = list(zip(*lines, strict=True)) or [()] * (len(readers) + 1)  # by column
    read = [map(one, column) if one else column for one, column in zip(readers, found, strict=True)]
    rows = [dict(zip(names, line, strict=True)) for line in zip(*read, strict=True)]
    whole = [row | extra if (extra := row.pop(EXTRA)) else row for row in rows]
    return list(zip(numbers, whole, strict=True))


@cache
def _asked(table: str, _vendor: str) -> tuple[list[str], str, list[asking.Reader | None]]:
    """Columns of a table and `extra`: their names, as SQL, and what makes a value of Python of those that need it."""
    model = MODELS[table]
    names = [*(column.column for column in schema.columns(table)), EXTRA]
    fields = [model._meta.get_field(field_name(name)) for name in names]  # noqa: SLF001
    return names, asking.columns("t", fields), [asking.reader(field) for field in fields]


def city(*, activities: bool) -> City:
    """The city as tables, with or without the ledger.

    Raises
    ------
    Municipality.DoesNotExist
        Before one has been taken in.
    """
    own = Municipality.objects.get()
    wanted = [name for name in TABLES if activities or name not in LONG]
    tables = {name: rows(name) if name in MODELS else of_file(name) for name in wanted}
    factors = [{**one.as_row(), "file": one.file} for one in registers.OwnFactor.objects.all()]
    return City(str(own), own.settings, tables, factors, rows(PRINTED))


def of_file(table: str) -> list[Row]:
    """Rows of a table that is kept as the file it came in."""
    file = CityFile.objects.filter(path=f"{table}.csv").first()
    return [] if file is None else schema.read(bytes(file.content).decode("utf-8-sig"), table, file.path)


def put(table: str, given: Iterable[Row], **more: Any) -> int:
    """Add rows to a table; how many. A ledger of a hundred thousand rows goes past Django's objects."""
    known = {column.column for column in schema.columns(table)}
    made = (
        {**row, EXTRA: {name: value for name, value in row.items() if name not in known}, **more} for row in given
    )  # fmt: skip
    return asking.insert(MODELS[table], made)

"""The database as the home of a city: what `sessions` asks of it.

The ledger is only ever added to, and its rows are numbered in the order in which they were committed (whoever posts
holds the municipality's row). So a Parquet file of all rows up to a number stays true; the rows behind it are few and
are read from the database each time.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from django.db import connection as database
from django.db.models import Max

from kotsukotsu.schema import Row
from kotsukotsu.schema.city import City
from kotsukotsu.store import duckdb, folder
from kotsukotsu.web.entries.models import Activity
from kotsukotsu.web.municipalities import tables
from kotsukotsu.web.municipalities.models import CityFile, Municipality

DELTA = "posted_since"
TABLE = Activity._meta.db_table  # noqa: SLF001  # Django's word for it
COUNTING = f"""
    t."end" > %s AND t.start < %s AND t.activity_id NOT IN (
        SELECT replaces FROM {TABLE} WHERE replaces IS NOT NULL
    )
"""
# So many rows behind the Parquet file, and a new one is written.
LONGEST = 4000
AT_ONCE = 200_000  # rows that the database gives as one text
# A column as a list of texts in JSON.
AS_LIST = {"sqlite": "json_group_array({})", "postgresql": "json_agg(CAST({} AS text))::text"}
# As the engine keeps a moment: Japan time without its zone.
MOMENTS = 'UPDATE "{}" SET posted_at = posted_at + INTERVAL 9 HOUR WHERE posted_at IS NOT NULL'


class Database:
    """The city of this installation's database, as it is while `municipality` is true."""

    def __init__(self, municipality: Municipality) -> None:
        self.municipality = municipality

    @property
    def path(self) -> Path:
        """A folder with the city's other files, written once for each state of the registers."""
        place = duckdb.cache_folder() / f"city-{self.municipality.key}-{self.municipality.revision}"
        done = place / ".complete"
        if not done.exists():
            for file in CityFile.objects.iterator():
                folder.write_file(place / file.path, bytes(file.content))
            folder.write_file(done, "")
        return place

    def city(self, *, activities: bool) -> City:
        """Its tables."""
        return tables.city(activities=activities)

    def activities(self) -> list[Row]:
        """Every row of the ledger."""
        return tables.rows(Activity.table)

    def counting(self, start: date, end: date) -> list[Row]:
        """Rows of the ledger that count and have a day between two."""
        return tables.rows_where(Activity.table, COUNTING, (str(start), str(end)))

    def attach(self, connection: Any, name: str, columns: Mapping[str, str]) -> None:
        """Make the ledger a table of the engine."""
        top = Activity.objects.aggregate(top=Max("id"))["top"] or 0
        if database.in_atomic_block:  # what is not yet committed goes into no cache
            _put(connection, name, columns, 0, top)
            return
        base, file = self._base(top)
        if file is None or top - base > LONGEST:
            base, file = top, self._write(connection, columns, top)
        _put(connection, DELTA, columns, base, top)
        connection.execute(
            f'CREATE OR REPLACE VIEW "{name}" AS SELECT * FROM read_parquet({_quoted(file)}) '
            f'UNION ALL SELECT * FROM "{DELTA}"'
        )

    def _base(self, top: int) -> tuple[int, Path | None]:
        """The longest Parquet file that holds no row beyond `top`."""
        files = duckdb.cache_folder().glob(f"{self._stem}-*.parquet")
        found = {int(path.stem.rpartition("-")[2]): path for path in files}
        numbers = [number for number in found if number <= top]
        return (max(numbers), found[max(numbers)]) if numbers else (0, None)

    def _write(self, connection: Any, columns: Mapping[str, str], top: int) -> Path:
        file = duckdb.cache_folder() / f"{self._stem}-{top}.parquet"
        partial = file.with_suffix(f".{os.getpid()}-{id(connection)}.partial")
        _put(connection, DELTA, columns, 0, top)
        connection.execute(f'COPY (SELECT * FROM "{DELTA}") TO {_quoted(partial)} (FORMAT parquet)')
        try:
            partial.replace(file)
        except OSError:  # another process has written and opened the same rows first
            if not file.exists():
                raise
            partial.unlink()
        return file

    @property
    def _stem(self) -> str:
        return f"ledger-{duckdb.FORMAT}-{self.municipality.key}"


def _put(connection: Any, name: str, columns: Mapping[str, str], after: int, top: int) -> None:
    """Make a table of the rows behind a number; the database gives each column as one text."""
    duckdb.put(connection, name, columns, ())
    asked = ", ".join(AS_LIST[database.vendor].format(database.ops.quote_name(column)) for column in columns)
    with database.cursor() as cursor:
        for first in range(after, top, AT_ONCE):
            last = min(first + AT_ONCE, top)
            cursor.execute(
                f"SELECT {asked} FROM (SELECT * FROM {TABLE} WHERE id > %s AND id <= %s ORDER BY id) AS t",
                (first, last),
            )
            duckdb.add(connection, name, columns, cursor.fetchone())
    duckdb.run(connection, MOMENTS.format(name))


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"

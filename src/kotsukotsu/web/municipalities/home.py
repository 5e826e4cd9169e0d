"""The database as the home of a city: what `sessions` asks of it.

The ledger is only ever added to, and its rows are numbered in the order in which they were committed (whoever posts
holds the municipality's row). So a Parquet file of all rows up to a number stays true; the rows behind it are few and
are read from the database each time.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import connection as database
from django.db.models import Max

from kotsukotsu.periods import JST
from kotsukotsu.schema import Row
from kotsukotsu.schema.city import City
from kotsukotsu.store import duckdb, folder
from kotsukotsu.web.entries.models import Activity
from kotsukotsu.web.municipalities import tables
from kotsukotsu.web.municipalities.models import CityFile, Municipality

DELTA = "posted_since"
# So many rows behind the Parquet file, and a new one is written.
LONGEST = 4000
BATCH = 10000


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

    def attach(self, connection: Any, name: str, columns: Mapping[str, str]) -> None:
        """Make the ledger a table of the engine."""
        top = Activity.objects.aggregate(top=Max("id"))["top"] or 0
        if database.in_atomic_block:  # what is not yet committed goes into no cache
            duckdb.put(connection, name, columns, _rows(columns, 0, top))
            return
        base, file = self._base(top)
        if file is None or top - base > LONGEST:
            base, file = top, self._write(connection, columns, top)
        duckdb.put(connection, DELTA, columns, _rows(columns, base, top))
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
        duckdb.put(connection, DELTA, columns, _rows(columns, 0, top))
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


def _rows(columns: Iterable[str], after: int, top: int) -> Iterable[tuple[Any, ...]]:
    found = Activity.objects.filter(id__gt=after, id__lte=top).order_by("id").values_list(*columns)
    for row in found.iterator(chunk_size=BATCH):
        yield tuple(_plain(value) if isinstance(value, datetime) else value for value in row)


def _plain(moment: datetime) -> datetime:
    """As the engine keeps it: Japan time without its zone."""
    return moment.astimezone(JST).replace(tzinfo=None)


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"

"""Where a city comes from: a folder of plain files, or the database of the web application."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, Protocol

from kotsukotsu.ledger.current import counting
from kotsukotsu.schema import Row
from kotsukotsu.schema.city import City
from kotsukotsu.store import duckdb, folder


class Source(Protocol):
    """What a session asks of the home of a city.

    Attributes
    ----------
    path : Path
        Its folder: where printed figures and other files lie.
    """

    @property
    def path(self) -> Path:
        """Folder of its plain files."""

    def city(self, *, activities: bool) -> City:
        """Its tables, with or without the ledger's rows."""

    def activities(self) -> list[Row]:
        """Every row of the ledger, typed."""

    def counting(self, start: date, end: date) -> list[Row]:
        """The rows that count of all that are posted and have a day between two, typed; `end` is the day after."""

    def attach(self, connection: Any, name: str, columns: Mapping[str, str]) -> None:
        """Make the ledger a typed table of the engine."""


class Folder:
    """A city folder."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def city(self, *, activities: bool) -> City:
        """Its tables."""
        return folder.read(self.path, activities=activities)

    def activities(self) -> list[Row]:
        """Every row of ``activities.csv``."""
        return folder.read_table(self.path, "activities")

    def counting(self, start: date, end: date) -> list[Row]:
        """Of every row of ``activities.csv``."""
        return [row for row in counting(self.activities(), None) if row["end"] > start and row["start"] < end]

    def attach(self, connection: Any, name: str, columns: Mapping[str, str]) -> None:
        """Through the cache of the engine."""
        duckdb.attach_activities(connection, self.path, name, columns)


class Trial:
    """A city with other settings than its own, to see what they would change."""

    def __init__(self, source: Source, settings: Mapping[str, Any]) -> None:
        self._source, self._settings = source, settings

    @property
    def path(self) -> Path:
        """Folder of its plain files."""
        return self._source.path

    def city(self, *, activities: bool) -> City:
        """Its tables."""
        return replace(self._source.city(activities=activities), settings=self._settings)

    def activities(self) -> list[Row]:
        """Every row of the ledger."""
        return self._source.activities()

    def counting(self, start: date, end: date) -> list[Row]:
        """As the city itself."""
        return self._source.counting(start, end)

    def attach(self, connection: Any, name: str, columns: Mapping[str, str]) -> None:
        """As the city itself."""
        self._source.attach(connection, name, columns)

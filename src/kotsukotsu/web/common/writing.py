"""Writers of SQLite stand in a line of this process, and the next one writes as soon as the one before is done.

SQLite itself lets a writer look again after 1, 2, 5, 10 ms and so on up to a tenth of a second, so that in a hall full
of people some wait far longer than the others write (https://www.sqlite.org/src/file/src/main.c,
`sqliteDefaultBusyCallback`). PostgreSQL has lines of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

from django.db import connection

_line = Lock()


@contextmanager
def in_line() -> Iterator[None]:
    """Around a transaction of a page that many write with; within another one, whose turn it is already, nothing."""
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        yield
        return
    with _line:
        yield

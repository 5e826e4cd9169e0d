"""Those who save stand in a line of this process: the next one begins as soon as the one before is done.

Python computes one thing at a time, so that two saves which take turns are both done when the second one would be;
one after the other, the first is done in half that time, and neither is in the other's way. SQLite too lets one write
at a time, and a writer look again after 1, 2, 5, 10 ms and so on up to a tenth of a second, so that in a hall full of
people some wait far longer than the others write (https://www.sqlite.org/src/file/src/main.c,
`sqliteDefaultBusyCallback`).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from threading import Lock

from django.db import connection

_line = Lock()


@contextmanager
def in_line() -> Iterator[None]:
    """Around a page that many save with; within a transaction, whose turn it is already, nothing."""
    if connection.in_atomic_block:
        yield
        return
    with _line:
        yield


def in_line_of_sqlite() -> AbstractContextManager[None]:
    """Around a short write beside the saves, which only SQLite lets wait for them."""
    return in_line() if connection.vendor == "sqlite" else nullcontext()

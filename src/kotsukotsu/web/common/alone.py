"""Long work in a thread of its own, beside the requests; a token says whether it is still at it."""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread
from uuid import UUID

from django.db import connections

WHOLE = 100
_alive: set[UUID] = set()  # of this process; what another process began was interrupted


def begin(token: UUID, work: Callable[[UUID], None], name: str) -> None:
    """Begin the work of a token, with connections to the database of its own."""
    _alive.add(token)
    Thread(target=_work, args=(token, work), name=name, daemon=True).start()


def is_alive(token: UUID) -> bool:
    """Whether a thread of this process is at work on it."""
    return token in _alive


def percent(done: int, steps: int) -> int:
    """How far it is, by steps; none are known at the beginning. [%]"""
    return min(WHOLE * done // steps if steps else 0, WHOLE)


def _work(token: UUID, work: Callable[[UUID], None]) -> None:
    try:
        work(token)
    finally:
        _alive.discard(token)
        connections.close_all()

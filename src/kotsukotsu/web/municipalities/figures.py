"""Figures of the city, computed by `sessions` on the database and kept until the city's data change.

Nothing in the web application computes a figure; all of them come from here.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import RLock
from typing import Any
from uuid import UUID

from kotsukotsu.accounting.inventory import Inventory
from kotsukotsu.sessions.session import Session
from kotsukotsu.web.errors import WebError
from kotsukotsu.web.municipalities.home import Database
from kotsukotsu.web.municipalities.models import Municipality

State = tuple[UUID, int, int]
KEPT_RESULTS = 256
_lock = RLock()
_session: tuple[State, Session] | None = None
_results: OrderedDict[tuple[Any, ...], Any] = OrderedDict()


def state_of(municipality: Municipality) -> State:
    """What results depend on: the database, its registers and its ledger."""
    return municipality.key, municipality.revision, municipality.last_activity


def _municipality() -> Municipality:
    found = Municipality.objects.first()
    if found is None:
        raise WebError("W-10")
    return found


@contextmanager
def opened() -> Iterator[Session]:
    """The city as it is now; one reader at a time uses the engine.

    Raises
    ------
    WebError
        W-10 no city has been taken in yet.
    """
    global _session  # noqa: PLW0603  # one engine for all requests of this process
    with _lock:
        municipality = _municipality()
        state = state_of(municipality)
        if _session is None or _session[0] != state:
            _session = state, Session(Database(municipality))
        yield _session[1]


def kept(name: str, of: Callable[[Session], Any], *key: Any) -> Any:
    """A result of the session, computed once for each state of the city.

    Parameters
    ----------
    name : str
        What it is.
    of : callable
        How the session gives it; asked only where it is not known yet.
    key
        What else it depends on, for example the fiscal year.
    """
    whole = (*state_of(_municipality()), name, *key)
    if whole in _results:
        return _results[whole]
    with opened() as session:
        result = of(session)
        _results[whole] = result
        while len(_results) > KEPT_RESULTS:
            _results.popitem(last=False)
    return result


def inventory(fy: int) -> Inventory:
    """The inventory of a fiscal year.

    Raises
    ------
    FactorError
        If rows cannot be computed; it carries their findings.
    """
    found: Inventory = kept("inventory", lambda session: session.inventory(fy), fy)
    return found

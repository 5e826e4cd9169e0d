"""Figures of the city, computed by `sessions` on the database and kept until the city's data change.

Nothing in the web application computes a figure; all of them come from here.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date
from threading import RLock
from typing import Any
from uuid import UUID

from django.db.models import Max

from kotsukotsu import texts
from kotsukotsu.accounting.inventory import Inventory
from kotsukotsu.periods import FiscalYear, last_day
from kotsukotsu.sessions.session import Session
from kotsukotsu.web.entries.models import Activity
from kotsukotsu.web.errors import WebError
from kotsukotsu.web.municipalities.home import Database
from kotsukotsu.web.municipalities.models import Municipality

State = tuple[UUID, int, int]
KEPT_RESULTS = 256
MOST_NEW = 2000  # rows that came since, beyond which all is read anew


@dataclass(frozen=True, slots=True)
class Opened:
    """The engine, and what it has seen.

    Attributes
    ----------
    top : int
        The last row of the ledger that was there when it was opened; it may have read later ones too.
    """

    state: State
    top: int
    session: Session


_lock = RLock()
_held: ContextVar[Opened | None] = ContextVar("held", default=None)
_opened: Opened | None = None
_results: OrderedDict[tuple[Any, ...], Any] = OrderedDict()


def state_of(municipality: Municipality) -> State:
    """What results depend on: the database, its registers and its ledger."""
    return municipality.key, municipality.revision, municipality.last_activity


def municipality() -> Municipality:
    """The city of this installation.

    Raises
    ------
    WebError
        W-10 no city has been taken in yet.
    """
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
    global _opened  # noqa: PLW0603  # one engine for all requests of this process
    if (held := _held.get()) is not None:
        yield held.session
        return
    with _lock:
        now = municipality()
        state = state_of(now)
        if _opened is None or _opened.state != state:
            top = Activity.objects.aggregate(top=Max("id"))["top"] or 0
            _opened = Opened(state, top, _session(_opened, now, top))
            for key in [key for key in _results if key[: len(state)] != state]:
                del _results[key]
        yield _opened.session


def _session(old: Opened | None, municipality: Municipality, top: int) -> Session:
    """The engine for the city as it is now; where only the ledger has grown, it goes on from the old one."""
    source = Database(municipality)
    if old is None or old.state[:2] != state_of(municipality)[:2]:
        return Session(source)
    new = list(Activity.objects.filter(id__gt=old.top, id__lte=top)[: MOST_NEW + 1])
    return old.session.after(source, touched(new)) if len(new) <= MOST_NEW else Session(source)


def touched(new: Iterable[Activity]) -> frozenset[int]:
    """Fiscal years in which new rows, or those that they replace, have a day."""
    rows = list(new)
    replaced = Activity.objects.filter(activity_id__in=[row.replaces for row in rows if row.replaces])
    return frozenset(year for row in (*rows, *replaced) for year in _years(row.start, last_day(row.end)))


def _years(*days: date) -> range:
    return range(FiscalYear.of(min(days)).number, FiscalYear.of(max(days)).number + 1)


def kept(name: str, of: Callable[[Session], Any], *key: Any) -> Any:
    """A result of the session, computed once for each state of the city and language: nearly all hold words.

    Parameters
    ----------
    name : str
        What it is.
    of : callable
        How the session gives it; asked only where it is not known yet.
    key
        What else it depends on, for example the fiscal year.
    """
    held = _held.get()
    whole = (*(state_of(municipality()) if held is None else held.state), name, texts.language(), *key)
    if whole in _results:
        return _results[whole]
    with opened() as session:
        result = of(session)
        _results[whole] = result
        while len(_results) > KEPT_RESULTS:
            _results.popitem(last=False)
    return result


def of_one_moment(make: Callable[..., Any], *args: Any) -> tuple[State, Any]:
    """What is made of figures, and the state of the city that all of it is of, whatever is entered meanwhile."""
    with opened():
        token = _held.set(_opened)
        try:
            found = make(*args)
            return (_opened.state if _opened else state_of(municipality())), found
        finally:
            _held.reset(token)


def inventory(fy: int) -> Inventory:
    """The inventory of a fiscal year.

    Raises
    ------
    FactorError
        If rows cannot be computed; it carries their findings.
    """
    found: Inventory = kept("inventory", lambda session: session.inventory(fy), fy)
    return found

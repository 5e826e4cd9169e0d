"""What is made of figures, with the time that it is of: nobody waits in a line for figures while others enter."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor, wait
from contextvars import copy_context
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from threading import BoundedSemaphore, RLock
from time import monotonic
from typing import Any

from django.utils import timezone

from kotsukotsu import texts
from kotsukotsu.web.common.beside import Beside
from kotsukotsu.web.common.coming import Coming
from kotsukotsu.web.entries.models import Activity
from kotsukotsu.web.entries.posting import number_of
from kotsukotsu.web.municipalities.figures import State, municipality, of_one_moment, state_of, touched

KEPT = 256
PATIENCE = 0.4  # so long one waits for figures of now [s]
LOOKED_AT = 500  # rows that came since, beyond which a page is made anew without a look at them
BUSY = 30  # rows since a page was made: more than one person types
WAITING = 2  # so many wait at once
REST = 10  # times the making of a page that pass before it is made anew in a busy hall


@dataclass(frozen=True, slots=True)
class Dated:
    """Something made of figures, and until when entries are in it.

    Attributes
    ----------
    is_latest : bool
        Whether nothing has been entered since.
    took : timedelta
        How long the making took.
    is_passed : bool
        Whether a row that came since was seen to be in it: what else comes need not be looked at.
    """

    state: State
    made: Any
    at: datetime
    is_latest: bool
    took: timedelta
    is_passed: bool = False

    def is_before(self, state: State) -> bool:
        """Whether the city has changed since."""
        return self.state[0] != state[0] or self.state[1:] < state[1:]

    def is_overtaken(self, state: State) -> bool:
        """Whether many rows came since, faster than one a second: a whole hall is entering."""
        rows, passed = state[2] - self.state[2], timezone.now() - self.at
        return self.state[:2] == state[:2] and rows >= BUSY and rows > passed.total_seconds()

    def is_in_vain(self, state: State) -> bool:
        """Whether nobody waits for a new one: it takes longer than people wait, or would be overtaken too."""
        return self.took.total_seconds() > PATIENCE or self.is_overtaken(state)

    def rests(self, state: State) -> bool:
        """Whether a whole hall is entering and the making is not long enough ago."""
        return self.is_overtaken(state) and timezone.now() - self.at < REST * self.took


class Here(Executor):
    """Whoever asks computes, one at a time."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Compute it now."""
        done: Future[Any] = Future()
        try:
            done.set_result(fn(*args, **kwargs))
        except Exception as error:  # noqa: BLE001  # whoever asks for the result gets it
            done.set_exception(error)
        return done


@dataclass(slots=True)
class Lane:
    """Where figures are computed, one thing after the other."""

    executor: Executor = field(default_factory=Here)
    beside: Beside | None = None


# What people look at; what takes so long that it must not stand before that; and what takes longer still.
PAGES, LONG, CHOICES = Lane(), Lane(), Lane()
_guard = RLock()
_waiting = BoundedSemaphore(WAITING)
_pages: OrderedDict[tuple[Any, ...], Dated] = OrderedDict()
_coming: dict[tuple[Any, ...], Future[Dated]] = {}
_failed: dict[tuple[Any, ...], BaseException] = {}  # what nobody has been told yet


def compute_beside() -> None:
    """From now on figures are computed in processes of their own; Python computes one thing at a time in each."""
    for lane in (PAGES, LONG, CHOICES):
        lane.executor, lane.beside = ThreadPoolExecutor(1, "figures"), Beside()


def latest(make: Callable[..., Any], *args: Any, until: int | None = None, lane: Lane = PAGES) -> Dated:
    """What was made of the city's figures: of now, or the last one where those of now are long in coming.

    In the weeks of entry every cell makes new figures. Whoever looks then gets those of a moment ago, which are said
    to be so, instead of waiting in a line that never ends. Where a whole hall is entering, computing takes no more
    than a part of the time, so that entries go on.

    Parameters
    ----------
    make : callable
        A function of a module; what it gives, and its `args`, can be sent to another process.
    until : int, optional
        The last fiscal year of which a row can be in it; later rows leave it as it is.

    Raises
    ------
    Coming
        Where the first ones are long in coming.
    """
    found = soon(make, *args, until=until, lane=lane)
    if found is None:
        raise Coming
    return found


def soon(make: Callable[..., Any], *args: Any, until: int | None = None, lane: Lane = PAGES) -> Dated | None:
    """As `latest`; None where the first ones are long in coming."""
    state = state_of(municipality())
    key = (make.__module__, make.__qualname__, *args, texts.language())
    if (error := _failed.pop(key, None)) is not None:
        raise error
    known = _known(key, state, until)
    if known is not None and known.is_before(state) and known.rests(state):
        return replace(known, is_latest=False)
    end = monotonic() + (0 if known is not None and known.is_in_vain(state) else PATIENCE)
    while known is None or known.is_before(state):
        coming = _begun(key, make, args, lane)
        if not _is_done(coming, end - monotonic()):
            return known and replace(known, is_latest=False)
        _failed.pop(key, None)
        known = coming.result()
    return known


def _known(key: tuple[Any, ...], state: State, until: int | None) -> Dated | None:
    """The last page; it is of now where nothing that came since can be in it."""
    known = _pages.get(key)
    if known is None or until is None or known.is_passed or not known.is_before(state):
        return known
    spared = _spares(known.state, state, until)
    now = replace(known, state=state) if spared else replace(known, is_passed=True)
    with _guard:
        if _pages.get(key) is known:  # nobody has made it anew meanwhile
            _pages[key] = now
    return now


def _spares(old: State, new: State, until: int) -> bool:
    """Whether all that came between two states are rows of later fiscal years; the base year is in every one."""
    count = new[2] - old[2]
    if old[:2] != new[:2] or not 0 < count <= LOOKED_AT:
        return False
    rows = list(Activity.objects.filter(activity_id__in=[number_of(old[2] + place) for place in range(1, count + 1)]))
    base = int(municipality().settings["municipality"]["base_fy"])
    return len(rows) == count and min(touched(rows)) > max(until, base)


def _is_done(coming: Future[Dated], patience: float) -> bool:
    """Wait for it, unless others wait already: a server has few hands, and those who enter need them."""
    if coming.done() or not _waiting.acquire(blocking=False):
        return coming.done()
    try:
        return bool(wait([coming], patience).done)
    finally:
        _waiting.release()


def computed(make: Callable[..., Any], *args: Any, lane: Lane = LONG) -> tuple[State, Any]:
    """What is made of figures, and the state of the city that it is of; as `latest`, but always of now."""
    found: tuple[State, Any] = lane.executor.submit(copy_context().run, _of_now, lane, make, *args).result()
    return found


def _of_now(lane: Lane, make: Callable[..., Any], *args: Any) -> tuple[State, Any]:
    found: tuple[State, Any] = (lane.beside.run if lane.beside else _run)(of_one_moment, make, *args)
    return found


def _begun(key: tuple[Any, ...], make: Callable[..., Any], args: tuple[Any, ...], lane: Lane) -> Future[Dated]:
    """The making of a page that goes on, or a new one."""
    with _guard:
        if key not in _coming:
            coming = _coming[key] = lane.executor.submit(copy_context().run, _made, key, make, args, lane)
            coming.add_done_callback(lambda done: _ended(key, done))
            return coming
        return _coming[key]


def _ended(key: tuple[Any, ...], done: Future[Dated]) -> None:
    with _guard:
        _coming.pop(key, None)
        if (error := done.exception()) is not None:
            _failed[key] = error


def _made(key: tuple[Any, ...], make: Callable[..., Any], args: tuple[Any, ...], lane: Lane) -> Dated:
    at = timezone.now()
    state, found = _of_now(lane, make, *args)
    made = Dated(state, found, at, is_latest=True, took=timezone.now() - at)
    with _guard:
        _pages[key] = made
        while len(_pages) > KEPT:
            _pages.popitem(last=False)
    return made


def _run(function: Callable[..., Any], *args: Any) -> Any:
    return function(*args)

"""What is made of figures, with the time that it is of: nobody waits in a line for figures while others enter."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor, wait
from contextvars import copy_context
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from threading import BoundedSemaphore, RLock
from time import monotonic
from typing import Any

from django.utils import timezone

from kotsukotsu import texts
from kotsukotsu.web.common.beside import Beside
from kotsukotsu.web.municipalities.figures import State, municipality, of_one_moment, state_of

KEPT = 128
PATIENCE = 3.0  # so long one waits for figures of now where there are earlier ones [s]
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
    """

    state: State
    made: Any
    at: datetime
    is_latest: bool
    took: timedelta

    def is_before(self, state: State) -> bool:
        """Whether the city has changed since."""
        return self.state[0] != state[0] or self.state[1:] < state[1:]

    def rests(self, state: State) -> bool:
        """Whether many rows came since, faster than one a second, and the making is not long enough ago."""
        rows, passed = state[2] - self.state[2], timezone.now() - self.at
        is_busy = self.state[:2] == state[:2] and rows >= BUSY and rows > passed.total_seconds()
        return is_busy and passed < REST * self.took


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


_guard = RLock()
_waiting = BoundedSemaphore(WAITING)
_pages: OrderedDict[tuple[Any, ...], Dated] = OrderedDict()
_coming: dict[tuple[Any, ...], Future[Dated]] = {}
_executor: Executor = Here()
_beside: Beside | None = None


def compute_beside() -> None:
    """From now on figures are computed in a process of their own; Python computes one thing at a time in each."""
    global _executor, _beside  # how this process computes
    _executor, _beside = ThreadPoolExecutor(1, "figures"), Beside()


def latest(make: Callable[..., Any], *args: Any) -> Dated:
    """What was made of the city's figures: of now, or the last one where those of now are long in coming.

    In the weeks of entry every cell makes new figures. Whoever looks then gets those of a moment ago, which are said
    to be so, instead of waiting in a line that never ends. Where a whole hall is entering, computing takes no more
    than a part of the time, so that entries go on.

    Parameters
    ----------
    make : callable
        A function of a module; what it gives, and its `args`, can be sent to another process.
    """
    state = state_of(municipality())
    key = (make.__module__, make.__qualname__, *args, texts.language())
    known = _pages.get(key)
    if known is not None and known.is_before(state) and known.rests(state):
        return replace(known, is_latest=False)
    end = monotonic() + PATIENCE
    while known is None or known.is_before(state):
        coming = _begun(key, make, args)
        if known is not None and not _is_done(coming, end - monotonic()):
            return replace(known, is_latest=False)
        known = coming.result()
    return known


def _is_done(coming: Future[Dated], patience: float) -> bool:
    """Wait for it, unless others wait already: a server has few hands, and those who enter need them."""
    if coming.done() or not _waiting.acquire(blocking=False):
        return coming.done()
    try:
        return bool(wait([coming], patience).done)
    finally:
        _waiting.release()


def computed(make: Callable[..., Any], *args: Any) -> tuple[State, Any]:
    """What is made of figures, and the state of the city that it is of; as `latest`, but always of now."""
    found: tuple[State, Any] = _executor.submit(copy_context().run, _of_now, make, *args).result()
    return found


def _of_now(make: Callable[..., Any], *args: Any) -> tuple[State, Any]:
    found: tuple[State, Any] = (_beside.run if _beside else _run)(of_one_moment, make, *args)
    return found


def _begun(key: tuple[Any, ...], make: Callable[..., Any], args: tuple[Any, ...]) -> Future[Dated]:
    """The making of a page that goes on, or a new one."""
    with _guard:
        if key not in _coming:
            coming = _coming[key] = _executor.submit(copy_context().run, _made, key, make, args)
            coming.add_done_callback(lambda _: _coming.pop(key, None))
            return coming
        return _coming[key]


def _made(key: tuple[Any, ...], make: Callable[..., Any], args: tuple[Any, ...]) -> Dated:
    at = timezone.now()
    state, found = _of_now(make, *args)
    made = Dated(state, found, at, is_latest=True, took=timezone.now() - at)
    with _guard:
        _pages[key] = made
        while len(_pages) > KEPT:
            _pages.popitem(last=False)
    return made


def _run(function: Callable[..., Any], *args: Any) -> Any:
    return function(*args)

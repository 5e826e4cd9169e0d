"""A VEN: what a VTN asks for, read like any other device; a VTN that talks nonsense is set aside with the reason."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlsplit

from kotsukotsu import texts
from kotsukotsu.devices.model import Aside, Clock, DeviceError, Observed, Reading
from kotsukotsu.devices.openadr.book import Book, Decide, Opt
from kotsukotsu.devices.openadr.errors import Doubt, OverdueError, VtnError
from kotsukotsu.devices.openadr.event import Event
from kotsukotsu.devices.openadr.http import PORTS, is_address
from kotsukotsu.devices.openadr.report import Point, Reports
from kotsukotsu.devices.openadr.session import Session
from kotsukotsu.devices.openadr.talk import NOT_REGISTERED, Talk
from kotsukotsu.findings import Finding
from kotsukotsu.periods import JST

WHOLE = 0  # what is set aside


def undecided(_event: Event) -> Opt | None:
    """Nobody has said whether to join."""
    return None


@dataclass
class Ven:
    """One VEN at one VTN.

    Attributes
    ----------
    url : str
        Of the VTN, up to and with ``/OpenADR2/Simple/2.0b``.
    ven_name : str
        Under which we register.
    ven_id, vtn_id : str
        As agreed beforehand; what differs from them is refused. Learnt at registration if left out.
    decide : callable
        Whether an event is joined; by default somebody has to say so with `answer`.
    points : tuple of Point
        Values that the VTN may have.
    tls : ssl.SSLContext, optional
        With our certificate and the VTN's authority, for an address with https.
    seconds : float
        For everything that one asking needs. [s]
    """

    name: str
    url: str
    ven_name: str
    ven_id: str = ""
    vtn_id: str = ""
    decide: Decide = undecided
    points: tuple[Point, ...] = ()
    tls: ssl.SSLContext | None = field(default=None, repr=False)
    seconds: float = 10.0
    aside: Aside = field(default_factory=Aside)
    session: Session = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """DV-50 if the address is none."""
        if not is_address(self.url):
            raise DeviceError("DV-50", device=self.name, value=self.url)
        self.session = Session(self.ven_name, Book(self.decide), Reports(self.points))

    @property
    def events(self) -> tuple[Event, ...]:
        """The events that are held."""
        return tuple(self.session.book.events.values())

    def opt(self, event_id: str) -> Opt | None:
        """What was decided about an event."""
        return self.session.book.opts.get(event_id)

    def read(self, clock: Clock) -> Reading:
        """Register if need be, ask what is new, and say what is asked for now.

        What was taken in good order before stays in force while the VTN cannot be reached.
        """
        findings = self._guarded(clock, self.session.news)
        return Reading(tuple(self.asked(clock())), (*findings, *self._remarks(clock())))

    def asked(self, at: datetime) -> Iterator[Observed]:
        """What is asked for at a moment, one value for each quantity."""
        for event, signal, interval in self.session.book.asked(at):
            source = f"OpenADR {urlsplit(self.url).hostname} {event.event_id} {signal.name}"
            yield Observed(self.name, signal.quantity, interval.value, signal.unit, source, at)

    def answer(self, event_id: str, opt: Opt, clock: Clock) -> tuple[Finding, ...]:
        """Say to the VTN that we join an event or do not.

        Raises
        ------
        DeviceError
            DV-49 an event that is not held.
        """
        known = self.session.book.events
        if event_id not in known:
            raise DeviceError("DV-49", device=self.name, event=event_id, known=texts.listed(known) or texts.none())

        def say(talk: Talk, _now: datetime) -> list[Doubt]:
            self.session.answer(talk, event_id, opt)
            return []

        return self._guarded(clock, say)

    def report(self, given: Reading, clock: Clock) -> tuple[Finding, ...]:
        """Send the reports that are due, with the values of a reading; DV-47 where there is no value."""
        if self.session.registration is None or not self.session.reports.due(clock()):
            return ()
        return self._guarded(clock, lambda talk, now: self.session.report(talk, given, now))

    def _guarded(self, clock: Clock, act: Callable[[Talk, datetime], list[Doubt]]) -> tuple[Finding, ...]:
        """Do something with the VTN; what makes that impossible is a finding, and the VTN rests."""
        now = clock()
        if self.aside.holds(WHOLE, now):
            return (self._finding(Doubt("DV-03", {"since": f"{self.aside.since[WHOLE]:%Y-%m-%d %H:%M}"})),)
        known = self.session.registration
        ids = (known.ven_id, known.vtn_id) if known else (self.ven_id, self.vtn_id)
        try:
            return tuple(self._finding(one) for one in act(Talk(self.url, self.seconds, self.tls, *ids), now))
        except (VtnError, OSError) as error:
            self.aside.put(WHOLE, clock())
            return (self._finding(self._reason(error)),)

    def _reason(self, error: VtnError | OSError) -> Doubt:
        if isinstance(error, VtnError):
            if error.data.get("status") == NOT_REGISTERED:
                self.session.registration = None
            return Doubt(error.code, error.data)
        if isinstance(error, OverdueError):
            return Doubt("DV-37", {"seconds": f"{self.seconds:g}"})
        if isinstance(error, ssl.SSLError):
            return Doubt("DV-52", {})
        parts = urlsplit(self.url)
        return Doubt("DV-01", {"reason": f"{parts.hostname}:{parts.port or PORTS[parts.scheme]}"})

    def _remarks(self, now: datetime) -> tuple[Finding, ...]:
        """Events that wait for an answer, and those that are only tests."""
        waiting = [Doubt("DV-44", _spoken(one)) for one in self.session.book.waiting(now)]
        tests = [Doubt("DV-45", _spoken(one)) for one in self.events if one.is_test and not one.is_over(now)]
        return tuple(self._finding(one) for one in (*waiting, *tests))

    def _finding(self, doubt: Doubt) -> Finding:
        return Finding(doubt.code, self.name, {"device": self.name, **doubt.data})


def _spoken(one: Event) -> dict[str, object]:
    return {"event": one.event_id, "start": f"{one.start.astimezone(JST):%Y-%m-%d %H:%M}"}

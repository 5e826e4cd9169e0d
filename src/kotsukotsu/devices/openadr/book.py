"""The events that are held: taken in, answered, and what they ask for at a moment."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal
from xml.etree.ElementTree import Element

from kotsukotsu import texts
from kotsukotsu.devices.openadr.errors import Doubt, VtnError
from kotsukotsu.devices.openadr.event import OVER, Event, event, identity
from kotsukotsu.devices.openadr.message import NAMES, message, node, text
from kotsukotsu.devices.openadr.signals import Interval, Signal
from kotsukotsu.devices.openadr.talk import GOOD, good

Opt = Literal["optIn", "optOut"]
Decide = Callable[[Event], Opt | None]
# Source: OpenADR 2.0b, Application Error Codes.
CODES = {"DV-30": "454", "DV-41": "462", "DV-42": "460", "DV-43": "450"}
EVENT_CODES = {"DV-30": "DV-40"}  # of the one event and not of the whole message
NO_RANK = 2**40  # behind every number that a rank can have


@dataclass(frozen=True, slots=True)
class Said:
    """What is answered to one event of a message."""

    event_id: str
    modification: int
    opt: Opt
    code: str = GOOD


@dataclass
class Book:
    """Events by their number, and what was decided.

    Attributes
    ----------
    decide : callable
        Whether we join; None where somebody has yet to say so.
    requests : dict
        The number of the message that brought an event.
    """

    decide: Decide
    events: dict[str, Event] = field(default_factory=dict)
    opts: dict[str, Opt] = field(default_factory=dict)
    requests: dict[str, str] = field(default_factory=dict)

    def take(
        self, distributed: Element, ven_id: str, resources: Iterable[str]
    ) -> tuple[Element | None, tuple[Doubt, ...]]:
        """The events of an ``oadrDistributeEvent`` in place of those that were held.

        What is not named any more is taken back. Nothing is changed if the message as a whole is nonsense.

        Returns
        -------
        Element, optional
            The ``oadrCreatedEvent`` to be sent, if there is something to say.

        Raises
        ------
        VtnError
            DV-30 events that cannot be told apart.
        """
        request = text(distributed, "pyld:requestID")
        given = {identity(one): one for one in distributed.iterfind("oadr:oadrEvent", NAMES)}
        if len({event_id for event_id, _ in given}) < len(distributed.findall("oadr:oadrEvent", NAMES)):
            raise VtnError("DV-30", element="eventID", answer=texts.listed(event_id for event_id, _ in given))
        held: dict[str, Event] = {}
        said: list[Said] = []
        doubts: list[Doubt] = []
        for (event_id, modification), one in given.items():
            try:
                held[event_id] = self._newer(event(one, (ven_id, *resources)))
            except VtnError as error:
                doubts.append(Doubt(EVENT_CODES.get(error.code, error.code), {**error.data, "event": event_id}))
                said.append(Said(event_id, modification, "optOut", CODES[error.code]))
        answered = [Said(one.event_id, one.modification, self.opts[one.event_id])
                    for one in self._replaced(held, doubts, request) if one.event_id in self.opts]  # fmt: skip
        return (created((*said, *answered), request, ven_id) if said or answered else None), tuple(doubts)

    def say(self, event_id: str, opt: Opt, ven_id: str) -> Element:
        """Decide by hand; the message to be sent."""
        self.opts[event_id] = opt
        said = Said(event_id, self.events[event_id].modification, opt)
        return created([said], self.requests[event_id], ven_id)

    def waiting(self, at: datetime) -> list[Event]:
        """Events that want an answer and have none."""
        return [one for one in self.events.values()
                if one.must_answer and one.event_id not in self.opts and not one.is_over(at)]  # fmt: skip

    def asked(self, at: datetime) -> Iterator[tuple[Event, Signal, Interval]]:
        """What is asked for at a moment, once for each quantity: the highest rank first, then the newest.

        Events that we said not to join, that are tests, over or taken back ask for nothing.
        """
        seen: set[str] = set()
        for one in sorted(self.events.values(), key=lambda one: (one.rank or NO_RANK, -one.created.timestamp())):
            if one.is_test or one.state in OVER or self.opts.get(one.event_id) == "optOut":
                continue
            for signal in one.signals:
                found = next((interval for interval in signal.intervals if interval.holds(at)), None)
                if found is not None and signal.quantity not in seen:
                    seen.add(signal.quantity)
                    yield one, signal, found

    def _newer(self, given: Event) -> Event:
        """DV-43 if a later form of the event is held."""
        held = self.events.get(given.event_id)
        if held is not None and held.modification > given.modification:
            raise VtnError("DV-43", given=given.modification, held=held.modification)
        return given

    def _replaced(self, held: dict[str, Event], doubts: Iterable[Doubt], request: str) -> list[Event]:
        """Hold these events and decide those that are new or changed; the ones that want an answer.

        An event that came in an older form than the one held stays as it was.
        """
        stale = [str(one.data["event"]) for one in doubts if one.code == "DV-43"]
        old = {event_id: self.events[event_id] for event_id in stale}
        opts = {}
        for event_id, one in held.items():
            before = self.events.get(event_id)
            same = before is not None and before.modification == one.modification
            decided = (self.opts.get(event_id) if same else None) or self._decided(one)
            if decided is not None:
                opts[event_id] = decided
        self.opts = opts | {event_id: opt for event_id, opt in self.opts.items() if event_id in old}
        self.events = old | held
        self.requests = {event_id: self.requests[event_id] for event_id in old} | dict.fromkeys(held, request)
        return [one for one in held.values() if one.must_answer]

    def _decided(self, one: Event) -> Opt | None:
        """What was taken back or is over is not joined, which the VTN takes as heard."""
        return "optOut" if one.state in OVER else self.decide(one)


def created(said: Iterable[Said], request: str, ven_id: str) -> Element:
    """The ``oadrCreatedEvent`` in answer to a request of the VTN."""
    answers = [
        node(
            "ei:eventResponse", node("ei:responseCode", one.code), node("pyld:requestID", request),
            node("ei:qualifiedEventID", node("ei:eventID", one.event_id),
                 node("ei:modificationNumber", str(one.modification))),
            node("ei:optType", one.opt),
        )
        for one in said
    ]  # fmt: skip
    inside = (good(request), node("ei:eventResponses", *answers), node("ei:venID", ven_id))
    return message("oadrCreatedEvent", node("pyld:eiCreatedEvent", *inside))

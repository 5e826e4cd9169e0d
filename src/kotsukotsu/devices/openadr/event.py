"""What the VTN asks for: an event with its time, its signals, and to whom it goes."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from xml.etree.ElementTree import Element

from kotsukotsu import texts
from kotsukotsu.devices.openadr.errors import VtnError
from kotsukotsu.devices.openadr.message import NAMES, child, count, duration, moment, optional, text
from kotsukotsu.devices.openadr.signals import Signal, signal

LONGEST = timedelta(days=366)
STATES = ("none", "far", "near", "active", "completed", "cancelled")
OVER = ("completed", "cancelled")
ALWAYS, NEVER = "always", "never"
START = "ei:eiActivePeriod/xcal:properties/xcal:dtstart/xcal:date-time"
LENGTH = "ei:eiActivePeriod/xcal:properties/xcal:duration/xcal:duration"


@dataclass(frozen=True, slots=True)
class Event:
    """A request of the VTN.

    Attributes
    ----------
    state : str
        As the VTN says: none, far, near, active, completed or cancelled.
    created : datetime
        When the VTN made it.
    end : datetime, optional
        None where it lasts until it is taken back.
    rank : int
        1 before 2 before 3; 0, no rank, after all.
    is_test : bool
        Nothing is to be done for it, only answered.
    must_answer : bool
        Whether the VTN wants to hear that we join or do not.
    signals : tuple of Signal
        Those that are understood.
    """

    event_id: str
    modification: int
    state: str
    created: datetime
    start: datetime
    end: datetime | None
    rank: int
    market: str
    is_test: bool
    must_answer: bool
    signals: tuple[Signal, ...] = field(repr=False)

    def is_over(self, at: datetime) -> bool:
        """Whether it has ended or was taken back."""
        return self.state in OVER or (self.end is not None and self.end <= at)


def identity(given: Element) -> tuple[str, int]:
    """Number and modification of an ``oadrEvent``; DV-30 where nobody could answer to it."""
    head = "ei:eiEvent/ei:eventDescriptor"
    return text(given, f"{head}/ei:eventID"), count(given, f"{head}/ei:modificationNumber")


def event(given: Element, names: Collection[str]) -> Event:
    """An ``oadrEvent``.

    Parameters
    ----------
    names : collection of str
        Our number, and the resources that we answer for.

    Raises
    ------
    VtnError
        DV-30 what is missing or unreadable, DV-41 for somebody else, DV-42 no signal that is understood.
    """
    event_id, modification = identity(given)
    body = child(given, "ei:eiEvent")
    head = child(body, "ei:eventDescriptor")
    _for_us(body, names)
    start, length = moment(body, START), duration(body, LENGTH)
    if length > LONGEST:
        raise VtnError("DV-30", element="duration", answer=length)
    signals = _signals(body, start, length or None)
    return Event(
        event_id, modification, _state(head), moment(head, "ei:createdDateTime"),
        start, start + length if length else None,
        count(head, "ei:priority") if optional(head, "ei:priority") else 0,
        optional(head, "ei:eiMarketContext/emix:marketContext"),
        optional(head, "ei:testEvent").lower() not in ("", "false"), _must_answer(given), signals,
    )  # fmt: skip


def _signals(body: Element, start: datetime, length: timedelta | None) -> tuple[Signal, ...]:
    given = body.findall("ei:eiEventSignals/ei:eiEventSignal", NAMES)
    made = tuple(one for each in given if (one := signal(each, start, length)) is not None)
    if not made:
        raise VtnError("DV-42", signals=texts.listed(optional(one, "ei:signalName") for one in given))
    return made


def _for_us(body: Element, names: Collection[str]) -> None:
    """DV-41 if numbers of VENs or of resources are named and none is ours; a group we cannot judge."""
    for kind in ("venID", "resourceID"):
        named = {(one.text or "").strip() for one in body.iterfind(f"ei:eiTarget/ei:{kind}", NAMES)}
        if named and not named.intersection(names):
            raise VtnError("DV-41", target=texts.listed(sorted(named)))


def _state(head: Element) -> str:
    found = text(head, "ei:eventStatus")
    if found not in STATES:
        raise VtnError("DV-30", element="eventStatus", answer=found)
    return found


def _must_answer(given: Element) -> bool:
    found = text(given, "oadr:oadrResponseRequired")
    if found not in (ALWAYS, NEVER):
        raise VtnError("DV-30", element="oadrResponseRequired", answer=found)
    return found == ALWAYS

"""What the VTNs of a site ask for from now on, as a plan of its half-hours takes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from kotsukotsu.devices.openadr.event import Event
from kotsukotsu.devices.openadr.ven import Ven
from kotsukotsu.energy.requests import Asked, Quantity, Requests, Wish
from kotsukotsu.energy.rolling import LENGTH
from kotsukotsu.energy.slots import MINUTES
from kotsukotsu.findings import Finding
from kotsukotsu.sessions.energy_operations import begins
from kotsukotsu.sessions.energy_system import Planned

SLOT = timedelta(minutes=MINUTES)
LEVELS = "level_kw"


@dataclass(frozen=True, slots=True)
class Request:
    """One interval of a request: what is asked for, and whether we joined it."""

    device: str
    event_id: str
    start: datetime
    end: datetime | None
    quantity: Quantity
    value: Decimal
    unit: str
    joined: bool

    def holds(self, at: datetime) -> bool:
        """Whether it is in force at a moment and we joined it."""
        return self.joined and self.start <= at and (self.end is None or at < self.end)


def held(vens: Mapping[str, Ven], at: datetime) -> tuple[Request, ...]:
    """Every interval that is not over, and begins before the plan ends."""
    found = [
        Request(ven.name, event.event_id, part.start, part.end, Quantity(signal.quantity), part.value, signal.unit,
                joined(ven, event))
        for ven in vens.values() for event in ven.events if not event.is_over(at) and not event.is_test
        for signal in event.signals for part in signal.intervals
        if (part.end is None or part.end > at) and part.start < at + LENGTH * SLOT
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda one: (one.start, one.event_id)))


def joined(ven: Ven, event: Event) -> bool:
    """Whether we said that we join, or nobody wants to hear it."""
    opt = ven.opt(event.event_id)
    return opt == "optIn" or (opt is None and not event.must_answer)


def wishes(site: Planned, vens: Mapping[str, Ven], now: datetime) -> Requests:
    """What is asked of each half-hour of the plan, of the first from now on, by the requests that we joined."""
    found = []
    for slot in range(LENGTH):
        at = max(now, begins(now) + slot * SLOT)
        for ven in vens.values():
            for event, signal, part in ven.session.book.asked(at):
                if joined(ven, event):
                    found.append(Wish(event.event_id, slot, Quantity(signal.quantity), float(part.value)))
    return Requests(tuple(found), _levels(site))


def doubts(found: Asked) -> list[Finding]:
    """DO-05 for each request whose level the site does not know what to make of."""
    unknown = {(one.event_id, int(one.value)) for one in found.unknown}
    return [Finding("DO-05", event, {"event": event, "level": level}) for event, level in sorted(unknown)]


def _levels(site: Planned) -> dict[int, float]:
    """The most that may be bought at each level, by ``site.toml``. [kW]"""
    given = site.opened.site.settings.get("operate", {}).get(LEVELS, [])
    return {number: float(value) for number, value in enumerate(given, 1)}

"""The one interface of every device, and what comes out of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Protocol

from kotsukotsu.errors import KotsukotsuError
from kotsukotsu.findings import Finding

REST = timedelta(minutes=10)  # how long what answered nonsense or nothing is left alone
Clock = Callable[[], datetime]


class DeviceError(KotsukotsuError):
    """A device is asked for something that nobody could do."""


class NonsenseError(ValueError):
    """An answer that cannot be what it claims to be."""


class RefusedError(ValueError):
    """A device answers that it does not have a property or does not take a value."""


@dataclass(frozen=True, slots=True)
class Observed:
    """One value as a device gave it.

    Attributes
    ----------
    quantity : str
        For example ``power`` or ``stored``.
    unit : str
        Unit of the value: W, Wh, kWh or %; level, yen/kWh or times of what is asked for; of an MQTT value as agreed.
    source : str
        Protocol, address and property.
    at : datetime
        When it was observed, with its zone.
    """

    device: str
    quantity: str
    value: Decimal
    unit: str
    source: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything that one asking brought."""

    values: tuple[Observed, ...] = ()
    findings: tuple[Finding, ...] = ()

    def __add__(self, other: Reading) -> Reading:
        return Reading(self.values + other.values, self.findings + other.findings)


class Device(Protocol):
    """Anything that can be read; it never raises because of what a device says, and it ends in bounded time."""

    @property
    def name(self) -> str:
        """What people call it."""

    def read(self, clock: Clock) -> Reading:
        """Ask it once."""


@dataclass
class Aside:
    """What is left alone for a while because it answered nonsense or nothing."""

    rest: timedelta = REST
    since: dict[int, datetime] = field(default_factory=dict)

    def put(self, key: int, now: datetime) -> None:
        """Leave it alone from now on."""
        self.since[key] = now

    def holds(self, key: int, now: datetime) -> bool:
        """Whether its rest is not over; when it is, it is forgiven."""
        if key in self.since and now - self.since[key] >= self.rest:
            del self.since[key]
        return key in self.since

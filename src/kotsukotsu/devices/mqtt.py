"""Values that an EMS or a gateway publishes through an MQTT broker."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation
from queue import Empty, SimpleQueue
from time import monotonic
from typing import Any

from paho.mqtt.client import Client, MQTTMessage
from paho.mqtt.enums import CallbackAPIVersion

from kotsukotsu import texts
from kotsukotsu.devices.model import Clock, NonsenseError, Observed, Reading
from kotsukotsu.findings import Finding
from kotsukotsu.periods import JST

AHEAD = timedelta(minutes=5)  # by which clocks may differ
Outcome = Observed | Finding


@dataclass(frozen=True, slots=True)
class Wanted:
    """What one topic is agreed to carry.

    A message is a number, or an object with ``value`` and, if it likes, ``unit`` and ``time`` (ISO 8601, Japan time
    where no zone is named).

    Attributes
    ----------
    least, most : Decimal
        Values outside are nonsense. [unit]
    """

    topic: str
    quantity: str
    unit: str
    least: Decimal
    most: Decimal


@dataclass(frozen=True)
class MqttDevice:
    """The topics of one device at a broker.

    Attributes
    ----------
    seconds : float
        How long to wait, all in all. [s]
    oldest : timedelta
        A value observed longer ago is no value of now.
    """

    name: str
    host: str
    wanted: tuple[Wanted, ...]
    port: int = 1883
    seconds: float = 5.0
    oldest: timedelta = timedelta(minutes=30)
    username: str | None = None
    password: str | None = field(default=None, repr=False)

    def read(self, clock: Clock) -> Reading:
        """The first good message of every topic; what is missing, unreadable or old is a finding."""
        arrived: SimpleQueue[MQTTMessage | str] = SimpleQueue()
        until = monotonic() + self.seconds
        client = self._client(arrived)
        try:
            client.connect(self.host, self.port)
            client.loop_start()
            return self._gathered(arrived, until, clock)
        except OSError as error:
            return Reading((), (self._finding("DV-01", reason=str(error)),))
        finally:
            client.disconnect()
            client.loop_stop()

    def _client(self, arrived: SimpleQueue[MQTTMessage | str]) -> Client:
        client = Client(CallbackAPIVersion.VERSION2)
        client.connect_timeout = self.seconds
        client.username_pw_set(self.username, self.password)

        def connected(client: Client, _data: Any, _flags: Any, reason: Any, _properties: Any) -> None:
            if reason.is_failure:
                arrived.put(str(reason))
            else:
                client.subscribe([(one.topic, 1) for one in self.wanted])

        client.on_connect = connected
        client.on_message = lambda _client, _data, message: arrived.put(message)
        return client

    def _gathered(self, arrived: SimpleQueue[MQTTMessage | str], until: float, clock: Clock) -> Reading:
        topics = {one.topic: one for one in self.wanted}
        found: dict[str, Outcome] = {}
        settled: set[str] = set()
        for message in _until(arrived, until):
            if isinstance(message, str):
                raise ConnectionRefusedError(message)
            if message.topic not in settled:
                found[message.topic] = self._outcome(topics[message.topic], message, clock())
            if not message.retain or isinstance(found[message.topic], Observed):
                settled.add(message.topic)
            if len(settled) == len(topics):
                break
        silent = [self._finding("DV-20", topic=topic) for topic in topics if topic not in found]
        values = tuple(one for one in found.values() if isinstance(one, Observed))
        return Reading(values, (*(one for one in found.values() if isinstance(one, Finding)), *silent))

    def _outcome(self, wanted: Wanted, message: MQTTMessage, now: datetime) -> Outcome:
        """A kept message that does not say when it was observed is of no known time."""
        try:
            value, at = _value(wanted, message.payload)
        except NonsenseError as error:
            return self._finding("DV-21", topic=wanted.topic, answer=str(error)[:60])
        if at is None and message.retain:
            return self._finding("DV-22", topic=wanted.topic, time=texts.none())
        at = at or now
        if not now - self.oldest <= at <= now + AHEAD:
            return self._finding("DV-22", topic=wanted.topic, time=f"{at:%Y-%m-%d %H:%M}")
        return Observed(self.name, wanted.quantity, value, wanted.unit, f"MQTT {self.host} {wanted.topic}", at)

    def _finding(self, code: str, **data: object) -> Finding:
        return Finding(code, self.name, {"device": self.name, **data})


def _until(arrived: SimpleQueue[MQTTMessage | str], until: float) -> Iterator[MQTTMessage | str]:
    """What arrives before a moment."""
    while (left := until - monotonic()) > 0:
        try:
            yield arrived.get(timeout=left)
        except Empty:
            return


def _value(wanted: Wanted, payload: bytes | bytearray) -> tuple[Decimal, datetime | None]:
    """The value of a message, and the time that it names.

    Raises
    ------
    NonsenseError
        No number, a number outside the limits, another unit, no time where one is named.
    """
    try:
        given = json.loads(payload, parse_float=Decimal, parse_int=Decimal, parse_constant=Decimal)
        said = given if isinstance(given, dict) else {"value": given}
        value = said["value"]
        at = datetime.fromisoformat(said["time"]) if "time" in said else None
    except (ValueError, KeyError, TypeError, InvalidOperation, RecursionError) as error:
        raise NonsenseError(repr(payload)) from error
    good = isinstance(value, Decimal) and value.is_finite() and wanted.least <= value <= wanted.most
    if not good or said.get("unit", wanted.unit) != wanted.unit:
        raise NonsenseError(repr(payload))
    return value, at if at is None or at.tzinfo else at.replace(tzinfo=JST)

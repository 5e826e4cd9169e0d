"""The counters that a smart meter keeps at every half-hour, day by day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from kotsukotsu.devices.echonet.device import EchonetDevice
from kotsukotsu.devices.model import Clock, DeviceError, NonsenseError, RefusedError
from kotsukotsu.findings import Finding

LATEST, HISTORY, HISTORY_DAY = 0xEA, 0xE2, 0xE5
DAYS_KEPT = 99
PER_DAY = 48
NO_COUNT, MOST = 0xFFFFFFFE, 99_999_999


@dataclass(frozen=True, slots=True)
class CounterDay:
    """The counter at 0:00, 0:30 … 23:30 of a day; None where the meter has none. [kWh]"""

    device: str
    day: date
    counters: tuple[Decimal | None, ...]
    source: str
    known_at: datetime


@dataclass
class SmartMeter(EchonetDevice):
    """A low-voltage smart meter (0x0288)."""

    def history(self, days_back: int, clock: Clock) -> CounterDay | Finding:
        """The counters of a day, 0 for today by the meter's own calendar.

        The meter names a day only by how far it lies back; its date is asked before and after, and an answer that
        midnight came into is not used.

        Raises
        ------
        DeviceError
            DV-10 a day that no meter keeps.
        """
        if not 0 <= days_back <= DAYS_KEPT:
            raise DeviceError("DV-10", device=self.name, days=days_back, most=DAYS_KEPT)
        try:
            return self._history(days_back, clock)
        except NonsenseError as error:
            return self.finding("DV-06", property=f"0x{HISTORY:02X}", answer=str(error)[:60])
        except RefusedError as error:
            return self.finding("DV-05", property=str(error))
        except OSError:
            return self.finding("DV-04", property=f"0x{HISTORY:02X}")

    def _history(self, days_back: int, clock: Clock) -> CounterDay | Finding:
        before = _day(self.link.get(self.place, LATEST))
        self.link.set(self.place, HISTORY_DAY, bytes((days_back,)))
        data = self.link.get(self.place, HISTORY)
        count = self.count_kwh(self.has())
        if _day(self.link.get(self.place, LATEST)) != before:
            return self.finding("DV-09", date=before)
        if len(data) != 2 + 4 * PER_DAY or int.from_bytes(data[:2], "big") != days_back:
            raise NonsenseError(data.hex())
        counters = tuple(_counter(data[place : place + 4], count) for place in range(2, len(data), 4))
        source = f"ECHONET Lite {self.place.host} {self.place.eoj.hex().upper()} 0x{HISTORY:02X}"
        return CounterDay(self.name, before - timedelta(days=days_back), counters, source, clock())


def _day(data: bytes) -> date:
    """The date of the latest half-hourly counter: year (two bytes), month, day, hour, minute, second, counter."""
    if len(data) != 11:
        raise NonsenseError(data.hex())
    try:
        return date(int.from_bytes(data[:2], "big"), data[2], data[3])
    except ValueError as error:
        raise NonsenseError(data.hex()) from error


def _counter(data: bytes, count: Decimal) -> Decimal | None:
    found = int.from_bytes(data, "big")
    if found == NO_COUNT:
        return None
    if found > MOST:
        raise NonsenseError(data.hex())
    return found * count

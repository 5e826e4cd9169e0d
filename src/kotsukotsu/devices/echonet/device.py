"""An object of a node, read property by property: what one of them answers does not touch the others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from kotsukotsu.devices.echonet.frame import property_map
from kotsukotsu.devices.echonet.link import Link, Place
from kotsukotsu.devices.echonet.properties import COUNTER, Property, number, properties
from kotsukotsu.devices.model import Aside, Clock, NonsenseError, Observed, Reading, RefusedError
from kotsukotsu.findings import Finding

GET_MAP, COEFFICIENT, COUNT_UNIT = 0x9F, 0xD3, 0xE1
WHOLE = 0  # no property has this code: the device itself
COEFFICIENTS = range(1_000_000)
# Source: ECHONET機器オブジェクト詳細規定, 低圧スマート電力量メータ, 積算電力量単位. [kWh]
COUNTS = {
    0x00: Decimal(1), 0x01: Decimal("0.1"), 0x02: Decimal("0.01"), 0x03: Decimal("0.001"), 0x04: Decimal("0.0001"),
    0x0A: Decimal(10), 0x0B: Decimal(100), 0x0C: Decimal(1000), 0x0D: Decimal(10000),
}  # fmt: skip


@dataclass
class EchonetDevice:
    """A smart meter (0x0288), photovoltaics (0x0279), battery (0x027D) or charger and discharger (0x027E).

    Attributes
    ----------
    aside : Aside
        Properties that answered nonsense or nothing, and under `WHOLE` the device.
    """

    name: str
    place: Place
    link: Link
    aside: Aside = field(default_factory=Aside)

    def read(self, clock: Clock) -> Reading:
        """Every property of the table that the device says it has."""
        if self.aside.holds(WHOLE, clock()):
            since = f"{self.aside.since[WHOLE]:%Y-%m-%d %H:%M}"
            return Reading((), (self.finding("DV-03", since=since),))
        try:
            has = self.has()
        except (OSError, NonsenseError, RefusedError) as error:
            self.aside.put(WHOLE, clock())
            return Reading((), (self._whole(error),))
        found = Reading()
        for one in properties(self.place.group):
            if one.code in has:
                found += self._property(one, clock, has)
        if found.findings and all(
            one.code in self.aside.since for one in properties(self.place.group) if one.code in has
        ):
            self.aside.put(WHOLE, clock())
        return found

    def has(self) -> frozenset[int]:
        """The properties that the device says can be read."""
        return property_map(self.link.get(self.place, GET_MAP))

    def count_kwh(self, has: frozenset[int]) -> Decimal:
        """What one count of a meter is: its unit times its coefficient, which is 1 where there is none. [kWh]"""
        unit = self.link.get(self.place, COUNT_UNIT)
        if len(unit) != 1 or unit[0] not in COUNTS:
            raise NonsenseError(unit.hex())
        if COEFFICIENT not in has:
            return COUNTS[unit[0]]
        data = self.link.get(self.place, COEFFICIENT)
        times = int.from_bytes(data, "big")
        if len(data) != 4 or not times or times not in COEFFICIENTS:
            raise NonsenseError(data.hex())
        return COUNTS[unit[0]] * times

    def finding(self, code: str, **data: object) -> Finding:
        """A finding about this device."""
        return Finding(code, self.name, {"device": self.name, **data})

    def _answer(self, epc: int, ask: Callable[[], Decimal | None]) -> Decimal | Finding:
        """What asking brings: a value, or what was wrong with the property."""
        data = {"property": f"0x{epc:02X}"}
        try:
            value = ask()
        except RefusedError:
            return self.finding("DV-05", **data)
        except NonsenseError as error:
            return self.finding("DV-06", **data, answer=str(error)[:60])
        except OSError:
            return self.finding("DV-04", **data)
        return self.finding("DV-07", **data) if value is None else value

    def _property(self, one: Property, clock: Clock, has: frozenset[int]) -> Reading:
        if self.aside.holds(one.code, clock()):
            since = f"{self.aside.since[one.code]:%Y-%m-%d %H:%M}"
            return Reading((), (self.finding("DV-08", property=f"0x{one.code:02X}", since=since),))
        value = self._answer(one.code, lambda: self._value(one, has))
        at = clock()
        if isinstance(value, Decimal):
            return Reading((self._observed(one, value, at),))
        if value.code != "DV-07":
            self.aside.put(one.code, at)
        return Reading((), (value,))

    def _value(self, one: Property, has: frozenset[int]) -> Decimal | None:
        found = number(one, self.link.get(self.place, one.code))
        if found is None:
            return None
        return found * (self.count_kwh(has) if one.scale == COUNTER else Decimal(one.scale))

    def _observed(self, one: Property, value: Decimal, at: datetime) -> Observed:
        source = f"ECHONET Lite {self.place.host} {self.place.eoj.hex().upper()} 0x{one.code:02X}"
        return Observed(self.name, one.quantity, value, one.unit, source, at)

    def _whole(self, error: Exception) -> Finding:
        """Why nothing of the device can be used."""
        if isinstance(error, NonsenseError):
            return self.finding("DV-02", answer=str(error)[:60])
        return self.finding("DV-01", reason=f"{self.place.host}:{self.place.port}")

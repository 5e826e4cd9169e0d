"""A signal of an event: which quantity is asked for in which interval."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from xml.etree.ElementTree import Element

from kotsukotsu.devices.openadr.errors import VtnError
from kotsukotsu.devices.openadr.message import NAMES, duration, name_of, number, optional, text

FILE = Path(__file__).parent / "signals.csv"
YEN, WATT = "JPY", "W"
# Source: OpenADR 2.0b, siScaleCode.
SCALES = {"none": Decimal(1), "k": Decimal(1000), "M": Decimal(1_000_000), "G": Decimal(10**9),
          "c": Decimal("0.01"), "m": Decimal("0.001")}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Kind:
    """One line of ``signals.csv``."""

    quantity: str
    unit: str
    item: str
    least: Decimal
    most: Decimal


@dataclass(frozen=True, slots=True)
class Interval:
    """A value from `start` until before `end`; without an end until it is taken back."""

    start: datetime
    end: datetime | None
    value: Decimal

    def holds(self, at: datetime) -> bool:
        """Whether a moment is within it."""
        return self.start <= at and (self.end is None or at < self.end)


@dataclass(frozen=True, slots=True)
class Signal:
    """One quantity over the intervals of an event."""

    name: str
    quantity: str
    unit: str
    intervals: tuple[Interval, ...]


@cache
def kinds() -> dict[tuple[str, str], Kind]:
    """What is understood, by name and type of the signal."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return {
            (row["signal"], row["type"]): Kind(
                row["quantity"], row["unit"], row["item"], Decimal(row["least"]), Decimal(row["most"])
            )
            for row in csv.DictReader(file)
        }


def signal(given: Element, start: datetime, length: timedelta | None) -> Signal | None:
    """A signal of an event; None if it is of a kind that is not understood.

    Parameters
    ----------
    length : timedelta, optional
        Of the event; open at the end if left out.

    Raises
    ------
    VtnError
        DV-30 a value outside its range, a unit that it cannot have, intervals that do not fill the event.
    """
    name = text(given, "ei:signalName")
    kind = kinds().get((name, text(given, "ei:signalType")))
    if kind is None:
        return None
    times = _scale(given, kind)
    made: list[Interval] = []
    at: datetime | None = start
    for one in given.iterfind("strm:intervals/ei:interval", NAMES):
        if at is None:
            raise VtnError("DV-30", element="interval", answer=name)
        made.append(_interval(one, at, kind, times))
        at = made[-1].end
    end = None if length is None else start + length
    if not made or at != end:
        raise VtnError("DV-30", element="intervals", answer=name)
    return Signal(name, kind.quantity, kind.unit, tuple(made))


def _interval(given: Element, start: datetime, kind: Kind, times: Decimal) -> Interval:
    length = duration(given, "xcal:duration/xcal:duration")
    value = number(given, "ei:signalPayload/ei:payloadFloat/ei:value") * times
    if not kind.least <= value <= kind.most or (kind.quantity == "level" and value != int(value)):
        raise VtnError("DV-30", element="value", answer=value)
    return Interval(start, start + length if length else None, value)


def _scale(given: Element, kind: Kind) -> Decimal:
    """By what the values are to be multiplied so that they are in the unit of the kind."""
    if not kind.item:
        return Decimal(1)
    item = next((child for child in given if name_of(child) == kind.item), None)
    if item is None:
        raise VtnError("DV-30", element=kind.item, answer="")
    unit, scale = optional(item, "{*}itemUnits"), optional(item, "scale:siScaleCode")
    if unit not in (YEN, WATT) or (unit == WATT) != (kind.unit == WATT):
        raise VtnError("DV-30", element="itemUnits", answer=unit)
    if scale not in SCALES:
        raise VtnError("DV-30", element="siScaleCode", answer=scale)
    return SCALES[scale]

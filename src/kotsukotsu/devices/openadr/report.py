"""Reports: which values the VTN may have (TELEMETRY_USAGE), which it wants and how often, and the values themselves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Literal
from uuid import uuid4
from xml.etree.ElementTree import Element

from kotsukotsu.devices.model import Observed
from kotsukotsu.devices.openadr.errors import VtnError
from kotsukotsu.devices.openadr.message import NAMES, child, duration, message, node, optional, text, written
from kotsukotsu.devices.openadr.talk import good, request_id

SERVICE = "EiReport"
SPECIFIER, METADATA = "telemetry", "METADATA"
OFTEN, SELDOM = timedelta(seconds=10), timedelta(days=1)
FOREVER = timedelta(days=366)
QUALITY = "Quality Good - Non Specific"
# Source: OpenADR 2.0b, power:powerReal, power:energyReal: report type, element, words and unit of each.
ITEMS = {"W": ("demand", "powerReal", "RealPower"), "Wh": ("usage", "energyReal", "RealEnergy")}
TO_BASE = {"W": ("W", Decimal(1)), "kW": ("W", Decimal(1000)), "Wh": ("Wh", Decimal(1)), "kWh": ("Wh", Decimal(1000))}


@dataclass(frozen=True, slots=True)
class Point:
    """A value that the VTN may have.

    Attributes
    ----------
    resource : str
        The number under which the VTN knows it, agreed or made known by registration.
    device, quantity : str
        Of the `Observed` that it is.
    unit : str
        W or Wh.
    hertz, voltage : int
        Of the supply, which the profile wants to be told of a power. [Hz, V]
    """

    resource: str
    device: str
    quantity: str
    unit: Literal["W", "Wh"]
    hertz: int
    voltage: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """A report that the VTN wants.

    Attributes
    ----------
    every : timedelta
        How often; zero where once is enough.
    """

    number: str
    resources: tuple[str, ...]
    every: timedelta


@dataclass
class Reports:
    """What may be had, what is wanted, and when it was sent last."""

    points: tuple[Point, ...]
    wanted: dict[str, Wanted] = field(default_factory=dict)
    sent: dict[str, datetime] = field(default_factory=dict)

    def offer(self, ven_id: str, now: datetime) -> Element:
        """``oadrRegisterReport``: all points, of one report."""
        power = [_described(point) for point in self.points]
        report = node(
            "oadr:oadrReport", node("xcal:duration", node("xcal:duration", written(SELDOM))), *power,
            node("ei:reportRequestID", "0"), node("ei:reportSpecifierID", SPECIFIER),
            node("ei:reportName", "METADATA_TELEMETRY_USAGE"), node("ei:createdDateTime", written(now)),
        )  # fmt: skip
        return message("oadrRegisterReport", request_id(), report, node("ei:venID", ven_id))

    def take(self, asking: Element) -> tuple[bool, tuple[str, ...]]:
        """Note the requests of a message.

        Returns
        -------
        bool
            Whether the VTN wants to hear again what it may have.
        tuple of str
            Numbers of requests for what we do not have.

        Raises
        ------
        VtnError
            DV-30 what is missing or unreadable; nothing is noted then.
        """
        given = [_wanted(one) for one in asking.iterfind("oadr:oadrReportRequest", NAMES)]
        known = {point.resource for point in self.points}
        again = [one for specifier, one in given if specifier == METADATA]
        possible = [one for specifier, one in given if specifier == SPECIFIER and known.issuperset(one.resources)]
        self.wanted |= {one.number: one for one in possible}
        return bool(again), tuple(one.number for _, one in given if one not in again and one not in possible)

    def drop(self, cancelling: Element) -> None:
        """Take reports back that the VTN wants no more."""
        for one in cancelling.iterfind("ei:reportRequestID", NAMES):
            number = (one.text or "").strip()
            self.wanted.pop(number, None)
            self.sent.pop(number, None)

    def pending(self, name: str, request: str, ven_id: str) -> Element:
        """``oadrCreatedReport`` or ``oadrCanceledReport``: what is still to come."""
        numbers = [node("ei:reportRequestID", number) for number in self.wanted]
        return message(name, good(request), node("oadr:oadrPendingReports", *numbers), node("ei:venID", ven_id))

    def due(self, now: datetime) -> list[Wanted]:
        """Reports whose time has come."""
        return [one for one in self.wanted.values()
                if one.number not in self.sent or now - self.sent[one.number] >= one.every]  # fmt: skip

    def values(self, wanted: Wanted, given: Iterable[Observed]) -> dict[str, Observed]:
        """What there is for a report, by resource; without a value there is nothing, not zero."""
        found = {(one.device, one.quantity): one for one in given if one.unit in TO_BASE}
        points = {point.resource: point for point in self.points}
        pairs = ((name, points[name]) for name in wanted.resources)
        return {
            name: found[point.device, point.quantity]
            for name, point in pairs
            if (point.device, point.quantity) in found
            and TO_BASE[found[point.device, point.quantity].unit][0] == point.unit
        }

    def done(self, wanted: Wanted, now: datetime) -> None:
        """Remember that a report was sent; one that was wanted once is wanted no more."""
        if wanted.every:
            self.sent[wanted.number] = now
        else:
            self.wanted.pop(wanted.number, None)


def update(wanted: Wanted, values: Mapping[str, Observed], ven_id: str, now: datetime) -> Element:
    """``oadrUpdateReport`` with the values of one report."""
    first = min(one.at for one in values.values())
    report = node(
        "oadr:oadrReport", _start(first),
        node("strm:intervals", *(_interval(name, one) for name, one in values.items())),
        node("ei:eiReportID", uuid4().hex), node("ei:reportRequestID", wanted.number),
        node("ei:reportSpecifierID", SPECIFIER), node("ei:reportName", "TELEMETRY_USAGE"),
        node("ei:createdDateTime", written(now)),
    )  # fmt: skip
    return message("oadrUpdateReport", request_id(), report, node("ei:venID", ven_id))


def _interval(name: str, one: Observed) -> Element:
    value = one.value * TO_BASE[one.unit][1]
    return node(
        "ei:interval", _start(one.at),
        node("oadr:oadrReportPayload", node("ei:rID", name),
             node("ei:payloadFloat", node("ei:value", written(value))), node("oadr:oadrDataQuality", QUALITY)),
    )  # fmt: skip


def _start(at: datetime) -> Element:
    return node("xcal:dtstart", node("xcal:date-time", written(at)))


def _described(point: Point) -> Element:
    kind, element, words = ITEMS[point.unit]
    inside = [node("power:itemDescription", words), node("power:itemUnits", point.unit),
              node("scale:siScaleCode", "none")]  # fmt: skip
    if element == "powerReal":
        supply = (("hertz", point.hertz), ("voltage", point.voltage), ("ac", "true"))
        inside.append(node("power:powerAttributes", *(node(f"power:{name}", str(value)) for name, value in supply)))
    often = (node("oadr:oadrMinPeriod", written(OFTEN)), node("oadr:oadrMaxPeriod", written(SELDOM)))
    return node(
        "oadr:oadrReportDescription", node("ei:rID", point.resource),
        node("ei:reportDataSource", node("ei:resourceID", point.resource)), node("ei:reportType", kind),
        node(f"power:{element}", *inside), node("ei:readingType", "Direct Read"),
        node("oadr:oadrSamplingRate", *often, node("oadr:oadrOnChange", "false")),
    )  # fmt: skip


def _wanted(given: Element) -> tuple[str, Wanted]:
    """The report that is asked for, and the specifier that it names."""
    asked = child(given, "ei:reportSpecifier")
    every = duration(asked, "ei:reportBackDuration/xcal:duration")
    names = [text(one, "ei:rID") for one in asked.iterfind("ei:specifierPayload", NAMES)]
    if every > FOREVER or not names:
        raise VtnError("DV-30", element="reportSpecifier", answer=optional(asked, "ei:reportSpecifierID"))
    return text(asked, "ei:reportSpecifierID"), Wanted(text(given, "ei:reportRequestID"), tuple(names), every)

"""Reports: what may be had, what is wanted, and values that are sent only where there are any."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from kotsukotsu.devices.model import Observed, Reading
from kotsukotsu.devices.openadr.report import Point
from tests.devices.openadr.vtn import VEN, value, values, wanted
from tests.devices.simulator import NOW, clock

POINTS = (Point("m1-kw", "計器", "power", "W", 50, 6600), Point("m1-kwh", "計器", "bought", "Wh", 50, 6600))


def observed(quantity, number, unit, at=NOW):
    return Observed("計器", quantity, Decimal(number), unit, "x", at)


READING = Reading((observed("power", "-1200.5", "W"), observed("bought", "370368.1", "kWh")))


def codes(findings):
    return [one.code for one in findings]


def create(*requests):
    inside = "".join(requests)
    return f"<o:oadrCreateReport><p:requestID>Q-1</p:requestID>{inside}<ei:venID>{VEN}</ei:venID></o:oadrCreateReport>"


def test_what_may_be_had_is_said_at_registration(vtn, ven):
    ven(points=POINTS).read(clock)
    (told,) = vtn.told("oadrRegisterReport")
    names = ("rID", "reportType", "itemUnits", "siScaleCode", "readingType", "voltage")
    assert [values(told, name) for name in names] == [
        ["m1-kw", "m1-kwh"], ["demand", "usage"], ["W", "Wh"], ["none"] * 2, ["Direct Read"] * 2, ["6600"]]  # fmt: skip
    assert value(told, "reportName") == "METADATA_TELEMETRY_USAGE"


def test_a_report_that_is_wanted_at_registration_is_confirmed_and_sent(vtn, ven):
    vtn.wanted = wanted("R1", ["m1-kw", "m1-kwh"], minutes=30)
    device = ven(points=POINTS)
    device.read(clock)
    assert values(vtn.told("oadrCreatedReport")[0], "reportRequestID") == ["R1"]
    assert device.report(READING, clock) == ()
    (told,) = vtn.told("oadrUpdateReport")
    assert [values(told, name) for name in ("rID", "value", "date-time")] == [
        ["m1-kw", "m1-kwh"], ["-1200.5", "370368100.0"], ["2026-05-01T03:00:00Z"] * 3]  # fmt: skip
    assert (value(told, "reportRequestID"), value(told, "reportName")) == ("R1", "TELEMETRY_USAGE")


def test_a_report_is_sent_as_often_as_it_is_wanted(vtn, ven):
    vtn.wanted = wanted("R1", ["m1-kw"], minutes=30)
    device = ven(points=POINTS)
    device.read(clock)
    for minutes in (0, 10, 29, 30, 59, 60):
        device.report(READING, lambda minutes=minutes: NOW + timedelta(minutes=minutes))
    assert len(vtn.told("oadrUpdateReport")) == 3


def test_a_report_that_is_wanted_once_is_sent_once(vtn, ven):
    device = ven(points=POINTS)
    device.read(clock)
    vtn.queue = [create(wanted("R1", ["m1-kw"]))]
    device.read(clock)
    device.report(READING, clock)
    device.report(READING, clock)
    assert len(vtn.told("oadrUpdateReport")) == 1


def test_without_a_value_nothing_is_sent_and_no_zero(vtn, ven):
    vtn.wanted = wanted("R1", ["m1-kw", "m1-kwh"], minutes=30)
    device = ven(points=POINTS)
    device.read(clock)
    (found,) = device.report(Reading(), clock)
    assert (found.code, found.data["resources"], vtn.told("oadrUpdateReport")) == ("DV-47", "m1-kw、m1-kwh", [])
    (found,) = device.report(Reading((observed("bought", 1, "kWh"),)), clock)
    assert (found.data["resources"], values(vtn.told("oadrUpdateReport")[0], "rID")) == ("m1-kw", ["m1-kwh"])


def test_a_value_in_another_unit_than_was_offered_is_not_sent(vtn, ven):
    vtn.wanted = wanted("R1", ["m1-kw"], minutes=30)
    device = ven(points=POINTS)
    device.read(clock)
    assert codes(device.report(Reading((observed("power", 5, "kWh"),)), clock)) == ["DV-47"]
    assert codes(device.report(Reading((observed("power", 5, "%"),)), clock)) == ["DV-47"]
    assert vtn.told("oadrUpdateReport") == []


def test_a_report_of_what_was_never_offered_is_not_promised(vtn, ven):
    device = ven(points=POINTS)
    device.read(clock)
    vtn.queue = [create(wanted("R1", ["m9"]), wanted("R2", ["m1-kw"]), wanted("R3", ["m1-kw"], specifier="else"))]
    found = device.read(clock).findings
    assert [(one.code, one.data["request"]) for one in found] == [("DV-46", "R1"), ("DV-46", "R3")]
    assert values(vtn.told("oadrCreatedReport")[0], "reportRequestID") == ["R2"]


def test_a_vtn_may_hear_again_what_may_be_had(vtn, ven):
    device = ven(points=POINTS)
    device.read(clock)
    vtn.queue = [create(wanted("R1", ["METADATA"], specifier="METADATA"))]
    assert device.read(clock).findings == ()
    assert len(vtn.told("oadrRegisterReport")) == 2


def test_a_report_that_is_cancelled_is_sent_no_more(vtn, ven):
    vtn.wanted = wanted("R1", ["m1-kw"], minutes=30) + wanted("R2", ["m1-kwh"], minutes=30)
    device = ven(points=POINTS)
    device.read(clock)
    cancel = (
        "<o:oadrCancelReport><p:requestID>C-1</p:requestID><ei:reportRequestID>{}</ei:reportRequestID>"
        "<p:reportToFollow>false</p:reportToFollow></o:oadrCancelReport>"
    )
    vtn.queue = [cancel.format("R1")]
    assert device.read(clock).findings == ()
    assert values(vtn.told("oadrCanceledReport")[0], "reportRequestID") == ["R2"]
    vtn.cancels = cancel.format("R2")
    device.report(READING, clock)
    device.report(READING, lambda: NOW + timedelta(days=1))
    assert [value(one, "reportRequestID") for one in vtn.told("oadrUpdateReport")] == ["R2"]


def test_nothing_is_reported_before_registration(vtn, ven):
    assert ven(points=POINTS).report(READING, clock) == ()
    assert vtn.heard == []

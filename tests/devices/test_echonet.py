"""Devices over UDP: good answers are values, bad ones findings, and the rest go on."""

from __future__ import annotations

import time
from contextlib import suppress
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kotsukotsu.devices.echonet.device import EchonetDevice
from kotsukotsu.devices.echonet.frame import CONTROLLER, Frame, decode, encode, property_map
from kotsukotsu.devices.echonet.link import Link, Place
from kotsukotsu.devices.fleet import read_all
from kotsukotsu.devices.model import NonsenseError, Observed
from tests.devices.simulator import LOOPBACK, NOW, SILENT, clock

METER, PV, BATTERY, CAR = 0x0288, 0x0279, 0x027D, 0x027E


def four(value, *, signed=False):
    return value.to_bytes(4, "big", signed=signed)


def meter_properties():
    return {0xE7: four(-1200, signed=True), 0xE0: four(123456), 0xE3: four(10), 0xE1: b"\x01", 0xD3: four(30)}


def values(reading):
    return {one.quantity: (one.value, one.unit) for one in reading.values}


def codes(reading):
    return [one.code for one in reading.findings]


def test_a_frame_is_the_bytes_of_the_standard():
    frame = Frame(1, CONTROLLER, b"\x02\x88\x01", 0x62, ((0xE7, b""),))
    assert encode(frame).hex() == "1081000105ff010288016201e700"
    assert decode(encode(frame)) == frame


@given(st.binary(max_size=60))
def test_any_bytes_are_a_frame_or_nonsense(data):
    with suppress(NonsenseError):
        assert encode(decode(data)) == data


@given(st.binary(max_size=4), st.binary(max_size=40))
def test_any_bytes_after_a_header_are_a_frame_or_nonsense(count, rest):
    data = b"\x10\x81\x00\x01\x02\x88\x01\x05\xff\x01\x72" + count + rest
    with suppress(NonsenseError):
        assert encode(decode(data)) == data


def test_a_map_of_sixteen_and_more_is_a_field_of_bits():
    bits = [0] * 16
    bits[0x7], bits[0x0] = 0b01000000, 0b01111111
    for low in range(1, 9):
        bits[low] |= 1
    found = property_map(bytes([16, *bits]))
    assert found == {0xE7, *(0x80 + 0x10 * n for n in range(7)), *range(0x81, 0x89)}


def test_a_map_whose_number_is_wrong_is_nonsense():
    for data in (b"", b"\x03\xe7\xe0", b"\x02\xe7\xe7", b"\x01\x10", bytes([17, *([0] * 16)])):
        with pytest.raises(NonsenseError):
            property_map(data)


def test_a_smart_meter_gives_power_and_counters_with_unit_source_and_time(node, link):
    meter = EchonetDevice("庁舎の計器", node(METER, meter_properties()).place, link)
    reading = meter.read(clock)
    assert reading.findings == ()
    assert values(reading) == {
        "power": (Decimal(-1200), "W"),
        "bought": (Decimal("370368.0"), "kWh"),
        "sold": (Decimal("30.0"), "kWh"),
    }
    source = "ECHONET Lite 127.0.0.1 028801 0xE7"
    assert reading.values[0] == Observed("庁舎の計器", "power", Decimal(-1200), "W", source, NOW)


def test_a_meter_without_a_coefficient_counts_once(node, link):
    properties = meter_properties()
    del properties[0xD3]
    reading = EchonetDevice("計器", node(METER, properties).place, link).read(clock)
    assert values(reading)["bought"] == (Decimal("12345.6"), "kWh")


def test_photovoltaics_battery_and_car_are_read(node, link):
    pv = node(PV, {0xE0: (4321).to_bytes(2, "big"), 0xE1: four(1_234_567)})
    battery = node(
        BATTERY, {0xD3: four(-2500, signed=True), 0xE2: four(6400), 0xE4: b"\x40", 0xA4: four(9), 0xA5: four(8)}
    )
    car = node(CAR, {0xD3: four(3000, signed=True), 0xE2: four(20_000), 0xE4: b"\x32", 0xC2: four(12_000)})
    reading = read_all(
        [EchonetDevice(name, one.place, link) for name, one in zip("abc", (pv, battery, car), strict=True)], clock
    )
    assert reading.findings == ()
    assert [(one.device, one.quantity, one.value, one.unit) for one in reading.values] == [
        ("a", "power", 4321, "W"),
        ("a", "generated", Decimal("1234.567"), "kWh"),
        ("b", "power", -2500, "W"),
        ("b", "stored", 6400, "Wh"),
        ("b", "charge", 64, "%"),
        ("b", "chargeable", 9, "Wh"),
        ("b", "dischargeable", 8, "Wh"),
        ("c", "power", 3000, "W"),
        ("c", "stored", 20_000, "Wh"),
        ("c", "charge", 50, "%"),
        ("c", "dischargeable", 12_000, "Wh"),
    ]


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (b"\x01", "DV-06"),  # too short
        (four(0x7FFFFFFF), "DV-06"),  # overflow
        (four(-(2**31), signed=True), "DV-06"),  # underflow
        (four(0x7FFFFFFE), "DV-07"),  # not measured
        (b"", "DV-06"),
        (SILENT, "DV-04"),
    ],
    ids=["short", "overflow", "underflow", "not measured", "empty", "silent"],
)
def test_one_bad_property_does_not_touch_the_others(node, link, answer, code):
    reading = EchonetDevice("計器", node(METER, {**meter_properties(), 0xE7: answer}).place, link).read(clock)
    assert codes(reading) == [code]
    assert set(values(reading)) == {"bought", "sold"}
    assert reading.findings[0].data["property"] == "0xE7"


def test_a_property_of_the_map_that_is_refused_is_a_finding(node, link):
    properties = meter_properties()
    simulated = node(METER, properties)
    del simulated.properties[0xE7]
    simulated.map = lambda: bytes([len(properties), *properties])
    reading = EchonetDevice("計器", simulated.place, link).read(clock)
    assert codes(reading) == ["DV-05"]
    assert set(values(reading)) == {"bought", "sold"}


def test_a_percentage_over_a_hundred_is_nonsense_and_no_value(node, link):
    reading = EchonetDevice("電池", node(BATTERY, {0xE4: b"\x65", 0xE2: four(5)}).place, link).read(clock)
    assert (codes(reading), set(values(reading))) == (["DV-06"], {"stored"})


def test_a_unit_that_no_standard_knows_gives_no_counter(node, link):
    reading = EchonetDevice("計器", node(METER, {**meter_properties(), 0xE1: b"\x05"}).place, link).read(clock)
    assert (codes(reading), set(values(reading))) == (["DV-06", "DV-06"], {"power"})


def test_a_bad_property_rests_and_is_asked_again_afterwards(node, link):
    simulated = node(METER, {**meter_properties(), 0xE7: b"\x01"})
    meter = EchonetDevice("計器", simulated.place, link)
    meter.read(clock)
    simulated.properties[0xE7] = four(77)
    asked = len(simulated.asked)
    again = meter.read(lambda: NOW + timedelta(minutes=9))
    assert codes(again) == ["DV-08"]
    assert (0x62, 0xE7, b"") not in simulated.asked[asked:]
    later = meter.read(lambda: NOW + timedelta(minutes=10))
    assert (codes(later), values(later)["power"]) == ([], (Decimal(77), "W"))


def test_a_device_that_talks_nonsense_is_set_aside_and_the_rest_go_on(node, link):
    broken, good = node(BATTERY, {}), node(PV, {0xE0: b"\x00\x05"})
    broken.raw[0x9F] = [b"\x10\x81garbage", b"", b"\xff" * 200]
    fleet = [EchonetDevice("壊れた電池", broken.place, link), EchonetDevice("太陽光", good.place, link)]
    first = read_all(fleet, clock)
    assert (codes(first), values(first)) == (["DV-02"], {"power": (Decimal(5), "W")})
    asked = len(broken.asked)
    second = read_all(fleet, clock)
    assert (codes(second), values(second), len(broken.asked)) == (["DV-03"], values(first), asked)


def test_a_device_of_which_every_property_is_nonsense_is_set_aside(node, link):
    device = EchonetDevice("電池", node(BATTERY, {0xE4: b"\xff", 0xE2: b"\x01"}).place, link)
    assert codes(device.read(clock)) == ["DV-06", "DV-06"]
    assert codes(device.read(clock)) == ["DV-03"]


def test_a_silent_device_takes_no_longer_than_it_may(link, node):
    silent = node(METER, {})
    silent.raw[0x9F] = []
    began = time.monotonic()
    reading = read_all([EchonetDevice("計器", silent.place, link)], clock)
    assert codes(reading) == ["DV-01"]
    assert time.monotonic() - began < 2


def test_late_and_foreign_answers_are_passed_over(node, link):
    simulated = node(PV, {0xE0: b"\x00\x05"})
    answers = simulated.answers

    def with_noise(data):
        late = data[:2] + b"\xff\xff" + data[4:]
        other = b"\x02\x7d\x01"
        foreign = data[:4] + other + data[4:7] + b"\x72\x01\xe0\x02\x00\x63"
        return [simulated.frame(late, 0x72, 0xE0, b"\x00\x63"), foreign, b"junk", *answers(data)]

    simulated.answers = with_noise
    reading = EchonetDevice("太陽光", simulated.place, link).read(clock)
    assert (codes(reading), values(reading)) == ([], {"power": (Decimal(5), "W")})


def test_a_network_that_cannot_be_reached_is_a_finding():
    with Link(LOOPBACK, 0, seconds=0.1) as link:
        reading = read_all([EchonetDevice("計器", Place("127.0.0.1", METER, port=0), link)], clock)
    assert codes(reading) == ["DV-01"]

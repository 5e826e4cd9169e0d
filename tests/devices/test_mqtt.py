"""Values through a real Mosquitto on the loopback interface."""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager
from datetime import timedelta
from decimal import Decimal

import pytest
from paho.mqtt.client import Client
from paho.mqtt.enums import CallbackAPIVersion

from kotsukotsu.devices.fleet import read_all
from kotsukotsu.devices.mqtt import MqttDevice, Wanted
from tests.devices.simulator import LOOPBACK, NOW, clock, free_port

LIMITS = (Decimal(-100), Decimal(100))


@pytest.fixture
def publish(brokers):
    client = Client(CallbackAPIVersion.VERSION2)
    client.connect(LOOPBACK, brokers[0])
    client.loop_start()
    kept = []

    def send(topic, payload, *, retain=True):
        kept.append(topic)
        client.publish(topic, payload, qos=1, retain=retain).wait_for_publish(2)

    yield send
    for topic in kept:
        client.publish(topic, b"", qos=1, retain=True).wait_for_publish(2)
    client.disconnect()
    client.loop_stop()


def device(port, *topics, seconds=0.8, **more):
    wanted = tuple(Wanted(topic, "power", "kW", *LIMITS) for topic in topics)
    return MqttDevice("EMS", LOOPBACK, wanted, port, seconds, **more)


@contextmanager
def repeated(publish, topic, payload):
    """A sensor that sends again and again and has nothing kept."""
    over = threading.Event()

    def send():
        while not over.wait(0.1):
            publish(topic, payload, retain=False)

    sensor = threading.Thread(target=send)
    sensor.start()
    yield
    over.set()
    sensor.join()


def codes(reading):
    return [one.code for one in reading.findings]


def test_a_value_comes_with_unit_source_and_the_time_that_the_message_names(brokers, publish):
    publish("a/power", '{"value": 12.30, "unit": "kW", "time": "2026-05-01T11:59:00"}')
    began = time.monotonic()
    reading = device(brokers[0], "a/power", seconds=5).read(clock)
    assert time.monotonic() - began < 4, "it does not wait when it has everything"
    (one,) = reading.values
    assert (one.value, one.unit, one.source) == (Decimal("12.30"), "kW", "MQTT 127.0.0.1 a/power")
    assert (one.at, reading.findings) == (NOW - timedelta(minutes=1), ())


def test_a_fresh_number_is_observed_now(brokers, publish):
    with repeated(publish, "b/power", "-4.5"):
        reading = device(brokers[0], "b/power", seconds=5).read(clock)
    assert [(one.value, one.at) for one in reading.values] == [(Decimal("-4.5"), NOW)]


BAD = {
    "DV-21": [
        "壊れた", "NaN", "1e999", "true", "[1]", "[" * 9999, '{"value": "12"}', '{"value": 12, "unit": "W"}',
        '{"value": 101}', '{"value": 1, "time": "yesterday"}', '{"value": 1, "time": 5}', b"\xff\xfe",
    ],
    "DV-22": [
        "12",  # kept by the broker, nobody knows since when
        '{"value": 1, "time": "2026-05-01T11:29:00+09:00"}',
        '{"value": 1, "time": "2026-05-01T12:06:00+09:00"}',
    ],
}  # fmt: skip


def test_what_is_no_value_of_now_is_a_finding_and_the_rest_go_on(brokers, publish):
    expected = {f"c/{code}/{number}": code for code, bad in BAD.items() for number in range(len(bad))}
    for topic, code in expected.items():
        publish(topic, BAD[code][int(topic.rsplit("/", 1)[1])])
    publish("c/good", '{"value": 7, "time": "2026-05-01T12:00:00"}')
    reading = device(brokers[0], *expected, "c/good", seconds=1.5).read(clock)
    assert {one.data["topic"]: one.code for one in reading.findings} == expected
    assert [one.value for one in reading.values] == [Decimal(7)]


def test_a_kept_number_of_unknown_age_gives_way_to_a_fresh_one(brokers, publish):
    publish("d/power", "1")
    with repeated(publish, "d/power", "2"):
        reading = device(brokers[0], "d/power", seconds=5).read(clock)
    assert (codes(reading), [one.value for one in reading.values]) == ([], [Decimal(2)])


def test_a_silent_topic_is_a_finding_within_the_time(brokers):
    began = time.monotonic()
    assert codes(device(brokers[0], "e/nothing").read(clock)) == ["DV-20"]
    assert time.monotonic() - began < 4


def test_a_broker_that_is_not_there_does_not_stop_the_others(brokers, publish):
    publish("f/power", '{"value": 7, "time": "2026-05-01T12:00:00"}')
    reading = read_all([device(free_port(), "f/power"), device(brokers[0], "f/power")], clock)
    assert (codes(reading), len(reading.values)) == (["DV-01"], 1)


def test_a_broker_may_ask_for_a_password(brokers):
    right = device(brokers[1], "g/power", username="ems", password="himitsu")
    wrong = device(brokers[1], "g/power", username="ems", password="chigau")
    assert codes(right.read(clock)) == ["DV-20"]
    (found,) = wrong.read(clock).findings
    assert (found.code, "authori" in str(found.data["reason"]).lower()) == ("DV-01", True)
    assert "himitsu" not in repr(right)

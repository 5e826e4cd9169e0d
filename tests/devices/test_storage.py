"""Charging and discharging: the amount is set before the mode, and a refused amount leaves the mode alone."""

from __future__ import annotations

import pytest

from kotsukotsu.devices.echonet.storage import Storage
from kotsukotsu.devices.model import DeviceError

BATTERY, CAR, MODE = 0x027D, 0x027E, 0xDA
STANDBY = {MODE: b"\x44"}


def settings(simulated):
    return [(code, data.hex()) for service, code, data in simulated.asked if service == 0x61]


@pytest.mark.parametrize(
    ("group", "mode", "expected"),
    [
        (BATTERY, "charge", [(0xAA, "000007d0"), (MODE, "42")]),
        (BATTERY, "discharge", [(0xAB, "000007d0"), (MODE, "43")]),
        (CAR, "charge", [(0xE7, "000007d0"), (MODE, "42")]),
        (CAR, "discharge", [(0xEA, "000007d0"), (MODE, "43")]),
    ],
)
def test_the_amount_is_set_before_the_mode(node, link, group, mode, expected):
    simulated = node(group, STANDBY)
    assert Storage("電池", simulated.place, link).order(mode, 2000) is None
    assert settings(simulated) == expected


def test_standing_by_needs_no_amount(node, link):
    simulated = node(BATTERY, {MODE: b"\x42"})
    assert Storage("電池", simulated.place, link).order("standby") is None
    assert settings(simulated) == [(MODE, "44")]


def test_a_refused_amount_leaves_the_mode_as_it_was(node, link):
    simulated = node(BATTERY, STANDBY)
    simulated.refuses = {0xAA}
    found = Storage("電池", simulated.place, link).order("charge", 2000)
    assert (found.code, simulated.properties[MODE]) == ("DV-12", b"\x44")
    assert [code for code, _ in settings(simulated)] == [0xAA]


def test_silence_after_the_amount_leaves_the_mode_as_it_was(node, link):
    simulated = node(BATTERY, STANDBY)
    simulated.raw[0xAA] = []
    assert Storage("電池", simulated.place, link).order("charge", 2000).code == "DV-12"
    assert [code for code, _ in settings(simulated)] == [0xAA]


def test_a_device_that_says_yes_and_does_something_else_is_found_out(node, link):
    simulated = node(BATTERY, STANDBY)
    answers = simulated.answers

    def forgetful(data):
        made = answers(data)
        simulated.properties[MODE] = b"\x46"
        return made

    simulated.answers = forgetful
    found = Storage("電池", simulated.place, link).order("charge", 2000)
    assert (found.code, found.data["answer"]) == ("DV-13", "46")


def test_a_mode_that_cannot_be_read_back_is_not_believed(node, link):
    simulated = node(BATTERY, STANDBY)
    answers = simulated.answers
    simulated.answers = lambda data: [] if (data[10], data[12]) == (0x62, MODE) else answers(data)
    assert Storage("電池", simulated.place, link).order("discharge", 1).code == "DV-13"


@pytest.mark.parametrize("amount", [0, -1, 10**9])
def test_an_amount_that_cannot_be_set_is_refused_before_anything_is_sent(node, link, amount):
    simulated = node(BATTERY, STANDBY)
    with pytest.raises(DeviceError) as caught:
        Storage("電池", simulated.place, link).order("charge", amount)
    assert caught.value.code == "DV-11"
    assert simulated.asked == []

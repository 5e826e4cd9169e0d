"""Simulated nodes and a simulated VTN of a test, closed after it."""

from __future__ import annotations

import pytest

from tests.devices.openadr.vtn import Vtn
from tests.devices.simulator import Node

METER, PV, BATTERY, CAR, MODE = 0x0288, 0x0279, 0x027D, 0x027E, 0xDA
CHARGE, DISCHARGE, STANDBY = b"\x42", b"\x43", b"\x44"


def watts(kw):
    return int(kw * 1000).to_bytes(4, "big", signed=True)


def store(content_kwh, now_kw=0.0):
    """What a battery or a car says of itself."""
    return {0xD3: watts(now_kw), 0xE2: watts(content_kwh), 0xE4: b"\x32", MODE: STANDBY}


@pytest.fixture
def vtn():
    """A simulated VTN, which keeps what it hears against the schema."""
    made = Vtn()
    yield made
    made.close()
    assert made.faults == [], "what the VEN says must keep to the schema"


@pytest.fixture
def node():
    """Makes a node of a device group with its properties."""
    nodes = []

    def make(group, properties):
        nodes.append(Node(group, properties))
        return nodes[-1]

    yield make
    for one in nodes:
        one.close()

"""Simulated nodes of a test, closed after it."""

from __future__ import annotations

import pytest

from tests.devices.simulator import Node


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

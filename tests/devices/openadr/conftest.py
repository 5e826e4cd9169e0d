from __future__ import annotations

import pytest

from kotsukotsu.devices.openadr.ven import Ven
from tests.devices.nodes import vtn

__all__ = ["vtn"]


@pytest.fixture
def ven(vtn):
    """A VEN at the simulated VTN; what is named differs from the usual one."""

    def make(**more):
        return Ven("指令元", **{"url": vtn.url, "ven_name": "市庁舎", "seconds": 5, **more})

    return make


def joins(_event):
    return "optIn"

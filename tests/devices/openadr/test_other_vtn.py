"""The VEN with somebody else's VTN, and both with the schema of the standard."""

from __future__ import annotations

import subprocess
import sys
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest

from kotsukotsu.devices.model import Observed, Reading
from kotsukotsu.devices.openadr.report import Point
from kotsukotsu.periods import JST
from tests.devices.openadr.conftest import joins
from tests.devices.openadr.schema import faults
from tests.devices.openadr.vtn import (
    PATH,
    VEN,
    distribute,
    envelope,
    event,
    nothing,
    power,
    price,
    response,
    signal,
    wanted,
)
from tests.devices.simulator import LOOPBACK, NOW, free_port

OTHER = Path(__file__).parent / "other_vtn.py"


@pytest.fixture
def other():
    """A VTN by openleadr; its address, a way to have it go on, and what it says."""
    port = free_port()
    command = [sys.executable, "-W", "ignore", str(OTHER), str(port)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as it:

        def said(word):
            lines = []
            for line in it.stdout:
                if line.split()[:1] in (["registered"], ["offered"], ["answered"], ["reported"], ["cancelled"], ["up"]):
                    lines.append(line.strip())
                if line.startswith(word):
                    return lines
            raise AssertionError(f"it ended without: {word}")

        def go_on():
            it.stdin.write("\n")
            it.stdin.flush()

        said("up")
        yield f"http://{LOOPBACK}:{port}{PATH}", go_on, said
        it.kill()


def clock():
    return datetime.now(JST)


def test_it_registers_joins_reports_and_hears_that_all_is_over(other, ven):
    url, go_on, said = other
    device = ven(url=url, decide=joins, points=(Point("m1", "計器", "bought", "Wh", 50, 6600),), seconds=20)
    first = device.read(clock)
    assert [(one.quantity, one.value, one.unit) for one in first.values] == [
        ("level", 1, "level"), ("price", Decimal("25.5"), "yen/kWh")]  # fmt: skip
    assert device.report(Reading((Observed("計器", "bought", Decimal("12.3"), "kWh", "x", clock()),)), clock) == ()
    go_on()
    assert said("cancelled") == [
        "registered 市庁舎", "offered m1 RealEnergy Wh none", "answered ev-1 optIn", "reported m1 12300.0",
        "cancelled True"]  # fmt: skip
    second = device.read(clock)
    assert (first.findings, second.findings, second.values) == ((), (), ())
    assert [one.state for one in device.events] == ["cancelled"]


@pytest.mark.parametrize(
    "message",
    [
        nothing("x"),
        distribute(
            event("E1", NOW, signal([1, 2]) + price([1, 2]) + power([1, 2]), targets=[("venID", VEN)]), reply="r"
        ),
        f"<o:oadrRegisteredReport>{response('a')}{wanted('R1', ['a'], 30)}</o:oadrRegisteredReport>",
        f"<o:oadrCreateReport><p:requestID>Q</p:requestID>{wanted('R', ['a'])}</o:oadrCreateReport>",
    ],
    ids=["nothing", "events", "reports at registration", "reports"],
)
def test_what_the_simulated_vtn_says_keeps_to_the_schema(message):
    assert faults(envelope(message).encode()) == []


def test_the_schema_sees_what_is_wrong():
    (fault,) = faults(envelope(nothing("x").replace("responseDescription", "responseWords")).encode())
    assert "responseWords" in fault

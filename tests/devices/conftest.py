"""Simulated nodes, a controller's socket and a real broker, all on the loopback interface.

Where there is no Mosquitto its tests are left out and counted at the end; in CI it is a failure.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from pathlib import Path

import pytest

from kotsukotsu.devices.echonet.link import Link
from tests.devices.nodes import node
from tests.devices.simulator import LOOPBACK, free_port

__all__ = ["node"]
BROKER = shutil.which("mosquitto", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
LEFT_OUT = pytest.StashKey[int]()


def pytest_collection_modifyitems(config, items):
    if BROKER or os.environ.get("CI") == "true":
        return
    out = [item for item in items if "brokers" in getattr(item, "fixturenames", ())]
    items[:] = [item for item in items if item not in out]
    config.stash[LEFT_OUT] = len(out)
    config.hook.pytest_deselected(items=out)


def pytest_terminal_summary(terminalreporter, config):
    if count := config.stash.get(LEFT_OUT, 0):
        line = f"left out: {count} tests on mosquitto; install it with: apt-get install -y mosquitto"
        terminalreporter.write_line(line, yellow=True)


@pytest.fixture
def link():
    with Link(LOOPBACK, 0, seconds=0.4) as made:
        yield made


@pytest.fixture(scope="session")
def brokers(tmp_path_factory):
    """Mosquitto with an open listener and one that asks for a password; their ports."""
    folder = tmp_path_factory.mktemp("broker")
    subprocess.run(["mosquitto_passwd", "-b", "-c", str(folder / "words"), "ems", "himitsu"], check=True)
    open_port, closed_port = free_port(), free_port()
    (folder / "mosquitto.conf").write_text(
        f"user {Path.home().owner()}\nper_listener_settings true\n"
        f"listener {open_port} {LOOPBACK}\nallow_anonymous true\n"
        f"listener {closed_port} {LOOPBACK}\nallow_anonymous false\npassword_file {folder}/words\n",
        encoding="utf-8",
    )
    assert BROKER, "Mosquitto is missing: apt-get install -y mosquitto"
    command = [BROKER, "-c", str(folder / "mosquitto.conf")]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            wait_for(closed_port)
            yield open_port, closed_port
        finally:
            process.terminate()


def wait_for(port):
    until = time.monotonic() + 5
    while True:
        try:
            socket.create_connection((LOOPBACK, port), 1).close()
        except OSError:
            assert time.monotonic() < until, "the broker did not start"
            time.sleep(0.05)
        else:
            return

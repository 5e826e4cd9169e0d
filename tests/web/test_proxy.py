"""Behind a server that takes https: a real waitress is asked as such a server asks it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

HOST = "kotsu.example.lg.jp"


class Stays(urllib.request.HTTPRedirectHandler):
    """A redirection is an answer."""

    def redirect_request(self, *_):
        return None


def asked(port, **headers):
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    request = urllib.request.Request(f"http://127.0.0.1:{port}/login/", headers={"Host": HOST, **named})
    try:
        with urllib.request.build_opener(Stays).open(request, timeout=5) as answer:
            return answer.status, answer.headers
    except urllib.error.HTTPError as error:
        return error.code, error.headers


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@pytest.fixture(params=["on", "192.0.2.1"])
def served(request, tmp_path):
    """The port of a server that believes a proxy on this machine, or one elsewhere."""
    port = free_port()
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("DJANGO", "DATABASE", "KOTSUKOTSU"))
    }
    more = {"KOTSUKOTSU_PROXY": request.param, "KOTSUKOTSU_HOSTS": HOST, "KOTSUKOTSU_HOME": str(tmp_path / "home")}
    program = str(Path(sys.executable).parent / "kotsukotsu")
    server = subprocess.Popen([program, "serve", "--port", str(port)], env={**kept, **more}, stdout=subprocess.DEVNULL)
    give_up = time.monotonic() + 60
    while time.monotonic() < give_up:
        with socket.socket() as one:
            if one.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.1)
    yield request.param, port
    server.terminate()
    server.wait()


def test_the_proxy_is_believed_that_the_reader_came_by_https_and_nobody_else_is(served):
    where, port = served
    assert asked(port)[0] == 301
    status, headers = asked(port, X_Forwarded_Proto="https", X_Forwarded_For="198.51.100.7")
    if where != "on":  # this machine is not the proxy that is named
        assert status == 301
        return
    assert status == 200
    assert "secure" in headers["Set-Cookie"].casefold()
    assert "max-age" in headers["Strict-Transport-Security"]


def test_whoever_comes_while_a_whole_hall_has_its_pages_open_is_answered(served):
    _, port = served
    hall = [socket.create_connection(("127.0.0.1", port)) for _ in range(150)]
    try:
        assert asked(port)[0] == 301
    finally:
        for one in hall:
            one.close()

"""One question over HTTP or HTTPS: no redirect is followed, nothing larger is read, nothing lasts longer."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPConnection, HTTPException
from threading import Timer
from time import monotonic
from urllib.parse import urlsplit

from kotsukotsu.devices.openadr.errors import OverdueError, VtnError

MOST = 1_000_000  # of an answer [byte]
PORTS = {"http": 80, "https": 443}
HEADERS = {"Content-Type": "application/xml", "Connection": "close"}


def is_address(url: str) -> bool:
    """Whether one can speak HTTP or HTTPS to it."""
    try:
        parts = urlsplit(url)
        return parts.scheme in PORTS and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def post(url: str, body: bytes, seconds: float, tls: ssl.SSLContext | None = None) -> bytes:
    """The body of the answer.

    Parameters
    ----------
    seconds : float
        For everything together: a VTN that sends a byte now and then is cut off too. [s]

    Raises
    ------
    OverdueError
        No whole answer in time.
    OSError
        No connection.
    VtnError
        DV-32 too large, DV-38 another status than 200, DV-39 no HTTP, or less than was announced.
    """
    until = monotonic() + seconds
    try:
        with _connected(url, seconds, tls) as line:
            line.request("POST", urlsplit(url).path or "/", body, HEADERS)
            answer = line.getresponse()
            data = answer.read(MOST + 1)
    except (HTTPException, OSError, ValueError) as error:
        if monotonic() >= until or isinstance(error, TimeoutError):
            raise OverdueError from error
        if isinstance(error, OSError):
            raise
        raise VtnError("DV-39", answer=error) from error
    if monotonic() >= until:
        raise OverdueError
    if answer.length and len(data) <= MOST:
        raise VtnError("DV-39", answer=data.decode("utf-8", "replace"))
    if answer.status != 200:
        raise VtnError("DV-38", status=answer.status)
    if len(data) > MOST:
        raise VtnError("DV-32", most=f"{MOST:,}")
    return data


@contextmanager
def _connected(url: str, seconds: float, tls: ssl.SSLContext | None) -> Iterator[HTTPConnection]:
    """A connection that is shut from outside when its time is over, whatever the other side does."""
    parts = urlsplit(url)
    host, port = parts.hostname or "", parts.port or PORTS[parts.scheme]
    with socket.create_connection((host, port), seconds) as plain, plain.dup() as handle:
        watch = Timer(seconds, _shut, (handle,))
        watch.daemon = True
        watch.start()
        try:
            line = HTTPConnection(host, port)
            line.sock = (
                (tls or ssl.create_default_context()).wrap_socket(plain, server_hostname=host)
                if parts.scheme == "https"
                else plain
            )
            with line.sock:
                yield line
        finally:
            watch.cancel()
            watch.join()


def _shut(handle: socket.socket) -> None:
    with suppress(OSError):
        handle.shutdown(socket.SHUT_RDWR)

"""A mail server on loopback that keeps what it is given; it refuses who comes after `most` messages."""

from __future__ import annotations

import socketserver
from contextlib import contextmanager
from email import message_from_bytes
from email.policy import default
from threading import Thread


class _Talk(socketserver.StreamRequestHandler):
    def handle(self):
        self._say("220 sink")
        while line := self.rfile.readline():
            word = line.split()[0].upper() if line.split() else b""
            if word == b"QUIT":
                self._say("221 bye")
                return
            if word == b"DATA":
                self._take()
            elif word == b"RCPT" and len(self.server.kept) >= self.server.most:
                self._say("550 full")
            else:
                self._say("250 sink")

    def _take(self):
        self._say("354 go on")
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line)
        self.server.kept.append(message_from_bytes(b"".join(lines), policy=default))
        self._say("250 kept")

    def _say(self, text):
        self.wfile.write(f"{text}\r\n".encode())


@contextmanager
def mail_sink(most=100):
    """The port and the messages."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Talk) as server:
        server.daemon_threads = True
        server.kept, server.most = [], most
        Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_address[1], server.kept
        server.shutdown()

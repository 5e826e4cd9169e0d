"""A simulated ECHONET Lite node on the loopback interface: it answers over a real socket, well or badly."""

from __future__ import annotations

import socket
import threading
from datetime import datetime

from kotsukotsu.devices.echonet.link import Place
from kotsukotsu.periods import JST

LOOPBACK = "127.0.0.1"
SILENT = object()
NOW = datetime(2026, 5, 1, 12, 0, tzinfo=JST)


def clock():
    return NOW


class Node:
    """An ECHONET Lite node with one object, written from the standard without our own codec."""

    def __init__(self, group, properties):
        self.properties = dict(properties)
        self.raw = {}  # whole datagrams in place of an answer
        self.refuses = set()  # settings that are not taken
        self.asked = []  # (service, property code, data)
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind((LOOPBACK, 0))
        self.place = Place(LOOPBACK, group, port=self.socket.getsockname()[1])
        self.thread = threading.Thread(target=self.serve, daemon=True)
        self.thread.start()

    def serve(self):
        while True:
            data, asker = self.socket.recvfrom(1500)
            if data == b"end":
                return
            for answer in self.answers(data):
                self.socket.sendto(answer, asker)

    def answers(self, data):
        service, code, sent = data[10], data[12], data[14 : 14 + data[13]]
        self.asked.append((service, code, sent))
        if code in self.raw:
            return self.raw[code]
        if service == 0x62:
            found = self.map() if code == 0x9F else self.properties.get(code)
            if found is SILENT:
                return []
            return [self.frame(data, 0x52, code, b"") if found is None else self.frame(data, 0x72, code, found)]
        if code in self.refuses:
            return [self.frame(data, 0x51, code, sent)]
        self.properties[code] = sent
        return [self.frame(data, 0x71, code, b"")]

    def map(self):
        codes = sorted({*self.properties, 0x9F})
        if len(codes) < 16:
            return bytes([len(codes), *codes])
        bits = [0] * 16
        for code in codes:
            bits[code & 0x0F] |= 1 << ((code >> 4) - 8)
        return bytes([len(codes), *bits])

    def frame(self, question, service, code, data):
        return question[:4] + question[7:10] + question[4:7] + bytes([service, 1, code, len(data)]) + data

    def close(self):
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as stopper:
            stopper.sendto(b"end", (LOOPBACK, self.place.port))
        self.thread.join(2)
        self.socket.close()


def free_port():
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return probe.getsockname()[1]

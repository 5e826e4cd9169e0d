"""A frame of ECHONET Lite (format 1): header, objects, service, properties.

Source: ECHONET Lite規格書 第2部 通信ミドルウェア仕様, chapter 3.
"""

from __future__ import annotations

from dataclasses import dataclass

from kotsukotsu.devices.model import NonsenseError

HEADER = b"\x10\x81"
GET, SET = 0x62, 0x61
GET_ANSWER, GET_REFUSED, SET_ANSWER, SET_REFUSED = 0x72, 0x52, 0x71, 0x51
FIXED = 12  # bytes before the first property
CONTROLLER = b"\x05\xff\x01"  # the object in whose name we ask


@dataclass(frozen=True, slots=True)
class Frame:
    """One message.

    Attributes
    ----------
    tid : int
        Number by which an answer names its question, 0 to 65535.
    source, target : bytes
        Objects: class group, class, instance.
    service : int
        ESV.
    properties : tuple of (int, bytes)
        Property code (EPC) and its data (EDT).
    """

    tid: int
    source: bytes
    target: bytes
    service: int
    properties: tuple[tuple[int, bytes], ...]


def encode(frame: Frame) -> bytes:
    """The bytes of a frame."""
    head = HEADER + frame.tid.to_bytes(2, "big") + frame.source + frame.target
    body = b"".join(bytes((code, len(data))) + data for code, data in frame.properties)
    return head + bytes((frame.service, len(frame.properties))) + body


def decode(data: bytes) -> Frame:
    """The frame of bytes that were received.

    Raises
    ------
    NonsenseError
        Another header, or lengths that do not fit.
    """
    if len(data) < FIXED or data[:2] != HEADER:
        raise NonsenseError(data.hex())
    place, properties = FIXED, []
    for _ in range(data[11]):
        end = place + 2 + (data[place + 1] if place + 1 < len(data) else len(data))
        if end > len(data):
            raise NonsenseError(data.hex())
        properties.append((data[place], data[place + 2 : end]))
        place = end
    if place != len(data):
        raise NonsenseError(data.hex())
    return Frame(int.from_bytes(data[2:4], "big"), data[4:7], data[7:10], data[10], tuple(properties))


def property_map(data: bytes) -> frozenset[int]:
    """The property codes that a map (EPC 0x9F) names.

    Fewer than 16 stand one by one; else byte `n` has one bit for each of 0x8n, 0x9n … 0xFn.

    Raises
    ------
    NonsenseError
        If the number of codes is not the one said.

    >>> sorted(hex(code) for code in property_map(bytes((2, 0x80, 0xE0))))
    ['0x80', '0xe0']
    """
    if not data:
        raise NonsenseError("")
    count, rest = data[0], data[1:]
    codes = rest
    if count > 15 and len(rest) == 16:
        codes = bytes(0x80 + 0x10 * bit + low for low, byte in enumerate(rest) for bit in range(8) if byte & (1 << bit))
    if len(set(codes)) != count or min(codes, default=0x80) < 0x80:
        raise NonsenseError(data.hex())
    return frozenset(codes)

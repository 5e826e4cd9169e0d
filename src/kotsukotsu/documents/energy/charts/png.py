"""A small picture of coloured cells as PNG: a year of half-hours is 365 x 48 cells, too many to draw one by one.

Source of the format: Portable Network Graphics (ISO/IEC 15948), chunks IHDR, IDAT, IEND.
"""

from __future__ import annotations

import struct
import zlib
from base64 import b64encode

import numpy as np
from numpy.typing import NDArray

SIGNATURE = b"\x89PNG\r\n\x1a\n"
EIGHT_BITS, PALETTE = 8, 3


def data_url(cells: NDArray[np.uint8], palette: NDArray[np.uint8]) -> str:
    """The picture as an address that holds it.

    Parameters
    ----------
    cells : array of rows x columns
        Number of the colour of each cell.
    palette : array of colours x 3
        Red, green, blue.
    """
    height, width = cells.shape
    lines = b"".join(b"\0" + row.tobytes() for row in cells)
    header = struct.pack(">IIBBBBB", width, height, EIGHT_BITS, PALETTE, 0, 0, 0)
    body = _chunk(b"IHDR", header) + _chunk(b"PLTE", palette.tobytes()) + _chunk(b"IDAT", zlib.compress(lines, 9))
    return "data:image/png;base64," + b64encode(SIGNATURE + body + _chunk(b"IEND", b"")).decode()


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

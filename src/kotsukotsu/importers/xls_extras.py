"""Hidden rows and columns and error cells of an xls, from its records ([MS-CFB], [MS-XLS])."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from kotsukotsu.importers.extras import Extras, limit
from kotsukotsu.importers.model import Cell

_FREE = 0xFFFFFFFA
_MINI_STREAM_BELOW = 4096
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
_BOF, _EOF, _SHEET, _ROW, _COLUMNS, _ERROR, _FORMULA, _OBJECT = (
    0x0809, 0x000A, 0x0085, 0x0208, 0x007D, 0x0205, 0x0006, 0x005D,
)  # fmt: skip
_USED = 0x0200


def scan(data: bytes) -> dict[str, Extras]:
    """Facts of every sheet by its name; nothing where the records cannot be followed.

    Raises
    ------
    TooLargeError
        If a sheet's used area would not fit into memory.
    """
    try:
        streams = _streams(data)
        stream = streams.get("Workbook") or streams.get("Book") or b""
        return {name: _scan_sheet(stream, offset) for name, offset in _sheets(stream)}
    except (struct.error, IndexError, UnicodeDecodeError):
        return {}


def is_encrypted(data: bytes) -> bool:
    """Whether the container holds an encrypted xlsx."""
    try:
        return "EncryptedPackage" in _streams(data)
    except (struct.error, IndexError, UnicodeDecodeError):
        return False


def _streams(data: bytes) -> dict[str, bytes]:
    size = 1 << struct.unpack_from("<H", data, 30)[0]
    if size not in (512, 4096):
        return {}
    fat: list[int] = []
    for sector in _fat_sectors(data, size):
        fat.extend(struct.unpack_from(f"<{size // 4}I", data, (sector + 1) * size))
    directory = _chain(data, size, fat, struct.unpack_from("<I", data, 48)[0])
    found = {}
    for at in range(0, len(directory) - 127, 128):
        length = struct.unpack_from("<H", directory, at + 64)[0]
        name = directory[at : at + max(length - 2, 0)].decode("utf-16-le")
        start, total = struct.unpack_from("<II", directory, at + 116)
        small = total < _MINI_STREAM_BELOW
        found[name] = b"" if small else _chain(data, size, fat, start)[:total]
    return found


def _fat_sectors(data: bytes, size: int) -> list[int]:
    sectors = list(struct.unpack_from("<109I", data, 76))
    following, left = struct.unpack_from("<II", data, 68)
    while following < _FREE and left > 0:
        block = struct.unpack_from(f"<{size // 4}I", data, (following + 1) * size)
        sectors.extend(block[:-1])
        following, left = block[-1], left - 1
    return [sector for sector in sectors if sector < _FREE]


def _chain(data: bytes, size: int, fat: list[int], sector: int) -> bytes:
    parts: list[bytes] = []
    while sector < _FREE and len(parts) <= len(fat):
        parts.append(data[(sector + 1) * size : (sector + 2) * size])
        sector = fat[sector]
    return b"".join(parts)


def _records(stream: bytes, offset: int) -> Iterator[tuple[int, bytes]]:
    while offset + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, offset)
        yield kind, stream[offset + 4 : offset + 4 + length]
        offset += 4 + length
        if kind == _EOF:
            return


def _sheets(stream: bytes) -> Iterator[tuple[str, int]]:
    for kind, body in _records(stream, 0):
        if kind == _SHEET:
            (offset,) = struct.unpack_from("<I", body, 0)
            wide = body[7] & 1
            name = body[8 : 8 + body[6] * (2 if wide else 1)]
            yield name.decode("utf-16-le" if wide else "latin-1"), offset


def _scan_sheet(stream: bytes, offset: int) -> Extras:
    extras = Extras()
    for kind, body in _records(stream, offset):
        if kind == _USED:
            _, last_row, _, last_column = struct.unpack_from("<IIHH", body, 0)
            limit(last_row, last_column)
        elif kind == _ROW and struct.unpack_from("<H", body, 12)[0] & 0x20:
            extras.hidden_rows.add(struct.unpack_from("<H", body, 0)[0])
        elif kind == _COLUMNS:
            first, last, _, _, options = struct.unpack_from("<5H", body, 0)
            extras.hidden_columns.update(range(first, last + 1) if options & 1 else ())
        elif kind == _OBJECT:
            # Type 25 is the box of a cell's comment, type 20 the arrow of a list: no pictures.
            extras.objects |= len(body) > 5 and struct.unpack_from("<H", body, 4)[0] not in (20, 25)
        elif kind in (_ERROR, _FORMULA):
            _problem(extras, kind, body)
    return extras


def _problem(extras: Extras, kind: int, body: bytes) -> None:
    row, column = struct.unpack_from("<HH", body, 0)
    if kind == _ERROR:
        if body[7]:
            extras.special[row, column] = Cell(_ERRORS.get(body[6], "#N/A"), "error")
        return
    extras.formulas += 1
    if body[12:14] != b"\xff\xff":
        return
    if body[6] == 2:
        extras.special[row, column] = Cell(_ERRORS.get(body[8], "#N/A"), "error")

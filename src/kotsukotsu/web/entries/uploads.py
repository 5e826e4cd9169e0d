"""Files that people send: only kinds that prove something, of a size that fits, without macros or bombs.

The limits are ours: a scanned bill is well under 10 MB; a workbook of bills unpacks to a few times its size.
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass

from kotsukotsu import texts
from kotsukotsu.web.errors import WebError

LARGEST = 10 * 1024 * 1024  # [byte]
UNPACKED = 100 * 1024 * 1024  # what an office file may unpack to [byte]
RATIO = 200  # by how much one part may shrink; XML of tables shrinks 10 to 30 times
PARTS = 2000
NAME = 200
# What a file begins with, by kind; office files are ZIP archives.
BEGINS = {"pdf": (b"%PDF-",), "png": (b"\x89PNG\r\n\x1a\n",), "jpg": (b"\xff\xd8\xff",), "jpeg": (b"\xff\xd8\xff",)}
OFFICE = {"xlsx": "xl/workbook.xml", "docx": "word/document.xml", "ods": "content.xml"}
TEXT = ("csv",)
KINDS = (*BEGINS, *OFFICE, *TEXT)
MACROS = ("vbaproject.bin", "macrosheets/", "activex/", "embeddings/", "basic/", "scripts/")


@dataclass(frozen=True, slots=True)
class Accepted:
    """A file that may be kept."""

    name: str
    kind: str
    content: bytes


def accept(name: str, content: bytes) -> Accepted:
    """Look at a file before it is kept.

    Raises
    ------
    WebError
        W-40 too large, W-41 another kind, W-42 the content is not what the name says, W-43 macros or embedded
        programs, W-44 it unpacks to too much.
    """
    short = name.replace("\\", "/").rpartition("/")[2][-NAME:] or "file"
    if len(content) > LARGEST:
        raise WebError("W-40", name=short, limit=LARGEST // 1024 // 1024)
    kind = short.rpartition(".")[2].casefold()
    if kind not in KINDS:
        raise WebError("W-41", name=short, kinds=texts.listed(KINDS))
    if not _is(kind, content):
        raise WebError("W-42", name=short)
    if kind in OFFICE:
        _look_inside(short, kind, content)
    return Accepted(short, kind, content)


def _is(kind: str, content: bytes) -> bool:
    if kind in BEGINS:
        return content.startswith(BEGINS[kind])
    if kind in OFFICE:
        return content.startswith(b"PK\x03\x04")
    return b"\x00" not in content[:4096] or content.startswith((b"\xff\xfe", b"\xfe\xff"))


def _look_inside(name: str, kind: str, content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            types = archive.read("[Content_Types].xml") if "[Content_Types].xml" in archive.namelist() else b""
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError):
        raise WebError("W-42", name=name) from None
    _refuse_bombs(name, parts)
    names = [part.filename.casefold() for part in parts]
    if OFFICE[kind] not in names:
        raise WebError("W-42", name=name)
    if b"macroenabled" in types.lower() or any(word in one for one in names for word in MACROS):
        raise WebError("W-43", name=name)


def _refuse_bombs(name: str, parts: list[zipfile.ZipInfo]) -> None:
    total = sum(part.file_size for part in parts)
    shrunk = any(part.file_size > RATIO * max(part.compress_size, 1) and part.file_size > LARGEST for part in parts)
    nested = any(part.filename.casefold().endswith((".zip", ".xlsx", ".docx", ".7z", ".gz")) for part in parts)
    if total > UNPACKED or len(parts) > PARTS or shrunk or nested:
        raise WebError("W-44", name=name)

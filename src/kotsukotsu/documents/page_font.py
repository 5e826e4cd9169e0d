"""The font that goes with a page: where a machine has no Japanese font, no character becomes an empty square.

A page names the fonts of the system first, so that a browser that has one of them never reads this one.
"""

from __future__ import annotations

import importlib.util
from base64 import b64encode
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path

import uharfbuzz
from fontTools.ttLib import TTFont

PACKAGE = "matplotlib_fontja"
FILE = "ipaexg.ttf"
FAMILY = "IPAexGothic"
ASCII = 0x7F


def folder() -> Path | None:
    """The folder of the font package, found without importing it (it would bring matplotlib); None without it."""
    spec = importlib.util.find_spec(PACKAGE)
    return Path(spec.origin).parent / "fonts" if spec and spec.origin else None


def rule(text: str) -> str:
    """The CSS that gives a page the shapes of its characters; nothing where the font package is not installed."""
    font = shapes([text])
    return face(f"data:font/woff;base64,{b64encode(font).decode('ascii')}") if font else ""


def face(url: str) -> str:
    """The CSS that names a font file."""
    return f'@font-face {{ font-family: "{FAMILY}"; src: local("{FAMILY}"), url("{url}"); }}\n'


def shapes(texts: Iterable[str]) -> bytes:
    """A WOFF with the characters of texts; empty without the font package, or where all is ASCII."""
    place = folder()
    codes = {ord(sign) for sign in set().union(*texts)}
    if place is None or max(codes, default=0) <= ASCII:
        return b""
    wanted = uharfbuzz.SubsetInput()
    wanted.unicode_set.update(codes)
    wanted.layout_feature_tag_set.clear()
    wanted.flags = uharfbuzz.SubsetFlags.NO_HINTING
    face = uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(place / FILE)))
    return _woff(uharfbuzz.subset(face, wanted).blob.data)


def _woff(font: bytes) -> bytes:
    """The same font, compressed; the same bytes each time."""
    with TTFont(BytesIO(font), recalcTimestamp=False) as opened:
        opened.flavor = "woff"
        written = BytesIO()
        opened.save(written)
    return written.getvalue()

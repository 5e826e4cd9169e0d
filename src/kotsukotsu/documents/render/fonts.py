"""The font of a document: one of the system's UD or Noto fonts, else IPAex Gothic, which comes with the set-up."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont

from kotsukotsu import texts
from kotsukotsu.documents import page_font
from kotsukotsu.documents.render.errors import DocumentError

# Family as Typst and SVG know it, the file's name, and its name in Word.
FAMILIES = (
    ("BIZ UDPGothic", "BIZUDPGothic-Regular.ttf", "BIZ UDPゴシック"),
    ("Noto Sans JP", "NotoSansJP-Regular.ttf", "Noto Sans JP"),
    (page_font.FAMILY, page_font.FILE, "IPAexゴシック"),
)
FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.fonts", "~/.local/share/fonts", "/Library/Fonts")
INVISIBLE = frozenset("\n\t\u3000\u00a0\u200b\ufeff ")


@dataclass(frozen=True, slots=True)
class Font:
    """A font that is there, with its file."""

    family: str
    path: Path
    name: str

    @property
    def folder(self) -> Path:
        """Where the renderers look for it."""
        return self.path.parent

    def lacking(self, text: Iterable[str]) -> list[str]:
        """The characters that the font has no shape for, in the order of their codes."""
        known = _characters(self.path)
        return sorted({sign for sign in text if sign not in INVISIBLE and ord(sign) not in known})


@cache
def _characters(path: Path) -> frozenset[int]:
    with TTFont(path, lazy=True) as font:
        return frozenset(font.getBestCmap())


@cache
def find() -> Font:
    """The first font of `FAMILIES` that is there.

    Raises
    ------
    DocumentError
        DC-05 if there is none.
    """
    shipped = page_font.folder()
    return first_in([*([shipped] if shipped else []), *(Path(name).expanduser() for name in (*FOLDERS, *_windows()))])


def first_in(folders: Iterable[Path]) -> Font:
    """The first font of `FAMILIES` in some folders.

    Raises
    ------
    DocumentError
        DC-05 if there is none.
    """
    places = list(folders)
    for family, file, name in FAMILIES:
        for folder in places:
            found = next(folder.rglob(file), None) if folder.is_dir() else None
            if found:
                return Font(family, found, name)
    raise DocumentError("DC-05", names=texts.listed(family for family, _, _ in FAMILIES))


def _windows() -> list[str]:
    return [f"{os.environ['WINDIR']}/Fonts"] if "WINDIR" in os.environ else []

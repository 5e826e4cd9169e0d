"""What a document needs of files: the city's own texts and reference document, and a place to be written to."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from kotsukotsu.documents.render.errors import DocumentError
from kotsukotsu.store import folder

TEXTS = "texts"


def own_texts(city: Path) -> dict[str, str]:
    """The city's own texts, ``texts/*.md``, by the name of the file."""
    return {path.name: folder.text_of(path) for path in sorted((city / TEXTS).glob("*.md"))}


def reference(path: Path | None) -> bytes | None:
    """A city's own Word document whose styles are taken.

    Raises
    ------
    DocumentError
        DC-06 if it is not there.
    """
    if path is None:
        return None
    try:
        return path.read_bytes()
    except OSError:
        raise DocumentError("DC-06", file=path) from None


def write(files: Mapping[Path, bytes]) -> None:
    """Write files, each whole or not at all.

    Raises
    ------
    DocumentError
        DC-07 if one cannot be written, for instance because Word has it open; it is then as it was before.
    """
    for path, data in files.items():
        try:
            folder.write_file(path, data)
        except OSError as error:
            raise DocumentError("DC-07", file=path, problem=error.strerror or str(error)) from None

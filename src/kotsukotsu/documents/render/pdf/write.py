"""Typst called on a folder of its own, with the fonts that were found."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, cast

import typst

from kotsukotsu.documents.render.fonts import Font
from kotsukotsu.documents.render.model import Document
from kotsukotsu.documents.render.pdf.source import LOOK, Source
from kotsukotsu.documents.render.svg import with_font

MAIN = "main.typ"


@dataclass(frozen=True, slots=True)
class LaidOut:
    """A PDF, and the page on which each heading stands."""

    pdf: bytes
    pages: Mapping[str, int]


def laid_out(document: Document, font: Font) -> LaidOut:
    """The PDF of a numbered document."""
    source = Source(font.family)
    code = source.whole(document)
    with TemporaryDirectory(prefix="kotsukotsu-") as name:
        folder = Path(name)
        (folder / MAIN).write_text(code, encoding="utf-8")
        (folder / LOOK).write_text((Path(__file__).parent / LOOK).read_text(encoding="utf-8"), encoding="utf-8")
        for file, svg in source.pictures.items():
            (folder / file).write_text(with_font(svg, font), encoding="utf-8")
        compiler = typst.Compiler(folder / MAIN, root=folder, font_paths=[font.folder])
        pdf = cast("bytes", compiler.compile(format="pdf"))
        pages = {row["name"]: row["page"] for row in _values(compiler.query("<heading-page>", field="value"))}
    return LaidOut(pdf, pages)


def _values(answer: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(answer)
    return found

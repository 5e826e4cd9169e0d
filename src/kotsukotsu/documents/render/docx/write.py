"""Pandoc called on a folder of its own, then what Pandoc does not do: header, footer, rows that stay whole."""

from __future__ import annotations

import json
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import BadZipFile, ZipFile

import docx
import pypandoc

from kotsukotsu.documents.render.docx.finish import finish
from kotsukotsu.documents.render.docx.reference import ours
from kotsukotsu.documents.render.docx.tree import Tree
from kotsukotsu.documents.render.errors import DocumentError
from kotsukotsu.documents.render.fonts import Font
from kotsukotsu.documents.render.model import Document
from kotsukotsu.documents.render.svg import png

REFERENCE, RESULT = "reference.docx", "result.docx"
BODY = "word/document.xml"


def file(document: Document, font: Font, pages: Mapping[str, int], reference: bytes | None = None) -> bytes:
    """The Word file of a numbered document.

    Raises
    ------
    DocumentError
        DC-06 if the city's own reference document is no Word file.
    """
    if reference is not None:
        check(reference)
    tree = Tree(pages)
    body = json.dumps(tree.whole(document), ensure_ascii=False)
    with TemporaryDirectory(prefix="kotsukotsu-") as name:
        folder = Path(name)
        (folder / REFERENCE).write_bytes(reference or ours())
        for picture, (svg, width) in tree.pictures.items():
            (folder / picture).write_bytes(png(svg, font, width))
        arguments = [f"--reference-doc={folder / REFERENCE}", f"--resource-path={folder}"]
        pypandoc.convert_text(body, "docx", "json", arguments, outputfile=str(folder / RESULT))
        made = docx.Document(str(folder / RESULT))
    finish(made, document)
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def check(reference: bytes) -> None:
    """DC-06 unless the bytes are a Word document."""
    try:
        with ZipFile(BytesIO(reference)) as archive:
            if BODY not in archive.namelist():
                raise DocumentError("DC-06", file=REFERENCE)
    except BadZipFile:
        raise DocumentError("DC-06", file=REFERENCE) from None

"""A document as the bytes of a file: the one entrance to the renderers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kotsukotsu.documents.render import fonts, html
from kotsukotsu.documents.render.docx import write as docx
from kotsukotsu.documents.render.fit import fit
from kotsukotsu.documents.render.forms import FORMS, Form
from kotsukotsu.documents.render.glyphs import lacking
from kotsukotsu.documents.render.model import Document
from kotsukotsu.documents.render.numbering import numbered
from kotsukotsu.documents.render.pdf import write as pdf
from kotsukotsu.findings import Finding


@dataclass(frozen=True, slots=True)
class Rendered:
    """A document in the forms asked for, and what its font lacks."""

    files: dict[str, bytes]
    findings: tuple[Finding, ...]


def render(document: Document, forms: tuple[Form, ...] = FORMS, reference: bytes | None = None) -> Rendered:
    """The document in each form.

    Parameters
    ----------
    reference : bytes, optional
        The city's own Word document whose styles are taken; ours if left out.

    Raises
    ------
    DocumentError
        DC-04 a reference to what is not placed, DC-05 no font, DC-06 a reference document that cannot be read.
    """
    font, counted = fonts.find(), numbered(fit(document))
    files: dict[str, bytes] = {}
    pages: Mapping[str, int] = {}
    if "pdf" in forms or "docx" in forms:
        made = pdf.laid_out(counted, font)
        pages = made.pages
        files["pdf"] = made.pdf
    if "docx" in forms:
        files["docx"] = docx.file(counted, font, pages, reference)
    if "html" in forms:
        files["html"] = html.page(counted).encode("utf-8")
    return Rendered({form: files[form] for form in forms}, tuple(lacking(counted, font)))

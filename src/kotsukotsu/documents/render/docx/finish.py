"""What Pandoc leaves open in a Word file: properties, mark and footer on every page, rows that stay whole."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import Any

from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm

from kotsukotsu.documents.render.model import Document

TEXT_WIDTH = Mm(160)
KEPT = 3  # rows at the end of a table that stay on one page


def finish(made: Any, document: Document) -> None:
    """Fill in what is still open."""
    _properties(made, document)
    for section in made.sections:
        _header(section, document.mark)
        _footer(made, section, document.footer)
        if document.cover:
            section.different_first_page_header_footer = True
            _put(section.first_page_header, document.mark)
    _new_pages(made, document)
    for table in made.tables:
        rows = list(table.rows)
        for row in rows:
            _whole(row)
        for row in rows[-KEPT:-1]:
            _with_next(row)
    _embed(made)


def _properties(made: Any, document: Document) -> None:
    found = made.core_properties
    found.title, found.author, found.last_modified_by = document.title, document.author, document.author
    found.created = found.modified = datetime.combine(document.made, time(), UTC)
    found.language, found.comments, found.keywords = document.language, "", ""


def _header(section: Any, mark: str) -> None:
    _put(section.header, mark)


def _put(header: Any, mark: str) -> None:
    """The mark in the header's last paragraph, below what a city's own document has there."""
    header.is_linked_to_previous = False
    if not mark:
        return
    last = header.paragraphs[-1]
    target = last if not last.text else header.add_paragraph()
    target.style = "Header"
    target.add_run(mark)


def _footer(made: Any, section: Any, words: str) -> None:
    """City and version to the left, the page's number to the right."""
    footer = section.footer
    footer.is_linked_to_previous = False
    last = footer.paragraphs[-1]
    target = last if not last.text else footer.add_paragraph()
    target.style = made.styles["Footer"]
    target.paragraph_format.tab_stops.add_tab_stop(TEXT_WIDTH, 2)
    target.add_run(f"{words}\t")
    page = f'<w:fldSimple {nsdecls("w")} w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    target._p.append(parse_xml(page))  # noqa: SLF001 - python-docx has no name for a field


def _new_pages(made: Any, document: Document) -> None:
    """Contents, what follows them, chapters and colophon begin a page, without an empty paragraph before them."""
    names = {"TOC Heading": bool(document.cover), "Heading 1": document.contents, "Colophon Title": True}
    for paragraph in made.paragraphs:
        name = paragraph.style.name
        if names.get(name):
            paragraph.paragraph_format.page_break_before = True
        if name == "Heading 1":
            names[name] = document.chapters


def _whole(row: Any) -> None:
    """A row is not broken between pages."""
    properties = row._tr.get_or_add_trPr()  # noqa: SLF001 - python-docx has no name for it
    if properties.find(qn("w:cantSplit")) is None:
        properties.insert(0, OxmlElement("w:cantSplit"))


def _with_next(row: Any) -> None:
    """A row stays on the page of the next one: a total never stands alone."""
    for paragraph in (paragraph for cell in row.cells for paragraph in cell.paragraphs):
        paragraph.paragraph_format.keep_with_next = True


def _embed(made: Any) -> None:
    """Japanese is the language of the text, so that Word breaks lines and checks words by it."""
    for language in made.styles.element.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "ja-JP")

"""A document as one HTML file: no script, no network; every text is escaped."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from html import escape
from pathlib import Path
from typing import Any

from kotsukotsu import texts
from kotsukotsu.documents.html import element, table, text, whole_page
from kotsukotsu.documents.render.model import (
    Block,
    Box,
    Bullets,
    Columns,
    Document,
    Drawn,
    Heading,
    Inline,
    Inlines,
    Noted,
    PageBreak,
    Paragraph,
    Placed,
    Text,
)
from kotsukotsu.documents.render.numbering import headings
from kotsukotsu.documents.render.table_rows import note_of


def page(document: Document) -> str:
    """The page of a numbered document; a draft and its final form have the same font."""
    css = (Path(__file__).parent / "page.css").read_text(encoding="utf-8")
    head = (
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(document.title)}</title><style>{css}</style>"
    )
    mark = text("p", document.mark, class_="mark") if document.mark else ""
    title = text("h1", document.title) + (text("p", document.subtitle, class_="subtitle") if document.subtitle else "")
    top = element("header", mark + title + "".join(text("p", line, class_="cover") for line in document.cover))
    body = top + _contents(document) + element("main", fragment(document.blocks)) + _foot(document)
    mark_of_a_draft = texts.entries()["render.draft"].says[document.language]
    return whole_page(head, body, document.language, mark_of_a_draft)


def fragment(blocks: Iterable[Block]) -> str:
    """Blocks as HTML, for a page that frames them itself."""
    return "".join(map(_block, blocks))


def _contents(document: Document) -> str:
    if not document.contents:
        return ""
    entries = "".join(
        element("li", text("a", heading.shown, href=f"#{heading.ident}"), class_=f"level-{heading.level}")
        for heading in headings(document)
    )
    return element("nav", text("h2", texts.label("render.contents")) + element("ol", entries), class_="contents")


def _foot(document: Document) -> str:
    pairs = "".join(text("dt", label) + text("dd", value) for label, value in document.colophon)
    colophon = element("dl", pairs) if pairs else ""
    return element("footer", colophon + text("p", document.footer))


def _block(block: Block) -> str:
    return WRITERS[type(block)](block)


def _heading(heading: Heading) -> str:
    return text(f"h{heading.level + 1}", heading.shown, id=heading.ident)


def _paragraph(paragraph: Paragraph) -> str:
    return element("p", _pieces(paragraph.inlines), class_="" if paragraph.kind == "body" else paragraph.kind)


def _bullets(bullets: Bullets) -> str:
    items = "".join(element("li", _pieces(item)) for item in bullets.items)
    return element("ol" if bullets.ordered else "ul", items)


def _box(box: Box) -> str:
    title = text("p", box.title, class_="box-title") if box.title else ""
    return element("section", title + fragment(box.blocks), class_="box")


def _columns(block: Columns) -> str:
    return element("div", "".join(element("div", fragment(column)) for column in block.columns), class_="columns")


def _page_break(_block: PageBreak) -> str:
    return ""


def _table(placed: Placed) -> str:
    number = texts.label("render.table", number=placed.number) if placed.number else ""
    title = f"{number}{texts.gap()}{placed.table.title}" if number else placed.table.title
    return element("div", table(replace(placed.table, title=title, note=note_of(placed))), class_="table")


def _picture(drawn: Drawn) -> str:
    note = "\n".join(filter(None, (drawn.note, _source(drawn))))
    caption = (
        f"{texts.label('render.figure', number=drawn.number)}{texts.gap()}{drawn.caption}" if drawn.caption else ""
    )
    picture = element("div", drawn.svg, role="img", aria_label=drawn.alt, class_="picture-box") if drawn.svg else ""
    below = text("p", note, class_="note" if drawn.svg else "absent") if note else ""
    return element("figure", picture + below + (text("figcaption", caption) if caption else ""))


def _source(drawn: Drawn) -> str:
    return texts.label("render.source", source=drawn.source) if drawn.source else ""


def _pieces(inlines: Inlines) -> str:
    return "".join(map(_piece, inlines))


def _piece(piece: Inline) -> str:
    if isinstance(piece, Noted):
        return text("sup", f"*{piece.number}")
    if isinstance(piece, Text):
        return text("strong", piece.text) if piece.strong else escape(piece.text)
    raise TypeError(piece)


WRITERS: dict[type, Callable[[Any], str]] = {
    Heading: _heading,
    Paragraph: _paragraph,
    Bullets: _bullets,
    Placed: _table,
    Drawn: _picture,
    Box: _box,
    Columns: _columns,
    PageBreak: _page_break,
}

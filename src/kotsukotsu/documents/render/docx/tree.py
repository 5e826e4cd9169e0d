"""A document as Pandoc's JSON: nothing of it is read as Markdown, so no text can become markup, field or macro."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kotsukotsu import texts
from kotsukotsu.documents.render.docx import fields
from kotsukotsu.documents.render.docx.table import table
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
from kotsukotsu.documents.render.table_rows import cover_title, note_of
from kotsukotsu.documents.render.widths import TEXT_WIDTH

API = [1, 23, 1]
PICTURE = 156.0  # widest picture: Word keeps some room at both sides of a line [mm]
STYLES = {"body": "Body Text", "remark": "Remark", "lead": "Lead"}
Node = dict[str, Any]


@dataclass(slots=True)
class Tree:
    """Pandoc's blocks of a document, and the drawings that they place.

    Attributes
    ----------
    pictures : dict
        Name of a file to its drawing and its width. [mm]
    """

    pages: Mapping[str, int]
    pictures: dict[str, tuple[str, float]] = field(default_factory=dict)

    def whole(self, document: Document) -> Node:
        """The tree."""
        blocks = [*self._cover(document), *self._contents(document)]
        blocks += self._blocks(document.blocks, TEXT_WIDTH)
        blocks += _colophon(document)
        return {"pandoc-api-version": API, "meta": _meta(document), "blocks": blocks}

    def _cover(self, document: Document) -> list[Node]:
        if not document.cover:
            subtitle = [_styled("Head Subtitle", _texts(document.subtitle))] if document.subtitle else []
            return [_styled("Head Title", _texts(document.title)), *subtitle]
        lines = [*(_styled("Cover Line", _texts(line)) for line in document.cover)]
        subtitle = [_styled("Cover Subtitle", _texts(document.subtitle))] if document.subtitle else []
        return [_styled("Cover Title", _texts(cover_title(document.title))), *subtitle, *lines]

    def _contents(self, document: Document) -> list[Node]:
        if not document.contents:
            return []
        entries = [(heading, self.pages.get(heading.ident, 1)) for heading in headings(document)]
        title = _styled("TOC Heading", _texts(texts.label("render.contents")))
        return [title, fields.contents(entries)]

    def _blocks(self, blocks: Iterable[Block], room: float) -> Iterator[Node]:
        for block in blocks:
            yield from self._block(block, room)

    def _block(self, block: Block, room: float) -> Iterator[Node]:
        writers: dict[type, Callable[[Any, float], Iterable[Node]]] = {
            Heading: _heading,
            Paragraph: _paragraph,
            Bullets: _list,
            Placed: self._table,
            Drawn: self._picture,
            Box: self._box,
            Columns: self._columns,
            PageBreak: _page_break,
        }
        yield from writers[type(block)](block, room)

    def _columns(self, block: Columns, room: float) -> Iterator[Node]:
        """Word has what stands beside each other one below the other."""
        for column in block.columns:
            yield from self._blocks(column, room)

    def _table(self, placed: Placed, room: float) -> Iterator[Node]:
        if placed.number:
            yield _styled(
                "Table Caption", [*fields.caption("render.table", placed.number), *_texts(placed.table.title)]
            )
        if placed.table.unit:
            yield _styled("Unit", _texts(placed.table.unit))
        yield table(placed, room)
        yield _styled("Source", _texts(note_of(placed)))

    def _picture(self, drawn: Drawn, room: float) -> Iterator[Node]:
        note = "\n".join(filter(None, (drawn.note, _sourced(drawn.source))))
        if drawn.svg:
            name = f"picture-{len(self.pictures) + 1}.png"
            width = min(room, PICTURE) * drawn.width / 100
            self.pictures[name] = (drawn.svg, width)
            image = {"t": "Image", "c": [["", [], [["width", f"{width:.1f}mm"]]], _texts(drawn.alt), [name, ""]]}
            yield _styled("Figure Picture", [image])
        if note:
            yield _styled("Source" if drawn.svg else "Absent", _texts(note))
        if drawn.caption:
            yield _styled("Image Caption", [*fields.caption("render.figure", drawn.number), *_texts(drawn.caption)])

    def _box(self, box: Box, room: float) -> Iterator[Node]:
        """A frame is paragraphs with a border: a table around tables would not be read well."""
        if box.title:
            yield _styled("Box Title", _texts(box.title))
        for block in box.blocks:
            if isinstance(block, Paragraph):
                yield _styled("Box Text", _pieces(block.inlines))
            else:
                yield from self._block(block, room)


def _meta(document: Document) -> Node:
    values = {"title": document.title, "author": document.author, "lang": document.language}
    return {"pagetitle": _string(document.title), **{f"kk-{key}": _string(value) for key, value in values.items()}}


def _string(text: str) -> Node:
    return {"t": "MetaString", "c": text}


def _colophon(document: Document) -> list[Node]:
    if not document.colophon:
        return []
    lines = [_styled("Colophon", _texts(f"{label}{texts.gap()}{value}")) for label, value in document.colophon]
    return [_styled("Colophon Title", _texts(texts.label("render.colophon"))), *lines]


def _heading(heading: Heading, _room: float) -> list[Node]:
    return [{"t": "Header", "c": [heading.level, [heading.ident, [], []], _texts(heading.shown)]}]


def _paragraph(paragraph: Paragraph, _room: float) -> list[Node]:
    return [_styled(STYLES.get(paragraph.kind, "Body Text"), _pieces(paragraph.inlines))]


def _page_break(_block: PageBreak, _room: float) -> list[Node]:
    return [fields.page_break()]


def _list(block: Bullets, _room: float) -> list[Node]:
    items = [[_styled("Compact", _pieces(item))] for item in block.items]
    if block.ordered:
        return [{"t": "OrderedList", "c": [[1, {"t": "Decimal"}, {"t": "Period"}], items]}]
    return [{"t": "BulletList", "c": items}]


def _styled(style: str, inlines: Sequence[Node]) -> Node:
    return {"t": "Div", "c": [["", [], [["custom-style", style]]], [{"t": "Para", "c": list(inlines)}]]}


def _texts(text: str) -> list[Node]:
    """A text; lines stay lines."""
    found: list[Node] = []
    for line in text.split("\n"):
        found += [{"t": "LineBreak"}, {"t": "Str", "c": line}] if found else [{"t": "Str", "c": line}]
    return found


def _pieces(inlines: Inlines) -> list[Node]:
    return [node for piece in inlines for node in _piece(piece)]


def _piece(piece: Inline) -> list[Node]:
    if isinstance(piece, Noted):
        return [{"t": "Superscript", "c": _texts(f"*{piece.number}")}]
    if isinstance(piece, Text):
        return [{"t": "Strong", "c": _texts(piece.text)}] if piece.strong else _texts(piece.text)
    raise TypeError(piece)


def _sourced(source: str) -> str:
    return texts.label("render.source", source=source) if source else ""

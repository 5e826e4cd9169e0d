"""A document as Typst code: calls of the functions of ``look.typ`` whose arguments are strings and numbers.

A string of Typst cannot hold code, so nothing that a facility or a text is called can act.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from kotsukotsu import texts
from kotsukotsu.documents.printing import Figure
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
from kotsukotsu.documents.render.table_rows import cover_title, note_of, shown_rows
from kotsukotsu.documents.render.widths import TEXT_WIDTH, layout

LOOK = "look.typ"
GUTTER, FRAME = 6, 10  # between columns, both sides of a frame [mm]


def string(text: str) -> str:
    r"""A string of Typst.

    >>> string('#"a"\\')
    '"#\\"a\\"\\\\"'
    """
    safe = "".join(sign for sign in text if sign >= " " or sign in "\n\t")
    return '"' + safe.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def array(values: Iterable[str]) -> str:
    """An array of Typst, also of one element."""
    return "(" + "".join(f"{value}, " for value in values) + ")"


@dataclass(slots=True)
class Source:
    """Code and the pictures that it places.

    Attributes
    ----------
    pictures : dict
        Name of a file to its SVG.
    """

    family: str
    pictures: dict[str, str] = field(default_factory=dict)

    def whole(self, document: Document) -> str:
        """The main file."""
        day = document.made
        head = (
            f'#import "{LOOK}": *\n'
            f"#show: document-look.with(family: {string(self.family)}, title: {string(document.title)}, "
            f"author: {string(document.author)}, lang: {string(document.language)}, "
            f"footer: {string(document.footer)}, mark: {string(document.mark)}, "
            f"made: datetime(year: {day.year}, month: {day.month}, day: {day.day}), "
            f"chapters: {_bool(document.chapters)}, cover: {_bool(bool(document.cover))})\n"
        )
        if document.cover:
            lines = array(map(string, document.cover))
            head += f"#cover({string(cover_title(document.title))}, {string(document.subtitle)}, {lines})\n"
        else:
            head += f"#title-block({string(document.title)}, {string(document.subtitle)})\n"
        if document.contents:
            head += f"#contents({string(texts.label('render.contents'))})\n"
        body = "\n".join(f"#{call}" for call in self._calls(document.blocks, TEXT_WIDTH))
        colophon = array(f"({string(label)}, {string(value)})" for label, value in document.colophon)
        foot = f"\n#colophon({string(texts.label('render.colophon'))}, {colophon})" if document.colophon else ""
        return f"{head}{body}{foot}\n"

    def _calls(self, blocks: Iterable[Block], room: float) -> Iterator[str]:
        for block in blocks:
            yield self._call(block, room)

    def _call(self, block: Block, room: float) -> str:
        writers: dict[type, Callable[[Any, float], str]] = {
            Heading: _heading,
            Paragraph: _paragraph,
            Bullets: _bullets,
            Placed: self._table,
            Drawn: self._picture,
            Box: self._box,
            Columns: self._columns,
            PageBreak: _page_break,
        }
        return writers[type(block)](block, room)

    def _box(self, box: Box, room: float) -> str:
        return f"framed({string(box.title)}, {self._content(box.blocks, room - FRAME)})"

    def _columns(self, block: Columns, room: float) -> str:
        each = room / len(block.columns) - GUTTER
        return f"beside({array(self._content(column, each) for column in block.columns)}, {GUTTER}mm)"

    def _content(self, blocks: Iterable[Block], room: float) -> str:
        return "{" + "; ".join(self._calls(blocks, room)) + "}"

    def _table(self, placed: Placed, room: float) -> str:
        table, shape = placed.table, layout(placed, room)
        title = (
            f"{texts.label('render.table', number=placed.number)}{texts.gap()}{table.title}"
            if placed.number
            else table.title
        )
        aligns = array("right" if index in table.numbers else "left" for index in range(len(table.headings)))
        widths = array(f"{share:.2f}%" for share in shape.shares)
        rows = shown_rows(table)
        cells = array(array(_cell(cell) for cell in row) for row in rows)
        heads = array(string(head) for head in table.headings)
        return (
            f"placed-table({string(title)}, {string(table.unit)}, {heads}, {cells}, {len(table.totals)}, "
            f"{aligns}, {widths}, {shape.size}pt, {string(note_of(placed))})"
        )

    def _picture(self, drawn: Drawn, _room: float) -> str:
        title = (
            f"{texts.label('render.figure', number=drawn.number)}{texts.gap()}{drawn.caption}" if drawn.caption else ""
        )
        note = "\n".join(filter(None, (drawn.note, _sourced(drawn.source))))
        if not drawn.svg:
            return f"absent-picture({string(title)}, {string(note)})"
        name = f"picture-{len(self.pictures) + 1}.svg"
        self.pictures[name] = drawn.svg
        return f"picture({string(name)}, {string(drawn.alt)}, {drawn.width}%, {string(title)}, {string(note)})"


def _heading(heading: Heading, _room: float) -> str:
    return f"chapter-heading({heading.level}, {string(heading.shown)}, {string(heading.ident)})"


def _paragraph(paragraph: Paragraph, _room: float) -> str:
    return f"paragraph({string(paragraph.kind)}, {pieces(paragraph.inlines)})"


def _bullets(bullets: Bullets, _room: float) -> str:
    return f"bullets({_bool(bullets.ordered)}, {array(pieces(item) for item in bullets.items)})"


def _page_break(_block: PageBreak, _room: float) -> str:
    return "pagebreak(weak: true)"


def pieces(inlines: Inlines) -> str:
    """The pieces of a sentence as an array of pairs: kind and text."""
    return array(f'("{kind}", {string(text)})' for kind, text in map(_piece, inlines))


def _piece(piece: Inline) -> tuple[str, str]:
    if isinstance(piece, Noted):
        return "note", f"*{piece.number}"
    if isinstance(piece, Text):
        return "strong" if piece.strong else "plain", piece.text
    raise TypeError(piece)


def _cell(cell: str | Figure) -> str:
    return string(str(cell))


def _sourced(source: str) -> str:
    return texts.label("render.source", source=source) if source else ""


def _bool(value: object) -> str:
    return "true" if value else "false"

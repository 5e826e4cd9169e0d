"""Characters that a font cannot show: each is told, for paper would show a box in its place."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kotsukotsu import texts
from kotsukotsu.documents.render.fonts import Font
from kotsukotsu.documents.render.model import Block, Box, Document, Drawn, Heading, Placed, Text
from kotsukotsu.documents.render.walk import sentences, within
from kotsukotsu.findings import Finding

_DRAWN_TEXT = re.compile(r">([^<>]+)</(?:text|tspan)>")


def lacking(document: Document, font: Font) -> Iterator[Finding]:
    """DC-10 once, with every character that the font lacks."""
    signs = font.lacking("".join(words(document)))
    if signs:
        shown = texts.listed(texts.bracketed(sign, f"U+{ord(sign):04X}") for sign in signs)
        yield Finding("DC-10", data={"signs": shown, "font": font.name})


def words(document: Document) -> Iterator[str]:
    """Every text of a document, in order."""
    yield from (document.title, document.subtitle, document.footer, document.mark, *document.cover)
    for label, value in document.colophon:
        yield label + value
    for block in within(document.blocks):
        yield from _of_block(block)
        for sentence in sentences(block):
            yield from (piece.text for piece in sentence if isinstance(piece, Text))


def _of_block(block: Block) -> Iterator[str]:
    """What a block says beside its sentences."""
    match block:
        case Heading():
            yield block.shown
        case Placed(table=table):
            yield from (table.title, table.unit, *table.headings, table.note, block.source)
            for row in (*table.rows, *table.totals):
                yield from map(str, row)
        case Drawn():
            yield from (block.caption, block.note, block.source, *_DRAWN_TEXT.findall(block.svg))
        case Box():
            yield block.title

"""Numbers of headings, figures, tables and notes: counted by the document, so that none is skipped or given twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from kotsukotsu import texts
from kotsukotsu.documents.render.errors import DocumentError
from kotsukotsu.documents.render.model import (
    Block,
    Box,
    Document,
    Drawn,
    Heading,
    Inline,
    Inlines,
    Noted,
    Paragraph,
    Placed,
    Reference,
    Text,
)
from kotsukotsu.documents.render.walk import rewritten, sentences, within


def numbered(document: Document) -> Document:
    """The document with every number filled in, and the notes of each section at its end.

    Raises
    ------
    DocumentError
        DC-04 if a sentence refers to a figure or table that the document does not place.
    """
    first = _Counter(document.chapters, document.numbered, [document.first_chapter - 1, 0, 0])
    counted = tuple(first.block(block) for block in document.blocks)
    resolved = tuple(_resolved(block, first.names) for block in counted)
    return replace(document, blocks=tuple(_with_notes(resolved)))


@dataclass(slots=True)
class _Counter:
    """Counts headings of each level, figures, tables and notes."""

    chapters: bool
    headings: bool
    levels: list[int]
    figures: int = 0
    tables: int = 0
    total: int = 0
    names: dict[str, str] = field(default_factory=dict)
    notes: dict[str, int] = field(default_factory=dict)

    def block(self, block: Block) -> Block:
        """A block with its numbers."""
        return rewritten(block, self._leaf, self._noted)

    def _leaf(self, block: Block) -> Block:
        if isinstance(block, Heading):
            return self._heading(block)
        if isinstance(block, Placed) and block.captioned:
            self.tables += 1
            self.names.setdefault(block.key, texts.label("render.table", number=self.tables))
            return replace(block, number=self.tables)
        if isinstance(block, Drawn) and block.caption:
            self.figures += 1
            self.names.setdefault(block.key, texts.label("render.figure", number=self.figures))
            return replace(block, number=self.figures)
        return block

    def _heading(self, heading: Heading) -> Heading:
        self.total += 1
        ident = f"heading-{self.total}"
        if not (heading.numbered and self.headings):
            return replace(heading, ident=ident)
        index = heading.level - 1
        self.levels[index] += 1
        self.levels[index + 1 :] = [0] * (2 - index)
        return replace(heading, number=self._number(heading.level), ident=ident)

    def _number(self, level: int) -> str:
        chapter, section, part = self.levels
        if level == 1:
            return texts.label("render.chapter", number=chapter) if self.chapters else f"{chapter}."
        return f"{chapter}.{section}." if level == 2 else f"({part})"

    def _noted(self, inlines: Inlines) -> Inlines:
        return tuple(self._note(piece) if isinstance(piece, Noted) else piece for piece in inlines)

    def _note(self, note: Noted) -> Noted:
        number = self.notes.setdefault(note.key, len(self.notes) + 1)
        return replace(note, number=number)


def _resolved(block: Block, names: dict[str, str]) -> Block:
    """A block with the printed numbers of what it refers to."""
    return rewritten(block, lambda leaf: leaf, lambda inlines: tuple(_named(piece, names) for piece in inlines))


def _named(piece: Inline, names: dict[str, str]) -> Inline:
    if not isinstance(piece, Reference):
        return piece
    if piece.key not in names:
        raise DocumentError("DC-04", file=piece.file, line=piece.line, name=piece.key)
    return Text(names[piece.key])


def _with_notes(blocks: Iterable[Block]) -> Iterator[Block]:
    """Notes stand before the next heading of level 1 or 2 and at the end; each is explained once."""
    told: set[str] = set()
    waiting: list[Noted] = []
    for block in blocks:
        if isinstance(block, Heading) and block.level < 3 and waiting:
            yield notes_of(waiting)
            waiting = []
        for note in _notes_in(block):
            if note.key not in told:
                told.add(note.key)
                waiting.append(note)
        yield block
    if waiting:
        yield notes_of(waiting)


def notes_of(notes: Iterable[Noted]) -> Box:
    """The frame that explains terms."""
    return Box(
        texts.label("render.notes"),
        tuple(
            Paragraph(
                (Text(f"*{note.number} {note.term}{texts.label('sign.colon')}", strong=True), Text(note.text)), "remark"
            )
            for note in notes
        ),
    )


def _notes_in(block: Block) -> Iterator[Noted]:
    for inner in within((block,)):
        for sentence in sentences(inner):
            yield from (piece for piece in sentence if isinstance(piece, Noted))


def headings(document: Document) -> list[Heading]:
    """The headings of a numbered document that its table of contents lists: levels 1 and 2."""
    return [block for block in document.blocks if isinstance(block, Heading) and block.level < 3]

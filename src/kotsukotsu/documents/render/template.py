"""A template is Markdown of a few signs with names of figures between double braces; anything else is plain text.

Nothing that a template or a figure says can become markup of a format: this parser makes texts, and each renderer
writes texts as texts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kotsukotsu import texts
from kotsukotsu.documents.registry import Registry
from kotsukotsu.documents.render.errors import DocumentError
from kotsukotsu.documents.render.inline import Place, inlines
from kotsukotsu.documents.render.model import (
    Block,
    Box,
    Bullets,
    Drawn,
    Heading,
    Inline,
    Inlines,
    PageBreak,
    Paragraph,
    Placed,
    Reference,
    Text,
)

_HEADING = re.compile(r"(#{1,3})\s+(.*)")
_BULLET = re.compile(r"[-*・]\s+(.*)")
_ORDERED = re.compile(r"\d+[.)]\s+(.*)")
_DIRECTIVE = re.compile(
    r"\{\{\s*(table|chart|blocks|page|if|if not|else|end)(?:\s+([\w.\-:]+))?(?:\s+(\d{1,3})%)?\s*\}\}"
)
_FENCE = re.compile(r":::\s*(.*)")
UNNUMBERED, WHOLE = " {-}", 100


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a template, and where it stands."""

    text: str
    place: Place


def blocks(text: str, file: str, registry: Registry) -> tuple[Block, ...]:
    """The blocks of one template.

    Parameters
    ----------
    file : str
        Name of the template for messages.

    Raises
    ------
    DocumentError
        DC-01 an unknown name, DC-02 braces that cannot be read, DC-03 a condition or frame without its end.
    """
    lines = [Line(line.rstrip(), Place(file, number)) for number, line in enumerate(text.splitlines(), 1)]
    kept = list(_chosen(lines, registry))
    return tuple(_blocks(kept, registry))


def _chosen(lines: Sequence[Line], registry: Registry) -> Iterator[Line]:
    """The lines whose conditions hold."""
    open_: list[tuple[bool, Place]] = []
    for line in lines:
        found = _DIRECTIVE.fullmatch(line.text.strip())
        word = found[1] if found else ""
        if word in ("if", "if not"):
            open_.append((_holds(found[2] if found else None, line.place, registry) is (word == "if"), line.place))
        elif word in ("else", "end"):
            if not open_:
                raise DocumentError("DC-03", file=line.place.file, line=line.place.line)
            holds, place = open_.pop()
            if word == "else":
                open_.append((not holds, place))
        elif all(holds for holds, _ in open_):
            yield line
    if open_:
        raise DocumentError("DC-03", file=open_[-1][1].file, line=open_[-1][1].line)


def _holds(key: str | None, place: Place, registry: Registry) -> bool:
    holds = registry.holds(key or "")
    if holds is None:
        raise place.unknown(key or "", registry)
    return holds


def _blocks(lines: Sequence[Line], registry: Registry) -> Iterator[Block]:
    index = 0
    while index < len(lines):
        line = lines[index]
        text = line.text.strip()
        if fence := _FENCE.fullmatch(text):
            end = _fence_end(lines, index)
            yield Box(_plain(fence[1], line, registry), tuple(_blocks(lines[index + 1 : end], registry)))
            index = end + 1
        elif (single := _single(line, registry)) is not None:
            yield from single
            index += 1
        elif not text:
            index += 1
        else:
            end = _run_end(lines, index)
            yield from _run(lines[index:end], registry)
            index = end


def _fence_end(lines: Sequence[Line], start: int) -> int:
    for index in range(start + 1, len(lines)):
        if lines[index].text.strip() == ":::":
            return index
    raise DocumentError("DC-03", file=lines[start].place.file, line=lines[start].place.line)


def _single(line: Line, registry: Registry) -> tuple[Block, ...] | None:
    """What stands on a line of its own: a heading or a directive, which may place nothing; None for other lines."""
    text = line.text.strip()
    if heading := _HEADING.fullmatch(text):
        numbered = not heading[2].endswith(UNNUMBERED)
        return (Heading(len(heading[1]), _plain(heading[2].removesuffix(UNNUMBERED), line, registry), "", numbered),)
    found = _DIRECTIVE.fullmatch(text)
    return _placed(found[1], found[2] or "", int(found[3] or WHOLE), line.place, registry) if found else None


def _placed(word: str, key: str, width: int, place: Place, registry: Registry) -> tuple[Block, ...]:
    if word == "page":
        return (PageBreak(),)
    if word == "table" and key in registry.tables:
        return (Placed(key, registry.tables[key]),)
    if word == "chart" and key in registry.pictures:
        drawn = registry.pictures[key]
        return (Drawn(key, drawn.caption, drawn.svg, drawn.alt, 0, drawn.note, drawn.source, width),)
    if word == "blocks" and key in registry.blocks:
        return registry.blocks[key]
    raise place.unknown(key, registry)


def _run_end(lines: Sequence[Line], start: int) -> int:
    """The line after a run of lines that belong together."""
    for index in range(start + 1, len(lines)):
        text = lines[index].text.strip()
        if not text or _HEADING.fullmatch(text) or _DIRECTIVE.fullmatch(text) or _FENCE.fullmatch(text):
            return index
    return len(lines)


def _run(lines: Sequence[Line], registry: Registry) -> Iterator[Block]:
    """Paragraphs, remarks and lists of a run of lines."""
    first = lines[0].text.strip()
    for pattern, ordered in ((_BULLET, False), (_ORDERED, True)):
        if pattern.fullmatch(first):
            yield Bullets(tuple(_items(lines, pattern, registry)), ordered)
            return
    if first.startswith("> "):
        bare = [Line(line.text.strip().removeprefix(">").strip(), line.place) for line in lines]
        yield Paragraph(_joined(bare, registry), "remark")
        return
    breaks = next((n for n, line in enumerate(lines) if n and _starts_list(line.text.strip())), len(lines))
    yield Paragraph(_joined(lines[:breaks], registry))
    if breaks < len(lines):
        yield from _run(lines[breaks:], registry)


def _starts_list(text: str) -> bool:
    return bool(_BULLET.fullmatch(text) or _ORDERED.fullmatch(text))


def _items(lines: Sequence[Line], pattern: re.Pattern[str], registry: Registry) -> Iterator[Inlines]:
    items: list[list[Line]] = []
    for line in lines:
        found = pattern.fullmatch(line.text.strip())
        if found:
            items.append([Line(found[1], line.place)])
        else:
            items[-1].append(Line(line.text.strip(), line.place))
    for item in items:
        yield _joined(item, registry)


def _joined(lines: Sequence[Line], registry: Registry) -> Inlines:
    """Lines of one paragraph; Japanese needs no space between them, words of letters do."""
    found: list[Inline] = []
    for line in lines:
        pieces = list(inlines(line.text.strip(), line.place, registry))
        if found and pieces and _letter(found[-1], -1) and _letter(pieces[0], 0):
            found.append(Text(" "))
        found += pieces
    return tuple(found)


def _letter(piece: Inline, index: int) -> bool:
    """Whether a piece begins (0) or ends (-1) with a sign that is parted from the next word by a space."""
    if not isinstance(piece, Text):
        return isinstance(piece, Reference) and texts.language() != "ja"
    sign = piece.text[index] if piece.text else ""
    return sign.isascii() and (sign.isalnum() or sign in ",.;:)%")


def _plain(text: str, line: Line, registry: Registry) -> str:
    """A text of a heading or frame: names are filled in, nothing else is read."""
    return "".join(piece.text for piece in inlines(text, line.place, registry) if isinstance(piece, Text))

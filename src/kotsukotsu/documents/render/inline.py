"""Pieces of a sentence in a template: strong words, names of figures, references, notes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from kotsukotsu import texts
from kotsukotsu.documents.registry import Registry
from kotsukotsu.documents.render.errors import DocumentError
from kotsukotsu.documents.render.model import Inline, Noted, Reference, Text

_NAME = re.compile(r"(?:(ref|note)\s+)?([\w.\-:]+)")
_PARTS = re.compile(r"(\{\{.*?\}\}|\*\*)")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a line of a template stands."""

    file: str
    line: int

    def unknown(self, key: str, registry: Registry) -> DocumentError:
        """DC-01, with the name that was probably meant."""
        near = get_close_matches(key, [*registry, *registry.notes], n=1)
        return DocumentError("DC-01", file=self.file, line=self.line, name=key, near=near[0] if near else texts.none())


def inlines(text: str, place: Place, registry: Registry) -> Iterator[Inline]:
    """The pieces of a line.

    Raises
    ------
    DocumentError
        DC-01 an unknown name, DC-02 braces that cannot be read.
    """
    strong = False
    for part in _PARTS.split(text):
        if part == "**":
            strong = not strong
        elif part.startswith("{{") and part.endswith("}}"):
            yield _named(part[2:-2].strip(), strong, place, registry)
        elif part:
            if "{{" in part or "}}" in part:
                raise DocumentError("DC-02", file=place.file, line=place.line, text=part.strip())
            yield Text(part, strong)


def _named(name: str, strong: bool, place: Place, registry: Registry) -> Inline:
    found = _NAME.fullmatch(name)
    if not found:
        raise DocumentError("DC-02", file=place.file, line=place.line, text=name)
    word, key = found[1], found[2]
    if word == "ref":
        if key not in registry.tables and key not in registry.pictures:
            raise place.unknown(key, registry)
        return Reference(key, place.file, place.line)
    if word == "note":
        if key not in registry.notes:
            raise place.unknown(key, registry)
        return Noted(key, registry.notes[key].term, registry.notes[key].text)
    text = registry.text(key)
    if text is None:
        raise place.unknown(key, registry)
    return Text(text, strong)

"""The texts of a document: those that come with the program, replaced or extended by the city's own.

A part of the plan is a file ``templates/plan/110-purpose.md``; its name is ``plan-purpose``. A city's
``texts/plan-purpose.md`` takes its place, ``texts/plan-purpose-add.md`` follows it. English texts stand in
``templates/plan/en`` under the same names.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from kotsukotsu import texts
from kotsukotsu.documents.registry import Registry
from kotsukotsu.documents.render.model import Block
from kotsukotsu.documents.render.template import blocks
from kotsukotsu.findings import Finding

FOLDER = Path(__file__).parent / "templates"
ADDED, SUFFIX = "-add", ".md"


@dataclass(frozen=True, slots=True)
class Part:
    """A text with the name of its file; a city's own may say numbers by hand."""

    file: str
    text: str
    is_own: bool


def parts(document: str, own: Mapping[str, str]) -> list[Part]:
    """The texts of a document in their order.

    Parameters
    ----------
    own : mapping
        File name to text of the city's folder ``texts``.
    """
    found: list[Part] = []
    for name, path in _shipped(document):
        replaced, added = f"{name}{SUFFIX}", f"{name}{ADDED}{SUFFIX}"
        if replaced in own:
            found.append(Part(f"texts/{replaced}", own[replaced], is_own=True))
        else:
            found.append(Part(path.name, path.read_text(encoding="utf-8"), is_own=False))
        if added in own:
            found.append(Part(f"texts/{added}", own[added], is_own=True))
    return found


def filled(made: list[Part], registry: Registry) -> tuple[Block, ...]:
    """The blocks of a document's texts."""
    return tuple(block for part in made for block in blocks(part.text, part.file, registry))


def _shipped(document: str) -> Iterator[tuple[str, Path]]:
    """The parts in the language spoken now; in Japanese where a document speaks nothing else."""
    spoken = FOLDER / document / texts.language()
    for path in sorted((spoken if spoken.is_dir() else FOLDER / document).glob(f"*{SUFFIX}")):
        yield f"{document}-{path.stem.partition('-')[2]}", path


def names() -> list[str]:
    """The names of all parts of all documents."""
    return [name for folder in sorted(FOLDER.iterdir()) if folder.is_dir() for name, _ in _shipped(folder.name)]


def unused(own: Mapping[str, str]) -> list[Finding]:
    """DC-13 for each of the city's texts that no document uses."""
    known = names()
    used = {f"{name}{ending}{SUFFIX}" for name in known for ending in ("", ADDED)}
    return [
        Finding("DC-13", f"texts/{file}", {"file": file, "names": texts.listed(f"{name}{SUFFIX}" for name in known)})
        for file in sorted(own)
        if file not in used
    ]

"""Pages as text: fenced blocks with their marks, sections made from tables, and tables themselves.

A fence says what its block is: ````` ```csv title=PATH````` a file, ````` ```console````` commands and what they
print. A section made by a program stands between ``<!-- made: NAME -->`` and ``<!-- /made -->``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

FENCE = "```"
MADE = re.compile(r"<!-- made: (?P<name>[\w -]+) -->\n.*?<!-- /made -->", re.DOTALL)
START = re.compile(r"<!-- start: (?P<path>\S+) -->")


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block; `first` and `last` are the line numbers of its body, from 0, last not included."""

    language: str
    marks: Mapping[str, str]
    body: tuple[str, ...]
    first: int
    last: int


def blocks(text: str) -> list[Block]:
    """The fenced blocks of a page in their order."""
    found: list[Block] = []
    opened: tuple[int, str] | None = None
    lines = text.splitlines()
    for number, line in enumerate(lines):
        if not line.startswith(FENCE):
            continue
        if opened is None:
            opened = number, line.removeprefix(FENCE)
        else:
            first, info = opened
            language, *marks = info.split() or [""]
            pairs = (mark.partition("=")[::2] for mark in marks)
            found.append(Block(language, dict(pairs), tuple(lines[first + 1 : number]), first + 1, number))
            opened = None
    return found


def with_bodies(text: str, bodies: Iterable[tuple[Block, Sequence[str]]]) -> str:
    """The page with other lines in some of its blocks."""
    lines = text.splitlines()
    for block, body in sorted(bodies, key=lambda pair: pair[0].first, reverse=True):
        lines[block.first : block.last] = body
    return "\n".join(lines) + "\n"


def with_sections(text: str, make: Mapping[str, Callable[[], str]]) -> str:
    """The page with its made sections made anew.

    Raises
    ------
    KeyError
        If a page asks for a section that nobody makes.
    """

    def section(match: re.Match[str]) -> str:
        name = match["name"]
        return f"<!-- made: {name} -->\n\n{make[name]().strip()}\n\n<!-- /made -->"

    return MADE.sub(section, text)


def table(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table; an empty cell stays empty."""
    lines = [_row(headings), "|" + "---|" * len(headings), *(_row(row) for row in rows)]
    return "\n".join(lines) + "\n"


def code(value: object) -> str:
    """A word of the program; empty stays empty."""
    return f"`{value}`" if value not in ("", None) else ""


def _row(cells: Sequence[object]) -> str:
    return "| " + " | ".join(str(cell).replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"

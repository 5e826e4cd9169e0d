"""How the terminal looks: tables no wider than 100 columns, numbers to the right, colour only as help."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Literal

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from kotsukotsu import texts
from kotsukotsu.findings import Finding, by_severity
from kotsukotsu.rounding import printed

WIDTH = 100
MOST = 5  # findings of a code
FIRST = 36  # the first column names things and gives way last, but for numbers
LEAST, BETWEEN = 12, 2  # of a column of words; between two columns
NEVER_FIRST = "。、）」』】，．・：；！？"
NEVER_LAST = "（「『【［"
WORD = re.compile("[!-~△−]")  # signs of numbers, codes, names of files and English words
SIGNS = {"error": "[red]×[/]", "warning": "[yellow]![/]", "info": "[blue]i[/]"}


def console() -> Console:
    """Standard output."""
    return _console(stderr=False)


def error_console() -> Console:
    """Standard error."""
    return _console(stderr=True)


def _console(*, stderr: bool) -> Console:
    """As wide as the terminal, at most `WIDTH`; `WIDTH` where the output goes to a file."""
    own = Console(stderr=stderr)
    return Console(stderr=stderr, width=min(WIDTH, own.width) if own.is_terminal else WIDTH, highlight=False)


def table(headings: Sequence[str], rows: Iterable[Sequence[str]], *, numbers: Sequence[int], title: str = "") -> Table:
    """A table; columns named in `numbers` are right-aligned and never wrapped."""
    made = Table(title=title or None, title_justify="left", box=None, header_style="bold", pad_edge=False)
    for index, heading in enumerate(headings):
        justify: Literal["left", "right"] = "right" if index in numbers else "left"
        made.add_column(heading, justify=justify, no_wrap=index in numbers, overflow="fold")
    for row in rows:
        made.add_row(*row)
    if made.columns:
        _share_out(made, numbers)
    return made


def _share_out(made: Table, numbers: Sequence[int]) -> None:
    """Room for every number first, then for the first column, which names things; the other words share the rest."""
    widest = [max(cell_len(str(cell)) for cell in (column.header, *column.cells)) for column in made.columns]
    words = [index for index in range(1, len(widest)) if index not in numbers]
    taken = sum(wide for index, wide in enumerate(widest) if index and index not in words)
    room = console().width - taken - BETWEEN * (len(widest) - 1)
    least = sum(min(LEAST, widest[index]) for index in words)
    first = max(min(LEAST, widest[0]), min(FIRST, widest[0], room - least))
    made.columns[0].min_width = first
    for count, index in enumerate(sorted(words, key=lambda index: widest[index])):
        share = max(1, (room - first) // (len(words) - count))
        made.columns[index].max_width = share
        room -= min(widest[index], share)


def number(value: Decimal | None, digits: int = 0) -> str:
    """A figure as the office writes it; － where there is none."""
    return texts.none() if value is None else printed(value, digits)


def change(now: Decimal | None, before: Decimal | None) -> str:
    """Change in per cent, one decimal; － from nothing, from less than nothing or where one is not known."""
    if now is None or before is None or before <= 0:
        return texts.none()
    return f"{printed((now - before) / before * 100, 1)}%"


def show_findings(found: Iterable[Finding], to: Console, most: int = MOST) -> None:
    """Findings by severity and code: each with its place, and once for each code what to do."""
    by_code: dict[str, list[Finding]] = {}
    for finding in by_severity(found):
        by_code.setdefault(finding.code, []).append(finding)
    for code, findings in by_code.items():
        for finding in findings[:most]:
            place = f"{finding.where}{texts.label('sign.colon')}" if finding.where else ""
            say(to, f"{place}{finding.message()}", head=f"{SIGNS[finding.severity]} {code} ")
        if len(findings) > most:
            say(to, texts.label("cli.more", count=len(findings) - most), head="       ", style="dim")
        if advice := findings[0].advice():
            say(to, advice, head="     → ", style="dim")


def say(to: Console, text: str, *, head: str = "", style: str = "") -> None:
    """A paragraph, folded at any sign as Japanese is; lines after the first are indented under `head`."""
    indent = cell_len(Text.from_markup(head).plain)
    lines = fold(text, to.width - indent)
    for number, line in enumerate(lines):
        start = Text.from_markup(head) if number == 0 else Text(" " * indent)
        to.print(start.append(Text(line, style=style)), no_wrap=True, overflow="ignore", crop=False)


def fold(text: str, width: int) -> list[str]:
    """Lines of at most `width` columns, a Japanese sign counted as two.

    Closing signs stay with their word, opening ones with the next; a number, a name of a file or an English word goes
    to the next line whole, if it is not longer than half a line.

    >>> fold("係数がありません。", 10)
    ['係数があり', 'ません。']
    >>> fold("五文字です。", 10)
    ['五文字で', 'す。']
    >>> fold("減った 1,234.5 t", 12)
    ['減った', '1,234.5 t']
    """
    lines, line = [], ""
    for sign in text:
        if sign != " " and cell_len(line) + cell_len(sign) > width:
            kept = _before_closing(line, width) if sign in NEVER_FIRST else _before_word(line, sign, width)
            kept = _before_opening(kept)
            lines.append(kept.rstrip())
            line = line[len(kept) :]
            if (line.lstrip() + sign)[0] not in NEVER_FIRST:
                line = line.lstrip()
        line += sign
    return [*lines, line if cell_len(line) <= width else line.rstrip()]


def _before_word(line: str, sign: str, width: int) -> str:
    """The line without the beginning of a word that `sign` goes on with."""
    if not WORD.fullmatch(sign):
        return line
    start = len(line)
    while start and WORD.fullmatch(line[start - 1]):
        start -= 1
    return line[:start] if start and len(line) - start <= width // 2 else line


def _before_closing(line: str, width: int) -> str:
    """The line without its last sign and the closing signs after it; a number or word that ends there goes whole."""
    bare = line.rstrip(NEVER_FIRST)
    return _before_word(bare[:-1], bare[-1:], width) or line


def _before_opening(line: str) -> str:
    """The line without the opening signs that it ends with."""
    bare = line.rstrip()
    return bare.rstrip(NEVER_LAST) or line if bare.endswith(tuple(NEVER_LAST)) else line

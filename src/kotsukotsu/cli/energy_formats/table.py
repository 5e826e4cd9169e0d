"""A study in the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich.cells import cell_len
from rich.console import Console

from kotsukotsu import texts
from kotsukotsu.cli import show
from kotsukotsu.documents.energy.study import Study
from kotsukotsu.documents.table import Table

MOST = 24  # rows of a table
GAP = 2  # between columns
FOLDED = 16  # a column of texts may be folded to this width


def write(study: Study, _out: Path | None) -> None:
    """Title, what to know first, sentences, tables, findings."""
    to = show.console()
    to.print(f"[bold]{study.title}[/]")
    for banner in study.banners:
        show.say(to, banner, style="yellow")
    for sentence in study.sentences:
        show.say(to, sentence, head="・")
    for part in study.parts:
        if part.on_terminal:
            for made in (*(chart.table for chart in part.charts), *part.tables):
                _show(made, to)
    show.show_findings(study.findings, to)


def _kept(headings: Sequence[str], made: Table) -> list[int]:
    """The columns whose numbers fit the screen; of those that do not the last numbers are left out.

    Texts give way: they are folded.
    """
    kept = list(range(len(headings)))
    while _width(kept, headings, made) > show.WIDTH:
        numbers = [place for place in kept if place in made.numbers]
        if len(numbers) < 2:
            break
        kept.remove(numbers[-1])
    return kept


def _width(kept: Sequence[int], headings: Sequence[str], made: Table) -> int:
    rows = (*made.rows[:MOST], *made.totals)
    total = GAP * (len(kept) - 1)
    for place in kept:
        cells = [*headings[place].split("\n"), *(str(row[place]) for row in rows)]
        widest = max(cell_len(cell) for cell in cells)
        least = show.FIRST if place == 0 else FOLDED
        total += widest if place in made.numbers else min(widest, least)
    return total


def _show(made: Table, to: Console) -> None:
    to.print()
    head = texts.bracketed(made.title, made.unit) if made.unit else made.title
    to.print(f"[bold]{head}[/]")
    headings = [heading.replace("（", "\n（", 1) for heading in made.headings]
    kept = _kept(headings, made)
    rows = [[str(row[place]) for place in kept] for row in made.rows[:MOST]]
    numbers = [number for number, place in enumerate(kept) if place in made.numbers]
    shown = show.table([headings[place] for place in kept], rows, numbers=numbers)
    if made.totals:
        shown.add_section()
    for row in made.totals:
        shown.add_row(*(str(row[place]) for place in kept), style="bold")
    to.print(shown)
    if len(made.rows) > MOST:
        show.say(to, texts.label("energy.rows_left_out", count=len(made.rows) - MOST), style="dim")
    if len(kept) < len(headings):
        show.say(to, texts.label("energy.left_out", count=len(headings) - len(kept)), style="dim")
    if made.note:
        show.say(to, made.note, style="dim")

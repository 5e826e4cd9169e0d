"""A study in the terminal."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console

from kotsukotsu.cli import show
from kotsukotsu.documents.energy.study import Study
from kotsukotsu.documents.table import Table

MOST = 20  # rows of a table


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


def _show(made: Table, to: Console) -> None:
    to.print()
    head = f"{made.title}（{made.unit}）" if made.unit else made.title
    to.print(f"[bold]{head}[/]")
    rows = [[str(cell) for cell in row] for row in made.rows[:MOST]]
    shown = show.table(made.headings, rows, numbers=sorted(made.numbers))
    if made.totals:
        shown.add_section()
    for row in made.totals:
        shown.add_row(*(str(cell) for cell in row), style="bold")
    to.print(shown)
    if made.note:
        show.say(to, made.note, style="dim")

"""An analysis in the terminal."""

from __future__ import annotations

from collections.abc import Container
from pathlib import Path

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table as Shown

from kotsukotsu import texts
from kotsukotsu.cli import show
from kotsukotsu.documents.analysis import more_tables, tables
from kotsukotsu.documents.analysis.view import View
from kotsukotsu.documents.table import Table

MOST, MOST_TOLD = 20, 5
SPACE, SHORT = 2, 8  # between two columns; a column that is not broken
WIDE_WEATHER = (3, 4, 8, 10)  # balance point, R², difference and verdict


def write(view: View, _out: Path | None) -> None:
    """Sentences, causes, where, what is said of the largest facilities, findings."""
    to = show.console()
    report = view.report
    to.print(f"[bold]{tables.title(view)}[/]")
    if view.invented:
        show.say(to, texts.label("city.invented"), style="yellow")
    if not view.complete:
        show.say(to, texts.label("an.incomplete"), style="yellow")
    for sentence in report.sentences:
        show.say(to, sentence.text, head="・")
    put(tables.effects(view), to)
    if report.chain:
        put(tables.chain(view), to)
    for kind in ("item", "facility", "department"):
        put(narrow(tables.ranked(view, kind, MOST)), to)
    _more(view, to)
    to.print(f"\n[bold]{texts.label('an.part.facility_sentences')}[/]")
    for found in list(report.facility_sentences.values())[:MOST_TOLD]:
        show.say(to, tables.joined(found), head="・")
    show.show_findings(view.findings, to)


def _more(view: View, to: Console) -> None:
    """What was asked for beside the report."""
    more = view.more
    if more.weather:
        put(_without(more_tables.weather(view, more.weather, MOST), WIDE_WEATHER), to)
    if more.measured:
        put(more_tables.measured(view, more.measured), to)
    if more.unusual is not None:
        put(more_tables.unusual(view, more.unusual), to)
    if more.proposals is not None:
        put(more_tables.proposals(view, more.proposals, MOST).without_last(), to)
    for unit in more.units:
        put(more_tables.energy_units(view, unit), to)


def _without(made: Table, columns: Container[int]) -> Table:
    """Without columns for which the terminal has no room."""
    headings, *rows = ([cell for n, cell in enumerate(row) if n not in columns] for row in (made.headings, *made.rows))
    return Table(made.title, made.unit, tuple(map(str, headings)), tuple(map(tuple, rows)), (), made.note)


def narrow(made: Table) -> Table:
    """Without the rank, so that the table fits the terminal."""
    rows = tuple(row[1:] for row in made.rows)
    totals = tuple(row[1:] for row in made.totals)
    return Table(made.title, made.unit, made.headings[1:], rows, totals, made.note)


def _fit(shown: Shown, width: int) -> None:
    """Let the first column give way where the others need the room: what stands beyond the width would be cut off."""
    wide = [max(cell_len(str(cell)) for cell in (column.header, *column.cells)) for column in shown.columns]
    for column, own in zip(shown.columns, wide, strict=True):
        column.no_wrap = column.no_wrap or own <= SHORT
    for first in shown.columns[:1]:
        first.min_width = min(first.min_width or 0, max(0, width - sum(own + SPACE for own in wide[1:])))


def put(made: Table, to: Console) -> None:
    """A table under its title, its totals in bold, its note below."""
    rows = [[str(cell) for cell in row] for row in made.rows]
    shown = show.table(made.headings, rows, numbers=sorted(made.numbers))
    if made.totals:
        shown.add_section()
    for row in made.totals:
        shown.add_row(*(str(cell) for cell in row), style="bold")
    _fit(shown, to.width)
    to.print(f"\n[bold]{made.title}[/]{texts.gap()}[dim]{made.unit}[/]")
    to.print(shown)
    if made.note:
        show.say(to, made.note, style="dim")

"""``kotsukotsu analyse`` of a folder that holds printed figures only."""

from __future__ import annotations

import sys
from json import dumps
from pathlib import Path

from kotsukotsu import texts
from kotsukotsu.cli import show
from kotsukotsu.cli.analyse_formats.table import MOST, narrow, put
from kotsukotsu.documents.analysis import printed_forms, printed_view
from kotsukotsu.documents.analysis.printed_view import PrintedView
from kotsukotsu.store.folder import write_file


def write(view: PrintedView, output: str, out: Path | None) -> None:
    """In the form asked for: the terminal, JSON, a workbook or a page."""
    if output == "json":
        _json(view, out)
    elif out is None:
        _show(view)
    else:
        write_file(out, printed_forms.workbook(view) if output == "xlsx" else printed_forms.html(view))


def _json(view: PrintedView, out: Path | None) -> None:
    body = dumps(printed_forms.data(view), ensure_ascii=False, indent=1) + "\n"
    if out:
        write_file(out, body)
    else:
        sys.stdout.write(body)


def _show(view: PrintedView) -> None:
    to = show.console()
    to.print(f"[bold]{printed_view.title(view)}[/]")
    if view.invented:
        show.say(to, texts.label("city.invented"), style="yellow")
    for sentence in printed_view.sentences(view):
        show.say(to, sentence, head="・")
    if (parts := printed_view.parts(view)).rows or parts.totals:
        put(parts, to)
    for one in view.found.places:
        put(narrow(printed_view.places(view, one, MOST)), to)
    show.show_findings(view.findings, to)

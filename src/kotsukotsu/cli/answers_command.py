"""``kotsukotsu answers``: sheets for the ministry's survey, the Energy Act, SHK, and a question in the council."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kotsukotsu import texts
from kotsukotsu.cli import gathered, show
from kotsukotsu.cli.output import FIRST_FY, LAST_FY
from kotsukotsu.cli.papers import PLAN_LANGUAGE, Language, write
from kotsukotsu.documents.answers.workbook import workbook
from kotsukotsu.documents.report.document import question_document
from kotsukotsu.documents.report.registry import registry_of
from kotsukotsu.sessions import papers
from kotsukotsu.sessions.answers_paper import answers_of
from kotsukotsu.sessions.report_paper import source_of

NAME = "answers"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(NAME, help=texts.label("cli.answers.help"))(run)


def run(
    city: Annotated[Path, typer.Argument(help=texts.label("cli.city.help"))],
    fy: Annotated[int, typer.Option("--fy", min=FIRST_FY, max=LAST_FY, help=texts.label("cli.fy.help"))],
    out: Annotated[Path, typer.Option("--out", help=texts.label("cli.out_folder.help"))] = Path("out"),
    language: Language = PLAN_LANGUAGE,
) -> None:
    """Write the sheets; every page is marked as a draft."""
    with gathered.bar() as progress, texts.speaking(language):
        whole = gathered.gathered(city, fy, progress)
        source = source_of(whole)
        book = workbook(source.found, answers_of(whole, source), gathered.mark())
        made = question_document(source, registry_of(source), papers.own_texts(city), gathered.mark())
    path = out / f"{NAME}.xlsx"
    papers.write({path: book})
    show.say(show.console(), texts.label("cli.paper.written", path=path), style="green")
    write(made, "question", ("docx", "pdf"), None, out)

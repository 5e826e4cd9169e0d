"""``kotsukotsu report``: the yearly report."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kotsukotsu import texts
from kotsukotsu.cli import gathered, show
from kotsukotsu.cli.output import FIRST_FY, LAST_FY
from kotsukotsu.cli.papers import PLAN_LANGUAGE, Language, forms_of, list_names, write
from kotsukotsu.documents.render.forms import FORMS
from kotsukotsu.documents.report.document import report_document
from kotsukotsu.documents.report.registry import registry_of
from kotsukotsu.documents.report.workbook import workbook
from kotsukotsu.sessions import papers
from kotsukotsu.sessions.report_paper import source_of

NAME = "report"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(NAME, help=texts.label("cli.report.help"))(run)


def run(
    city: Annotated[Path, typer.Argument(help=texts.label("cli.city.help"))],
    fy: Annotated[int, typer.Option("--fy", min=FIRST_FY, max=LAST_FY, help=texts.label("cli.fy.help"))],
    out: Annotated[Path, typer.Option("--out", help=texts.label("cli.out_folder.help"))] = Path("out"),
    form: Annotated[str, typer.Option("--format", help=texts.label("cli.paper.format"))] = ",".join(FORMS),
    reference: Annotated[Path | None, typer.Option("--reference", help=texts.label("cli.paper.reference"))] = None,
    language: Language = PLAN_LANGUAGE,
    names: Annotated[bool, typer.Option("--list", help=texts.label("cli.paper.list"))] = False,
) -> None:
    """Write the report and its tables as a workbook; every page is marked as a draft."""
    forms, own_look, own = forms_of(form), papers.reference(reference), papers.own_texts(city)
    with gathered.bar() as progress, texts.speaking(language):
        source = source_of(gathered.gathered(city, fy, progress))
        registry = registry_of(source)
        made = report_document(source, registry, own, gathered.mark())
        book = workbook(source, registry, gathered.mark())
    if names:
        list_names(registry, city, show.console())
        return
    write(made, NAME, forms, own_look, out, book)

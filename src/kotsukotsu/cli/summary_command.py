"""``kotsukotsu summary``: the plan on two pages."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from kotsukotsu import texts
from kotsukotsu.cli.output import FIRST_FY, LAST_FY
from kotsukotsu.cli.papers import PLAN_LANGUAGE, Language, forms_of, write
from kotsukotsu.documents.plan.document import registry_of, summary_document
from kotsukotsu.documents.render.forms import FORMS
from kotsukotsu.periods import JST
from kotsukotsu.sessions import papers
from kotsukotsu.sessions.plan_paper import source_of
from kotsukotsu.sessions.session import Session

NAME = "summary"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("summary", help=texts.label("cli.summary.help"))(run)


def run(
    city: Annotated[Path, typer.Argument(help=texts.label("cli.city.help"))],
    out: Annotated[Path, typer.Option("--out", help=texts.label("cli.out_folder.help"))] = Path("out"),
    fy: Annotated[int | None, typer.Option("--fy", min=FIRST_FY, max=LAST_FY, help=texts.label("cli.plan.fy"))] = None,
    form: Annotated[str, typer.Option("--format", help=texts.label("cli.paper.format"))] = ",".join(FORMS),
    reference: Annotated[Path | None, typer.Option("--reference", help=texts.label("cli.paper.reference"))] = None,
    language: Language = PLAN_LANGUAGE,
) -> None:
    """Write the summary; every page is marked as a draft."""
    forms, own_look = forms_of(form), papers.reference(reference)
    with texts.speaking(language):
        source = source_of(Session(city), fy, datetime.now(tz=JST).date())
        found = summary_document(source, registry_of(source), papers.own_texts(city))
    write(found, NAME, forms, own_look, out)

"""``kotsukotsu plan-document``: the plan as Word, PDF and HTML."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from kotsukotsu import texts
from kotsukotsu.cli import show
from kotsukotsu.cli.output import FIRST_FY, LAST_FY
from kotsukotsu.cli.papers import PLAN_LANGUAGE, Language, forms_of, list_names, write
from kotsukotsu.documents.plan.document import Made, plan_document, registry_of
from kotsukotsu.documents.plan.printed import printed_document, registry_of_print
from kotsukotsu.documents.registry import Registry
from kotsukotsu.documents.render.forms import FORMS
from kotsukotsu.periods import JST
from kotsukotsu.sessions import papers
from kotsukotsu.sessions.plan_paper import source_of
from kotsukotsu.sessions.printed_paper import is_printed_only, printed_source_of
from kotsukotsu.sessions.session import Session

NAME = "plan"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("plan-document", help=texts.label("cli.plan_document.help"))(run)


def run(
    city: Annotated[Path, typer.Argument(help=texts.label("cli.city.help"))],
    out: Annotated[Path, typer.Option("--out", help=texts.label("cli.out_folder.help"))] = Path("out"),
    fy: Annotated[int | None, typer.Option("--fy", min=FIRST_FY, max=LAST_FY, help=texts.label("cli.plan.fy"))] = None,
    form: Annotated[str, typer.Option("--format", help=texts.label("cli.paper.format"))] = ",".join(FORMS),
    reference: Annotated[Path | None, typer.Option("--reference", help=texts.label("cli.paper.reference"))] = None,
    language: Language = PLAN_LANGUAGE,
    names: Annotated[bool, typer.Option("--list", help=texts.label("cli.paper.list"))] = False,
) -> None:
    """Write the plan; every page is marked as a draft."""
    forms, own_look, session = forms_of(form), papers.reference(reference), Session(city)
    with texts.speaking(language):
        registry, found = _made(session, fy)
    if names:
        list_names(registry, city, show.console())
        return
    write(found, NAME, forms, own_look, out)


def _made(session: Session, fy: int | None) -> tuple[Registry, Made]:
    """The plan from the city's rows, or from its print where only that is known."""
    own, made = papers.own_texts(session.path), datetime.now(tz=JST).date()
    if is_printed_only(session):
        printed = printed_source_of(session, made)
        registry = registry_of_print(printed)
        return registry, printed_document(printed, registry, own)
    source = source_of(session, fy, made)
    registry = registry_of(source)
    return registry, plan_document(source, registry, own)

"""``kotsukotsu facility-sheets``: one page for each facility."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from kotsukotsu import texts
from kotsukotsu.cli import gathered, show
from kotsukotsu.cli.output import FIRST_FY, LAST_FY
from kotsukotsu.documents.facilities.pdf import pdf
from kotsukotsu.documents.facilities.workbook import workbook
from kotsukotsu.sessions import papers

NAME = "facility-sheets"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(NAME, help=texts.label("cli.sheets.help"))(run)


def run(
    city: Annotated[Path, typer.Argument(help=texts.label("cli.city.help"))],
    fy: Annotated[int, typer.Option("--fy", min=FIRST_FY, max=LAST_FY, help=texts.label("cli.fy.help"))],
    facility: Annotated[str | None, typer.Option("--facility", help=texts.label("cli.facility.help"))] = None,
    out: Annotated[Path, typer.Option("--out", help=texts.label("cli.out_folder.help"))] = Path("out"),
) -> None:
    """Write the sheets of all facilities, or of one; every page is marked as a draft."""
    with gathered.bar() as progress:
        whole = gathered.gathered(city, fy, progress)
        every = whole.sheets(whole.overview(), whole.since_base(), whole.since_last())
        if facility is not None:
            every = replace(every, sheets=tuple(one for one in every.sheets if one.code == facility))
        if not every.sheets:
            raise typer.BadParameter(texts.label("cli.facility.unknown", facility=facility), param_hint="--facility")
        task = progress.add_task(texts.label("cli.publication.writing"), total=2)
        made = {out / f"{NAME}.pdf": pdf(every, gathered.mark())}
        progress.advance(task)
        made[out / f"{NAME}.xlsx"] = workbook(every, whole.made, gathered.mark())
    papers.write(made)
    to = show.console()
    paths = texts.listed(str(path) for path in made)
    show.say(to, texts.label("cli.sheets.done", count=len(every.sheets), paths=paths), style="green")
    show.say(to, texts.label("cli.paper.draft", mark=gathered.mark()))

"""``kotsukotsu publish``: everything that a city publishes of a year, in one folder."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kotsukotsu import texts
from kotsukotsu.cli import gathered, show
from kotsukotsu.cli.output import FIRST_FY, LAST_FY
from kotsukotsu.cli.papers import PLAN_LANGUAGE
from kotsukotsu.sessions.papers import own_texts
from kotsukotsu.sessions.published import DOCUMENTS, SITE, STEPS, published
from kotsukotsu.store import whole_folder


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("publish", help=texts.label("cli.publish.help"))(run)


def run(
    city: Annotated[Path, typer.Argument(help=texts.label("cli.city.help"))],
    fy: Annotated[int, typer.Option("--fy", min=FIRST_FY, max=LAST_FY, help=texts.label("cli.fy.help"))],
    out: Annotated[Path, typer.Option("--out", help=texts.label("cli.site.out"))],
) -> None:
    """Write all documents and the site as one folder, or nothing; every page is marked as a draft."""
    whole_folder.check(out)
    with gathered.bar() as progress, texts.speaking(PLAN_LANGUAGE):
        whole = gathered.gathered(city, fy, progress)
        task = progress.add_task(texts.label("cli.publication.writing"), total=STEPS)
        mark = gathered.mark()
        files, findings = published(whole, own_texts(city), mark, lambda: progress.advance(task))
    whole_folder.write(out, files)
    to = show.console()
    show.show_findings(findings, to)
    for name in sorted(name for name in files if name.startswith(DOCUMENTS)):
        show.say(to, texts.label("cli.paper.written", path=out / name), style="green")
    show.say(to, texts.label("cli.paper.written", path=out / SITE / "index.html"), style="green")
    show.say(to, texts.label("cli.paper.draft", mark=mark))

"""``kotsukotsu site``: the public site as a folder."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kotsukotsu import texts
from kotsukotsu.cli import gathered, show
from kotsukotsu.cli.output import FIRST_FY, LAST_FY
from kotsukotsu.sessions.published_site import PARTS, site_files
from kotsukotsu.store import whole_folder


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("site", help=texts.label("cli.site.help"))(run)


def run(
    city: Annotated[Path, typer.Argument(help=texts.label("cli.city.help"))],
    fy: Annotated[int, typer.Option("--fy", min=FIRST_FY, max=LAST_FY, help=texts.label("cli.fy.help"))],
    out: Annotated[Path, typer.Option("--out", help=texts.label("cli.site.out"))] = Path("site"),
) -> None:
    """Write the site; every page is marked as a draft."""
    whole_folder.check(out)
    with gathered.bar() as progress:
        whole = gathered.gathered(city, fy, progress)
        task = progress.add_task(texts.label("cli.publication.writing"), total=PARTS)
        files = site_files(whole, (), gathered.mark(), lambda: progress.advance(task))
    whole_folder.write(out, files)
    to = show.console()
    show.say(to, texts.label("cli.site.done", out=out, count=len(files)), style="green")
    show.say(to, texts.label("cli.paper.draft", mark=gathered.mark()))

"""What the commands that publish have in common: a city and a year computed with a bar, and the mark of a draft."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from rich.progress import Progress

from kotsukotsu import texts
from kotsukotsu.cli import show
from kotsukotsu.periods import JST
from kotsukotsu.sessions.publication import Publication, publication
from kotsukotsu.sessions.session import Session


def bar() -> Progress:
    """A bar on standard error that leaves nothing behind."""
    return Progress(console=show.error_console(), transient=True)


def gathered(city: Path, fy: int, progress: Progress) -> Publication:
    """The years of a city up to one, with a bar."""
    session = Session(city)
    years = max(fy - session.city.base_fy + 1, 1)
    task = progress.add_task(texts.label("cli.publication.computing"), total=years)
    return publication(session, fy, datetime.now(tz=JST).date(), lambda _: progress.advance(task))


def mark() -> str:
    """What stands on every page that this program writes: only the web application can approve."""
    return texts.label("render.draft")

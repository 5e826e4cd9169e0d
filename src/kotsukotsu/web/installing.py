"""``kotsukotsu init``: the database, the city, the first administrator."""

from __future__ import annotations

from pathlib import Path

import typer

from kotsukotsu import texts
from kotsukotsu.web.accounts import services
from kotsukotsu.web.accounts.models import User
from kotsukotsu.web.errors import WebError
from kotsukotsu.web.municipalities import folders
from kotsukotsu.web.serving import prepare


def install(*, city: Path | None) -> None:
    """Make the database, ask for the first administrator, take in a city folder."""
    prepare()
    user = _administrator()
    if city is not None:
        folders.city_import(source=city, actor=user)
    typer.echo(texts.label("web.cli.installed"))


def export_city(*, city: Path) -> None:
    """Write the whole city as a city folder."""
    folders.city_export(target=city)
    typer.echo(texts.label("web.cli.exported", folder=city))


def import_city(*, city: Path, actor: str) -> None:
    """Take a whole city folder into an empty database.

    Raises
    ------
    WebError
        W-13 nobody has this account name.
    """
    prepare()
    user = User.objects.filter(username__iexact=actor, is_active=True).first()
    if user is None:
        raise WebError("W-13", username=actor)
    folders.city_import(source=city, actor=user)
    typer.echo(texts.label("web.cli.installed"))


def _administrator() -> User:
    if User.objects.exists():
        raise WebError("W-03")
    username = typer.prompt(texts.label("web.cli.ask.username"))
    name = typer.prompt(texts.label("web.cli.ask.name"))
    while True:
        try:
            return services.first_administrator(username=username, name=name, password=_password())
        except WebError as error:
            if error.code != "W-02":
                raise
            typer.echo(error.text(), err=True)


def _password() -> str:
    """A password typed twice; typer's own way says in English that they differ."""
    while True:
        first, again = (
            str(typer.prompt(texts.label(f"web.cli.ask.{which}"), hide_input=True)) for which in ("password", "again")
        )
        if first == again:
            return first
        typer.echo(texts.label("web.cli.ask.differ"), err=True)

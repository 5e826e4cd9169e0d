"""``kotsukotsu serve`` and the other commands of the web application, found through the entry point of `cli.main`.

What a command does is read only when it is asked for: the command line starts without Django, and works without it.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any

import typer

from kotsukotsu import texts
from kotsukotsu.web.errors import WebError

HOME = "KOTSUKOTSU_HOME"
Home = Annotated[Path | None, typer.Option("--home", help=texts.label("web.cli.home.help"))]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    named: dict[str, Callable[..., None]] = {"init": init, "serve": serve, "backup": backup, "restore": restore}
    named |= {"export": export_city, "import-city": import_city}
    for name, command in named.items():
        app.command(name, help=texts.label(f"web.cli.{name}.help"))(command)


def init(
    city: Annotated[Path | None, typer.Option("--city", help=texts.label("web.cli.city.help"))] = None,
    home: Home = None,
) -> None:
    """Make the database and ask for the first administrator."""
    _do("kotsukotsu.web.installing", "install", home, city=city)


def serve(
    host: Annotated[str, typer.Option("--host", help=texts.label("web.cli.host.help"))] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", help=texts.label("web.cli.port.help"))] = 8000,
    demo: Annotated[Path | None, typer.Option("--demo", help=texts.label("web.cli.demo.help"))] = None,
    home: Home = None,
) -> None:
    """Serve the pages."""
    if demo is not None:
        os.environ["KOTSUKOTSU_DEMO"] = "on"
    if demo is not None or "KOTSUKOTSU_HTTPS" not in os.environ:
        os.environ["KOTSUKOTSU_HTTPS"] = "on" if os.environ.get("KOTSUKOTSU_PROXY") else "off"
    _do("kotsukotsu.web.serving", "serve", home, host=host, port=port, demo=demo)


def backup(
    file: Annotated[Path, typer.Argument(help=texts.label("web.cli.backup.file"))],
    home: Home = None,
) -> None:
    """Write everything into one file, with the totals of every year."""
    _do("kotsukotsu.web.backup", "backup", home, file=file)


def restore(
    file: Annotated[Path, typer.Argument(help=texts.label("web.cli.backup.file"))],
    home: Home = None,
) -> None:
    """Take a backup into an empty database; its totals are computed again."""
    _do("kotsukotsu.web.backup", "restore", home, file=file)


def export_city(
    city: Annotated[Path, typer.Argument(help=texts.label("web.cli.export.city"))],
    home: Home = None,
) -> None:
    """Write the whole city as a city folder."""
    _do("kotsukotsu.web.installing", "export_city", home, city=city)


def import_city(
    city: Annotated[Path, typer.Argument(help=texts.label("cli.city.help"))],
    actor: Annotated[str, typer.Option("--actor", help=texts.label("web.cli.actor.help"))],
    home: Home = None,
) -> None:
    """Take a whole city folder into an empty database."""
    _do("kotsukotsu.web.installing", "import_city", home, city=city, actor=actor)


def _do(module: str, function: str, home: Path | None, **arguments: Any) -> None:
    if home is not None:
        os.environ[HOME] = str(home)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kotsukotsu.web.settings")
    try:
        import_module("django").setup()
        run = getattr(import_module(module), function)
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("kotsukotsu"):
            raise
        raise WebError("W-01", module=error.name) from None
    run(**arguments)

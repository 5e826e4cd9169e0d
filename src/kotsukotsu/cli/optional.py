"""Commands whose packages are an extra: where they are not installed, the command says so when it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

import typer

from kotsukotsu import texts
from kotsukotsu.errors import KotsukotsuError


def add(app: typer.Typer, module: str, name: str, extra: str) -> None:
    """Let a module of commands register itself; without its packages, `name` stands for it and says what to install.

    Raises
    ------
    ModuleNotFoundError
        If it is a module of our own that is missing.
    """
    try:
        import_module(module).register(app)
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("kotsukotsu"):
            raise
        anything = {"allow_extra_args": True, "ignore_unknown_options": True}
        words = texts.label("cli.extra", extra=extra)
        app.command(name, help=words, context_settings=anything)(_missing(error.name or "", extra))


def _missing(package: str, extra: str) -> Callable[[], None]:
    def run() -> None:
        raise KotsukotsuError("ST-08", package=package, extra=extra)

    return run

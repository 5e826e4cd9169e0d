"""Every command with its arguments and options, from the command line itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import typer
from markdown import code, table

from kotsukotsu.cli.main import application
from kotsukotsu.web.commands import register

NEVER_SHOWN = ("help",)


def commands() -> str:
    """All commands."""
    return "\n".join(_section(name, command) for name, command in every_command())


def every_command() -> Iterator[tuple[str, Any]]:
    """The commands with their full names, in their order."""
    app = application()
    register(app)  # those of the web application come through an entry point
    yield from _below("kotsukotsu", typer.main.get_command(app))


def _below(name: str, command: Any) -> Iterator[tuple[str, Any]]:
    if not hasattr(command, "commands"):
        yield name, command
        return
    for sub, child in command.commands.items():
        yield from _below(f"{name} {sub}", child)


def _section(name: str, command: Any) -> str:
    known = [part for part in command.params if part.name not in NEVER_SHOWN]
    arguments = " ".join(part.name.upper() for part in known if part.param_type_name == "argument")
    rows = [_row(part) for part in known]
    shown = table(("指定", "必須", "はじめの値", "意味"), rows) if rows else ""
    return f"### `{name}`\n\n```text\n{f'{name} {arguments}'.strip()} [指定…]\n```\n\n{command.help}。\n\n{shown}"


def _row(part: Any) -> tuple[str, str, str, str]:
    names = [part.name.upper()] if part.param_type_name == "argument" else part.opts
    default = part.default if isinstance(part.default, str) or part.name == "last" else ""
    path = str(part.default) if type(part.default).__name__.endswith("Path") else ""
    return "、".join(map(code, names)), "○" if part.required else "", code(default or path), part.help or ""


MAKERS = {"commands": commands}

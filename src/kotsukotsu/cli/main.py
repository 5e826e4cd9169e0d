"""``kotsukotsu``: every command, and the one place where an error becomes words on the screen."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterable
from importlib.metadata import entry_points

import typer
from typer.exceptions import TyperException

from kotsukotsu import texts
from kotsukotsu.cli import helping, misused, optional
from kotsukotsu.cli.show import MOST, error_console, say, show_findings
from kotsukotsu.errors import FactorError, KotsukotsuError

NOT_COMPUTED = 1
WRONGLY_USED = 2
COMMANDS = (
    "inventory",
    "trace",
    "energy",
    "analyse",
    "check",
    "import",
    "form",
    "items",
    "catalogue",
    "demo",
    "plan",
    "plan-document",
    "summary",
    "verify",
    "optimise",
    "report",
    "facility-sheets",
    "answers",
    "publish",
    "site",
)
PLUGINS = "kotsukotsu.commands"
GARBAGE = 100_000  # objects made before one looks for circles among them: a ledger is many objects and no circles


def application(names: Iterable[str] = COMMANDS) -> typer.Typer:
    """The application with some of its commands; a command's module is read only if it is asked for.

    Other packages register theirs through the entry points `PLUGINS`.
    """
    app = typer.Typer(
        add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False, help=texts.label("cli.help"),
        context_settings={"help_option_names": ["-h", "--help"]},
    )  # fmt: skip
    app.callback()(_together)
    for name in names:
        optional.add(app, f"kotsukotsu.cli.{name.replace('-', '_')}_command", name, "documents")
    return app


def _together() -> None:
    """Keep the name of a command on the command line even where only one is loaded."""


def main() -> None:
    """Run a command; errors for people go to standard error in one paragraph."""
    gc.set_threshold(GARBAGE)
    asked = sys.argv[1] if len(sys.argv) > 1 else ""
    app = application([asked] if asked in COMMANDS else COMMANDS)
    if asked not in COMMANDS:
        for plugin in entry_points(group=PLUGINS):
            plugin.load()(app)
    helping.speak()
    try:
        sys.exit(app(standalone_mode=False))
    except KotsukotsuError as error:
        tell(error)
        sys.exit(NOT_COMPUTED if isinstance(error, FactorError) else WRONGLY_USED)
    except TyperException as error:
        if sentence := misused.said(error):
            say(error_console(), sentence, head="[bold red]×[/] ")
        sys.exit(WRONGLY_USED)
    except typer.Abort:
        say(error_console(), texts.label("cli.usage.aborted"))
        sys.exit(NOT_COMPUTED)


def tell(error: KotsukotsuError) -> None:
    """Say an error, and the findings it carries, on standard error."""
    console = error_console()
    say(console, texts.bracketed(error.text(), error.code), head="[bold red]×[/] ")
    show_findings(getattr(error, "findings", ()), console, getattr(error, "most", MOST))

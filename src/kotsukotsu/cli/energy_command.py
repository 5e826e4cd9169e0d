"""``kotsukotsu energy``: the yearly account of a city, and studies of a site.

``kotsukotsu energy CITY --fy 2024`` is ``kotsukotsu energy account CITY --fy 2024``: a first word that names no study
is a city's folder. A folder that is called like a study is reached by ``account`` or by ``./bill``.

To add a study: write ``cli/energy_NAME.py`` with ``register(group)``, which adds one command to the group, and put
NAME into `STUDIES`. A study makes a `documents.energy.study.Study` and hands it to `cli.energy_formats.write`. Its
module is read only if it is asked for, or for the list of commands; what it imports beyond the program's own
dependencies must be in the extra ``energy``, or in those that `EXTRAS` names.
"""

from __future__ import annotations

import sys

import typer
from typer.core import TyperGroup

from kotsukotsu import texts
from kotsukotsu.cli import energy_account, optional

ACCOUNT = "account"
STUDIES: tuple[str, ...] = (
    "import", "bill", "match", "fund", "size", "dispatch", "options", "survive", "cars", "backtest", "devices",
    "operate",
)  # fmt: skip
EXTRAS = dict.fromkeys(("devices", "operate"), "devices,energy")
HELP = ("-h", "--help")


class AccountUnlessAStudy(TyperGroup):
    """A group whose first word may be a city's folder."""

    def parse_args(self, ctx: typer.Context, args: list[str]) -> list[str]:  # type: ignore[override]
        """Put ``account`` before what is no study."""
        if args and args[0] not in self.commands and args[0] not in HELP:
            args = [ACCOUNT, *args]
        return super().parse_args(ctx, args)


def register(app: typer.Typer) -> None:
    """Add the group with its commands."""
    group = typer.Typer(cls=AccountUnlessAStudy, no_args_is_help=True, help=texts.label("cli.energy.group"))
    energy_account.register(group)
    for name in _wanted():
        optional.add(group, f"kotsukotsu.cli.energy_{name}", name, EXTRAS.get(name, "energy"))
    app.add_typer(group, name="energy")


def _wanted() -> tuple[str, ...]:
    """The study that the command line names, else all of them."""
    named = [word for word in sys.argv[1:3] if word in STUDIES]
    return tuple(named) or STUDIES

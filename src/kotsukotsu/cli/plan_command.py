"""``kotsukotsu plan``: targets, targets by sector and facility, projections and progress."""

from __future__ import annotations

from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import Annotated

import typer

from kotsukotsu import texts
from kotsukotsu.cli.output import FIRST_FY, LAST_FY, check_out
from kotsukotsu.periods import JST
from kotsukotsu.sessions.plan_view import WAYS, plan_view
from kotsukotsu.sessions.session import Session


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("plan", help=texts.label("cli.plan.help"))(run)


def run(
    city: Annotated[Path, typer.Argument(help=texts.label("cli.city.help"))],
    fy: Annotated[int | None, typer.Option("--fy", min=FIRST_FY, max=LAST_FY, help=texts.label("cli.plan.fy"))] = None,
    output: Annotated[str, typer.Option("--format", help="table | json | xlsx | html")] = "table",
    sector: Annotated[str, typer.Option("--gap-on", help=texts.label("cli.plan.sector"))] = "commercial",
    edition: Annotated[str, typer.Option("--national-plan", help=texts.label("cli.plan.edition"))] = "",
    facilities: Annotated[str, typer.Option("--facilities", help=texts.label("cli.plan.facilities"))] = "",
    out: Annotated[Path | None, typer.Option("--out", help=texts.label("cli.out.help"))] = None,
) -> None:
    """Show targets, projections and progress."""
    check_out(output, out)
    if facilities not in ("", *WAYS):
        wrong = texts.label("cli.plan.sector.wrong", choices=", ".join(WAYS))
        raise typer.BadParameter(wrong, param_hint="--facilities")
    view = plan_view(Session(city), fy, sector, edition, facilities)
    if out is None:
        import_module(f"kotsukotsu.cli.plan_{output}").write(view)
    else:
        made = datetime.now(tz=JST).date()
        import_module("kotsukotsu.cli.planning_files").outlook(view.outlook(made), output, out)

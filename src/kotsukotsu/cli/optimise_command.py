"""``kotsukotsu optimise``: which measures, at which facilities, in which years."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from typing import Annotated

import typer

from kotsukotsu import texts
from kotsukotsu.accounting import exact
from kotsukotsu.cli import optimise_json, optimise_show
from kotsukotsu.cli.output import check_out, print_json
from kotsukotsu.periods import JST
from kotsukotsu.planning.portfolio import GAP, SECONDS
from kotsukotsu.sessions.optimise_setting import HUNDRED, Asked, number_of
from kotsukotsu.sessions.optimised import optimised
from kotsukotsu.sessions.session import Session

# An assumption, not taken from a rule: the command prints the rate it used.
RATE = "0.04"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("optimise", help=texts.label("cli.optimise.help"))(run)


def run(
    city: Annotated[Path, typer.Argument(help=texts.label("cli.city.help"))],
    budget: Annotated[str, typer.Option("--budget", help=texts.label("cli.optimise.budget"))],
    target_fy: Annotated[int | None, typer.Option("--target-fy", help=texts.label("cli.optimise.target_fy"))] = None,
    target_pct: Annotated[str | None, typer.Option("--target-pct", help=texts.label("cli.optimise.target_pct"))] = None,
    years: Annotated[str | None, typer.Option("--years", help=texts.label("cli.optimise.years"))] = None,
    fy: Annotated[int | None, typer.Option("--fy", help=texts.label("cli.optimise.fy"))] = None,
    grid: Annotated[str | None, typer.Option("--grid", help=texts.label("cli.optimise.grid"))] = None,
    rate: Annotated[str, typer.Option("--discount-rate", help=texts.label("cli.optimise.rate"))] = RATE,
    seconds: Annotated[float, typer.Option("--seconds", min=0, help=texts.label("cli.optimise.seconds"))] = SECONDS,
    gap: Annotated[float, typer.Option("--gap", min=0, help=texts.label("cli.optimise.gap"))] = GAP,
    compare: Annotated[bool, typer.Option("--compare", help=texts.label("cli.optimise.compare"))] = False,
    close: Annotated[list[str] | None, typer.Option("--close", help=texts.label("cli.optimise.close"))] = None,
    output: Annotated[str, typer.Option("--format", help="table | json | xlsx | html")] = "table",
    out: Annotated[Path | None, typer.Option("--out", help=texts.label("cli.out.help"))] = None,
) -> None:
    """Choose measures within yearly budgets."""
    check_out(output, out)
    session = Session(city)
    cut = None if target_pct is None else number_of(target_pct, HUNDRED)
    asked = Asked(budget, target_fy, cut, years, fy, None if grid is None else number_of(grid), _rate(rate))
    today = datetime.now(JST).date()
    answer, sides = optimised(session, asked, today, compare=compare, close=close or (), gap=gap, seconds=seconds)
    if out is not None:
        proposal = answer.proposal(sides, today)
        import_module("kotsukotsu.cli.planning_files").proposal(proposal, output, out)
    elif output == "json":
        print_json(optimise_json.body(answer, sides))
    else:
        optimise_show.show(answer, sides)


def _rate(text: str) -> Decimal:
    """A discount rate: 0.04 or 4%. [1/year]"""
    if text.endswith("%"):
        return exact.exact_quotient(number_of(text, HUNDRED), HUNDRED)
    return number_of(text, Decimal(1))

"""``kotsukotsu check``: what is doubtful in a city's data."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from kotsukotsu import texts
from kotsukotsu.cli import show
from kotsukotsu.cli.output import FIRST_FY, LAST_FY, check_format, print_json
from kotsukotsu.findings import has_error
from kotsukotsu.ledger.checks.outcome import Outcome
from kotsukotsu.periods import JST
from kotsukotsu.sessions.session import Session


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("check", help=texts.label("cli.check.help"))(run)


def run(
    city: Annotated[Path, typer.Argument(help=texts.label("cli.city.help"))],
    fy: Annotated[int | None, typer.Option("--fy", min=FIRST_FY, max=LAST_FY, help=texts.label("cli.fy.check"))] = None,
    output: Annotated[str, typer.Option("--format", help="table | json")] = "table",
    today: Annotated[datetime | None, typer.Option("--today", help=texts.label("cli.today.help"))] = None,
) -> None:
    """Show every finding; exit status 1 if one is an error."""
    check_format(output)
    session = Session(city)
    day = (today or datetime.now(tz=JST)).date()
    outcomes = session.check(fy, day)
    findings = [finding for outcome in outcomes for finding in outcome.findings]
    if output == "json":
        print_json(_as_json(session, outcomes))
    else:
        _show(outcomes)
    if has_error(findings):
        raise typer.Exit(1)


def _as_json(session: Session, outcomes: list[Outcome]) -> dict[str, object]:
    return {
        "city": {"code": session.city.code, "name": session.city.name},
        "checks": [
            {
                "check": outcome.check,
                "status": outcome.status,
                "findings": [finding.as_dict() for finding in outcome.findings],
                "reason": outcome.reason.as_dict() if outcome.reason else None,
            }
            for outcome in outcomes
        ],
    }


def _show(outcomes: list[Outcome]) -> None:
    to = show.console()
    findings = [finding for outcome in outcomes for finding in outcome.findings]
    show.show_findings(findings, to, most=20)
    counts = {severity: sum(f.severity == severity for f in findings) for severity in ("error", "warning", "info")}
    not_run = [outcome for outcome in outcomes if outcome.status == "not_run"]
    to.print(texts.label("check.summary", checks=len(outcomes), not_run=len(not_run), **counts), style="bold")
    for outcome in not_run:
        if outcome.reason:
            to.print(
                f"{texts.none()} {outcome.check}{texts.label('sign.colon')}{outcome.reason.message()}", style="dim"
            )

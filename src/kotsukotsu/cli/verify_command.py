"""``kotsukotsu verify``: whether the figures printed in a plan agree."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any

import typer

from kotsukotsu import texts
from kotsukotsu.accounting.inventory import Inventory
from kotsukotsu.cli import show
from kotsukotsu.cli.output import check_format, print_json
from kotsukotsu.errors import FactorError
from kotsukotsu.findings import Finding
from kotsukotsu.planning.verify import Verification, verify
from kotsukotsu.planning.verify_claims import AGREES, ROUNDING, UNEXPLAINED, UNIT
from kotsukotsu.planning.verify_print import Print
from kotsukotsu.planning.verify_sectors import side_by_side
from kotsukotsu.sessions.printed import read_print
from kotsukotsu.sessions.session import Session

OUTCOMES = (AGREES, ROUNDING, UNIT, UNEXPLAINED)
MOST = 20


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("verify", help=texts.label("cli.verify.help"))(run)


def run(
    city: Annotated[Path, typer.Argument(help=texts.label("cli.city.help"))],
    output: Annotated[str, typer.Option("--format", help="table | json")] = "table",
) -> None:
    """Check the printed figures; exit status 1 if a difference is unexplained or the check is not whole."""
    check_format(output)
    session, print_ = Session(city), read_print(city)
    inventories, notes = _inventories(session, print_)
    compared = side_by_side(print_, session.law.catalogue)
    names = {row["facility_id"]: row["name"] for row in session.city.table("facilities")}
    result = verify(print_, session.city.printed, inventories, compared, names)
    findings = (*result.findings, *notes)
    if output == "json":
        print_json(_as_json(session, result, findings))
    else:
        _show(session, result, findings)
    if result.unexplained or result.unread_count:
        raise typer.Exit(1)


def _inventories(session: Session, print_: Print) -> tuple[dict[int, Inventory], list[Finding]]:
    """Inventories of the years whose totals are printed and whose rows are still there."""
    years = {row["fiscal_year"] for row in session.city.printed} | set(print_.years_of("total"))
    found: dict[int, Inventory] = {}
    notes = []
    for fy in sorted(year for year in years if session.has_rows(year)):
        try:
            found[fy] = session.inventory(fy)
        except FactorError:
            notes.append(Finding("V-07", data={"fiscal_year": fy}))
    return found, notes


def _as_json(session: Session, result: Verification, findings: Iterable[Finding]) -> dict[str, Any]:
    return {
        "city": {"code": session.city.code, "name": session.city.name},
        "checked": len(result.claims),
        "outcomes": result.counts(),
        "unexplained": result.unexplained,
        "unread": result.unread_count,
        "findings": [finding.as_dict() for finding in findings],
    }


def _show(session: Session, result: Verification, findings: Iterable[Finding]) -> None:
    to, counts = show.console(), result.counts()
    to.print(f"[bold]{session.city.name}{texts.gap()}{texts.label('verify.title')}[/]")
    headings = [texts.label("verify.kind"), *(texts.label(f"verify.outcome.{name}") for name in OUTCOMES)]
    rows = [
        (texts.label(f"verify.kind.{kind}"), *(str(outcomes.get(name, 0)) for name in OUTCOMES))
        for kind, outcomes in counts.items()
    ]
    if rows:
        to.print(show.table(headings, rows, numbers=(1, 2, 3, 4)))
    show.show_findings(findings, to, most=MOST)
    if result.unread_count:
        show.say(to, texts.label("verify.some_unread", count=result.unread_count), style="bold")
    count = result.unexplained_count
    code = "verify.some_unexplained" if count else "verify.all_explained" if counts else "verify.nothing"
    show.say(to, texts.label(code, count=count), style="bold")

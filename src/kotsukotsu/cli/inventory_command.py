"""``kotsukotsu inventory``: the emissions of a fiscal year."""

from __future__ import annotations

from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import Annotated

import typer

from kotsukotsu import texts
from kotsukotsu.accounting.completeness import completeness
from kotsukotsu.accounting.inventory import COLUMNS, printed_total
from kotsukotsu.catalogue.policy import policy_at
from kotsukotsu.cli import show
from kotsukotsu.cli.formats import FORMATS, View
from kotsukotsu.cli.output import FIRST_FY, LAST_FY, check_format, print_json
from kotsukotsu.errors import FactorError
from kotsukotsu.findings import Finding
from kotsukotsu.periods import FiscalYear
from kotsukotsu.rounding import plain
from kotsukotsu.schema import Row
from kotsukotsu.sessions.inventory_body import refused
from kotsukotsu.sessions.names import namers
from kotsukotsu.sessions.session import Session

DEFAULT_BY, SHORT_BY = "item,gas", "item"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("inventory", help=texts.label("cli.inventory.help"))(run)


def run(
    city: Annotated[Path, typer.Argument(help=texts.label("cli.city.help"))],
    fy: Annotated[int, typer.Option("--fy", min=FIRST_FY, max=LAST_FY, help=texts.label("cli.fy.help"))],
    by: Annotated[str, typer.Option("--by", help=texts.label("cli.by.help"))] = "",
    output: Annotated[str, typer.Option("--format", help=" | ".join(FORMATS))] = "table",
    as_of: Annotated[datetime | None, typer.Option("--as-of", help=texts.label("cli.as_of.help"))] = None,
    out: Annotated[Path | None, typer.Option("--out", help=texts.label("cli.out.help"))] = None,
) -> None:
    """Show or write the inventory."""
    columns = _columns(by or (SHORT_BY if output == "table" else DEFAULT_BY))
    _check_output(output, out)
    session = Session(city, as_of)
    printed = None if session.has_rows(fy) else printed_total(session.city, fy)
    if printed:
        _show_printed(session, fy, output, printed)
        return
    try:
        result = session.inventory(fy, by_month="month" in columns)
    except FactorError as error:
        if output == "json":
            _refuse(session, fy, error)
        raise
    findings = (*completeness(result), *session.doubts(fy))
    view = View(result, columns, findings, namers(session.city, session.law.catalogue, fy), out)
    import_module(f"kotsukotsu.cli.formats.{output}").write(view)


def _columns(by: str) -> tuple[str, ...]:
    columns = tuple(name.strip() for name in by.split(",") if name.strip())
    if not columns or any(name not in COLUMNS for name in columns):
        raise typer.BadParameter(texts.label("cli.by.wrong", choices=", ".join(COLUMNS)), param_hint="--by")
    return columns


def _check_output(output: str, out: Path | None) -> None:
    check_format(output, FORMATS)
    if output == "xlsx" and out is None:
        raise typer.BadParameter(texts.label("cli.out.needed"), param_hint="--out")


def _refuse(session: Session, fy: int, error: FactorError) -> None:
    policy = policy_at(session.city.settings, fy).as_dict()
    print_json(refused(session.city, fy, policy, session.law.catalogue.version, error.findings))
    raise typer.Exit(1) from None


def _show_printed(session: Session, fy: int, output: str, printed: Row) -> None:
    """A year of which only the printed total remains, shown as such."""
    finding = Finding("A-19", data={"fiscal_year": fy, "source": printed["source"]})
    if output == "json":
        policy = policy_at(session.city.settings, fy).as_dict()
        body = refused(session.city, fy, policy, session.law.catalogue.version, [finding])
        total = plain(printed["tonnes_co2e"])
        print_json(body | {"total_tonnes_co2e": total, "status": "printed", "rows": _printed_rows(session, fy)})
        return
    to = show.console()
    to.print(
        f"[bold]{session.city.name}{texts.gap()}{FiscalYear(fy).name}{texts.gap()}{texts.label('inventory.title')}[/]"
    )
    rows = [(row["part"], show.number(row["value"])) for row in _printed_parts(session, fy)]
    to.print(show.table([texts.label("column.part"), texts.label("column.co2e")], rows, numbers=(1,)))
    show.show_findings([finding], to)


def _printed_parts(session: Session, fy: int) -> list[Row]:
    return [
        {"part": _part(row), "value": row["tonnes_co2e"], "row": row}
        for row in session.city.printed
        if row["fiscal_year"] == fy and not row["facility_id"]
    ]


def _part(row: Row) -> str:
    """What a printed figure speaks of, in the words of the print."""
    return " ".join(row[key] for key in ("sector", "item", "gas") if row[key]) or texts.label("total")


def _printed_rows(session: Session, fy: int) -> list[Row]:
    keys = ("sector", "item", "gas", "facility_id", "source", "note")
    return [
        {**{key: row[key] for key in keys}, "tonnes_co2e": plain(row["tonnes_co2e"]), "status": "printed"}
        for row in session.city.printed
        if row["fiscal_year"] == fy
    ]

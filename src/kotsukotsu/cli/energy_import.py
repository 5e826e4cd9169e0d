"""``kotsukotsu energy import``: a file of half-hours into a site's folder."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from kotsukotsu import texts
from kotsukotsu.cli import show
from kotsukotsu.cli.output import check_format, print_json
from kotsukotsu.energy import exact
from kotsukotsu.periods import JST, day_name
from kotsukotsu.rounding import plain, printed
from kotsukotsu.sessions.energy_receiving import Receipt, judge, take_in
from kotsukotsu.sessions.energy_site import EnergySite

FileArgument = Annotated[Path, typer.Argument(help=texts.label("cli.energy.file"))]
SiteOption = Annotated[Path, typer.Option("--into", help=texts.label("cli.energy.site"))]
PointOption = Annotated[list[str] | None, typer.Option("--point", help=texts.label("cli.energy.point"))]
UnitOption = Annotated[str, typer.Option("--unit", help=texts.label("cli.energy.unit"))]
DryOption = Annotated[bool, typer.Option("--dry-run", help=texts.label("cli.dry_run.help"))]


def register(group: typer.Typer) -> None:
    """Add the command."""
    group.command("import", help=texts.label("cli.energy.import"))(run)


def run(
    file: FileArgument,
    into: SiteOption,
    point: PointOption = None,
    unit: UnitOption = "",
    dry_run: DryOption = False,
    output: Annotated[str, typer.Option("--format", help="table | json")] = "table",
) -> None:
    """Show what the file holds; take it in unless told not to."""
    check_format(output)
    opened = EnergySite(into)
    receipt = judge(opened, file, _points(point or []), unit, datetime.now(JST))
    if not dry_run:
        take_in(opened, receipt)
    if output == "json":
        print_json(_data(receipt, dry_run=dry_run))
    else:
        _tell(receipt, dry_run=dry_run)


def _points(given: list[str]) -> dict[str, str]:
    """``COLUMN=POINT`` as pairs; POINT alone is for a file with one series."""
    pairs = (text.rpartition("=") for text in given)
    return {name: point for name, _, point in pairs}


def _data(receipt: Receipt, *, dry_run: bool) -> dict[str, object]:
    return {
        "file": receipt.file,
        "kind": receipt.kind,
        "prices": receipt.prices,
        "dry_run": dry_run,
        "series": [
            {"point": one.point, "start": one.start.isoformat(), "end": one.end.isoformat(), "half_hours": len(one),
             "missing": int(one.missing.sum()), "sum": plain(exact.total(one.kwh[~one.missing]))}
            for one in receipt.series
        ],
        "findings": [finding.as_dict() for finding in receipt.findings],
    }  # fmt: skip


def _tell(receipt: Receipt, *, dry_run: bool) -> None:
    to = show.console()
    to.print(f"[bold]{receipt.file}[/]{texts.gap()}{texts.label(f'energy.kind.{receipt.kind}')}")
    rows = []
    for one in receipt.series:
        there = one.kwh[~one.missing]
        total = exact.total(there)
        shown = total / len(there) if receipt.prices and len(there) else total
        rows.append([one.point, day_name(one.start), day_name(one.end), f"{len(one):,}",
                     f"{int(one.missing.sum()):,}", printed(shown, 2)])  # fmt: skip
    names = ("point", "start", "end", "count", "missing", "mean" if receipt.prices else "sum")
    heads = [texts.label(f"energy.import.{name}") for name in names]
    to.print(show.table(heads, rows, numbers=(3, 4, 5)))
    show.show_findings(receipt.findings, to, most=3)
    show.say(
        to, texts.label("import.dry_run" if dry_run else "energy.import.done"), style="dim" if dry_run else "green"
    )

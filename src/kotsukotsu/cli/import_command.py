"""``kotsukotsu import``: a received file into the city folder."""

from __future__ import annotations

import getpass
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from kotsukotsu import texts
from kotsukotsu.cli import import_weather, show
from kotsukotsu.cli.output import FIRST_FY, LAST_FY, print_json
from kotsukotsu.errors import ImportFileError
from kotsukotsu.findings import Finding
from kotsukotsu.importers.fates import Fate
from kotsukotsu.periods import JST
from kotsukotsu.sessions import receiving
from kotsukotsu.sessions.receiving_weather import is_for_weather

SHOWN = 8
EVERY_ROW = 100_000


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("import", help=texts.label("cli.import.help"))(run)


def run(
    file: Annotated[Path, typer.Argument(help=texts.label("cli.file.help"))],
    into: Annotated[Path, typer.Option("--into", help=texts.label("cli.city.help"))],
    profile: Annotated[str, typer.Option("--profile", help=texts.label("cli.profile.help"))] = "",
    fy: Annotated[
        int | None, typer.Option("--fy", min=FIRST_FY, max=LAST_FY, help=texts.label("cli.fy.import"))
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=texts.label("cli.dry_run.help"))] = False,
    actor: Annotated[str, typer.Option("--actor", help=texts.label("cli.actor.help"))] = "",
    output: Annotated[str, typer.Option("--format", help="table | json")] = "table",
) -> None:
    """Show every row's fate; take the file in unless told not to. Exit status 1 if rows were rejected."""
    if not file.is_file():
        raise ImportFileError("IM-00", file=str(file))
    if is_for_weather(file):
        import_weather.run(file, into, output, dry_run=dry_run)
        return
    desk = receiving.Desk(into, actor or getpass.getuser())
    receipt = desk.judge(file, profile, datetime.now(tz=JST), fy)
    if not dry_run:
        desk.take_in(receipt)
    if output == "json":
        print_json(as_json(receipt, dry_run=dry_run))
    else:
        tell(receipt, show.console(), dry_run=dry_run)
    if receipt.result.rejected:
        raise typer.Exit(1)


def as_json(receipt: receiving.Receipt, *, dry_run: bool) -> dict[str, object]:
    """The whole outcome, every row with its fate."""
    result = receipt.result
    return {
        "file": result.file,
        "sha256": result.sha256,
        "layouts": list(result.layouts),
        "profile": receipt.profile_path.stem,
        "dry_run": dry_run,
        "counts": result.counts,
        "rows": [_plain(fate) for fate in result.fates],
        "findings": [finding.as_dict() for finding in result.findings],
    }


def _plain(fate: Fate) -> dict[str, object]:
    row = fate.row or {}
    return {
        "place": fate.raw.place,
        "fate": fate.kind,
        "facility_id": row.get("facility_id"),
        "item": row.get("item"),
        "start": str(row["start"]) if row else None,
        "end": str(row["end"]) if row else None,
        "quantity": format(row["quantity"], "f") if row.get("quantity") is not None else None,
        "unit": row.get("unit"),
        "basis": row.get("basis"),
        "replaces": fate.replaces or None,
        "reason": fate.reason.as_dict() if fate.reason else None,
    }


def tell(receipt: receiving.Receipt, to: Console, *, dry_run: bool) -> None:
    """File, form, fates, reasons, and what was done."""
    result = receipt.result
    forms = texts.listed(texts.label(f"layout.{layout}") for layout in result.layouts)
    to.print(f"[bold]{result.file}[/]{texts.gap()}{forms}")
    counts = [(texts.label(f"fate.{kind}"), str(count)) for kind, count in result.counts.items() if count]
    to.print(texts.label("sign.part").join(f"{name} {count}" for name, count in counts))
    if dry_run:
        _every_row(receipt, to)
    for fate in result.rejected[: EVERY_ROW if dry_run else SHOWN]:
        if fate.reason:
            said = f"{fate.raw.place}{texts.label('sign.colon')}{fate.reason.message()} → {fate.reason.advice()}"
            show.say(to, said, head=f"[red]×[/] {fate.reason.code} ")
    if len(result.rejected) > SHOWN and not dry_run:
        show.say(to, texts.label("cli.more", count=len(result.rejected) - SHOWN), style="dim")
    show.show_findings([one for one in result.findings if dry_run or _is_told(one)], to, most=3)
    _done(receipt, to, dry_run=dry_run)


def _is_told(finding: Finding) -> bool:
    """Sheets and tables that were not read are told; notes on how well a file can be read in a dry run and the JSON."""
    return finding.severity != "info" or finding.code.startswith("IM-")


def _every_row(receipt: receiving.Receipt, to: Console) -> None:
    rows = [
        (
            fate.raw.place, texts.label(f"fate.{fate.kind}"), _named(receipt, fate, "facility_id") or fate.raw.facility,
            _named(receipt, fate, "item") or fate.raw.item, str((fate.row or {}).get("start") or ""),
            _quantity(fate),
        )
        for fate in receipt.result.fates
    ]  # fmt: skip
    headings = [texts.label(f"column.{name}") for name in ("place", "fate", "facility", "item", "from", "quantity")]
    to.print(show.table(headings, rows, numbers=(5,)))


def _named(receipt: receiving.Receipt, fate: Fate, column: str) -> str:
    code = str((fate.row or {}).get(column) or "")
    return receipt.names.get(code, code)


def _quantity(fate: Fate) -> str:
    row = fate.row or {}
    if row.get("quantity") is None:
        return fate.raw.reading.text
    after = f"{row['quantity']} {row['unit']}"
    return f"{(fate.before or {}).get('quantity')} → {after}" if fate.kind == "corrects" else after


def _done(receipt: receiving.Receipt, to: Console, *, dry_run: bool) -> None:
    if dry_run:
        show.say(to, texts.label("import.dry_run"), style="dim")
        return
    show.say(to, texts.label("import.done", count=len(receipt.appended)), style="green")
    show.say(to, texts.label("import.profile", path=receipt.profile_path), style="dim")
    if receipt.result.rejected:
        count = len(receipt.result.rejected)
        show.say(to, texts.label("import.rejected", count=count, path=receipt.rejected_path), style="yellow")

"""``kotsukotsu demo``: the whole yearly job on a city folder: take in what arrived, compute, show, write."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress

from kotsukotsu import texts
from kotsukotsu.accounting.completeness import completeness, is_complete
from kotsukotsu.accounting.inventory import Inventory
from kotsukotsu.cli import show
from kotsukotsu.cli.formats import View
from kotsukotsu.cli.formats.table import write as show_table
from kotsukotsu.documents import page, workbook
from kotsukotsu.documents.data import COLUMNS
from kotsukotsu.documents.data_files import csv_of
from kotsukotsu.documents.data_sheets import data_sheets
from kotsukotsu.documents.figures import overview
from kotsukotsu.findings import Finding
from kotsukotsu.periods import JST, FiscalYear
from kotsukotsu.sessions import receiving
from kotsukotsu.sessions.names import namers
from kotsukotsu.sessions.session import Session
from kotsukotsu.store import folder

INBOX = "inbox"
ACTOR = "demo"
SUFFIXES = (".xlsx", ".xls", ".ods", ".csv")
Results = dict[int, Inventory]
Findings = dict[int, tuple[Finding, ...]]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("demo", help=texts.label("cli.demo.help"))(run)


def run(
    city: Annotated[Path, typer.Argument(help=texts.label("cli.city.help"))],
    out: Annotated[Path, typer.Option("--out", help=texts.label("cli.out_folder.help"))] = Path("out"),
    last: Annotated[int, typer.Option("--fy", help=texts.label("cli.fy.help"))] = 2025,
) -> None:
    """Import the inbox, compute every year since the base year, show the last, write XLSX, CSV and HTML."""
    to = show.console()
    with Progress(console=show.error_console(), transient=True) as progress:
        _take_in(city, progress, to)
        session = Session(city)
        results, findings = _compute(session, last, progress)
    columns, names = ("item",), namers(session.city, session.law.catalogue, max(results))
    show_table(View(results[last], columns, findings[last], names, None))
    _show_years(results, findings, to)
    _write(session, results, findings, out)
    for line in ("demo.written", "demo.next"):
        show.say(to, texts.label(line, out=out, city=city, fy=last), style="green" if line == "demo.written" else "")
    for command in texts.label("demo.commands", city=city, fy=last).split(" | "):
        to.print(f"  {command}", style="bold")


def _take_in(city: Path, progress: Progress, to: Console) -> None:
    """Import every file of the inbox; what is rejected comes back as a file, as for any import."""
    files = sorted(path for path in (city / INBOX).glob("*") if path.suffix in SUFFIXES)
    desk = receiving.Desk(city, ACTOR)
    for file in progress.track(files, description=texts.label("demo.importing")):
        receipt = desk.judge(file, "", datetime.now(tz=JST))
        desk.take_in(receipt)
        counts = texts.label("sign.part").join(
            f"{texts.label(f'fate.{kind}')} {n}" for kind, n in receipt.result.counts.items() if n
        )
        to.print(f"[bold]{file.name}[/]{texts.gap()}{counts}")


def _compute(session: Session, last: int, progress: Progress) -> tuple[Results, Findings]:
    years = range(session.city.base_fy, last + 1)
    results: Results = {}
    findings: Findings = {}
    for fy in progress.track(years, description=texts.label("demo.computing")):
        results[fy] = session.inventory(fy)
        findings[fy] = (*completeness(results[fy]), *session.doubts(fy))
    return results, findings


def _show_years(results: Results, findings: Findings, to: Console) -> None:
    """Every year beside the base year; a year with missing quantities is marked."""
    first = results[min(results)]
    partial = {fy for fy, found in findings.items() if not is_complete(found)}
    rows = [
        (
            FiscalYear(fy).label() + (texts.label("year.partial") if fy in partial else ""),
            show.number(result.printed_total([result.total])),
            show.number(result.printed_total([result.comparable_total])),
            show.change(result.total, first.total),
        )
        for fy, result in results.items()
    ]
    headings = [texts.label(f"column.{name}") for name in ("year", "co2e", "comparable", "since_base")]
    to.print(show.table(headings, rows, numbers=(1, 2, 3)))


def _write(session: Session, results: Results, findings: Findings, out: Path) -> None:
    names = namers(session.city, session.law.catalogue, max(results))
    made = datetime.now(tz=JST).date()
    shown = overview(results, names, findings, made)
    folder.write_file(out / "inventory.html", page.html(shown))
    folder.write_file(out / "inventory.xlsx", workbook.overview_workbook(shown, results, names))
    lines, *_ = data_sheets(shown, results, names, COLUMNS)
    folder.write_file(out / "inventory.csv", csv_of(lines.heads, lines.rows))

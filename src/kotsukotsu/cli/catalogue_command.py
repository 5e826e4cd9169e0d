"""``kotsukotsu catalogue``: the law as data: show, check, coverage, update."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from kotsukotsu import texts
from kotsukotsu.catalogue.coverage import CoverageRow, coverage
from kotsukotsu.catalogue.difference import compare, tally
from kotsukotsu.catalogue.model import Catalogue, Factor
from kotsukotsu.catalogue.update import Update, install, read_update
from kotsukotsu.catalogue.words import said, since, table_name
from kotsukotsu.cli import show
from kotsukotsu.cli.output import FIRST_FY, LAST_FY, check_format, print_json
from kotsukotsu.errors import CatalogueError, UpdateError
from kotsukotsu.periods import FiscalYear
from kotsukotsu.sessions.catalogues import catalogue, update_folder, with_update

app = typer.Typer(no_args_is_help=True)
MOST_CHANGES = 40


def register(parent: typer.Typer) -> None:
    """Add the commands."""
    parent.add_typer(app, name="catalogue", help=texts.label("cli.catalogue.help"))


@app.command("show", help=texts.label("cli.catalogue.show.help"))
def show_item(
    item: Annotated[str, typer.Argument(help=texts.label("cli.item.help"))],
    fy: Annotated[int, typer.Option("--fy", min=FIRST_FY, max=LAST_FY, help=texts.label("cli.fy.help"))],
    output: Annotated[str, typer.Option("--format", help="table | json")] = "table",
) -> None:
    """Factors of an item that serve a fiscal year under the previous-year convention, of every regime and family."""
    check_format(output)
    law = catalogue()
    if item not in law.items:
        raise typer.BadParameter(texts.label("cli.item.unknown", item=item), param_hint="ITEM")
    factors = [factor for factor in law.factors if factor.item == item and _serves(factor, fy, law)]
    if output == "json":
        print_json({"item": item, "fiscal_year": fy, "catalogue": law.version, "factors": [_plain(f) for f in factors]})
        return
    headings = [texts.label(f"column.{name}") for name in ("supplier", "menu", "kind", "factor", "unit", "status")]
    rows = [
        (
            law.suppliers[f.supplier].name if f.supplier else texts.label(f"regime.short.{f.regime}"), f.menu,
            " ".join(part for part in (f.kind, f.family, f.gas) if part), format(f.value, "f"), f"{f.mass}/{f.per}",
            law.statuses[f.status].name,
        )
        for f in factors
    ]  # fmt: skip
    to = show.console()
    to.print(f"[bold]{law.items[item].name}{texts.gap()}{FiscalYear(fy).name}[/]")
    to.print(show.table(headings, rows, numbers=(3,)))
    if not factors:
        to.print(texts.label("catalogue.none"), style="yellow")


def _serves(factor: Factor, fy: int, law: Catalogue) -> bool:
    day = FiscalYear(fy).start
    in_force = factor.valid_from <= day and (factor.valid_to is None or day < factor.valid_to)
    return in_force and fy <= law.editions[factor.edition].covers_to


def _plain(factor: Factor) -> dict[str, object]:
    names = ("factor_id", "regime", "supplier", "menu", "kind", "family", "gas", "mass", "per", "source_fy", "edition")
    more = ("source", "locator", "status", "note", "file", "line")
    return {
        **{name: getattr(factor, name) for name in (*names, *more)},
        "value": format(factor.value, "f"),
        "valid_from": factor.valid_from.isoformat(),
        "valid_to": factor.valid_to.isoformat() if factor.valid_to else None,
    }


@app.command("check", help=texts.label("cli.catalogue.check.help"))
def check() -> None:
    """Load and check the catalogue; a broken one stops with its file and line."""
    law = catalogue()
    show.console().print(
        texts.label(
            "catalogue.sound", version=law.version, factors=len(law.factors), items=len(law.items),
            sources=len(law.sources),
        )
    )  # fmt: skip


@app.command("coverage", help=texts.label("cli.catalogue.coverage.help"))
def show_coverage(
    item: Annotated[str | None, typer.Option("--item", help=texts.label("cli.item.help"))] = None,
    supplier: Annotated[str | None, typer.Option("--supplier", help=texts.label("cli.supplier.help"))] = None,
    output: Annotated[str, typer.Option("--format", help="table | json")] = "table",
) -> None:
    """Which series answer for which years, and which are not at hand."""
    check_format(output)
    law = catalogue()
    rows = [row for row in coverage(law) if item in (None, row.item) and _is(row, supplier, law)]
    if output == "json":
        print_json({"catalogue": law.version, "series": [_coverage_plain(row) for row in rows]})
        return
    to = show.console()
    headings = [texts.label(f"column.{name}") for name in ("item", "supplier", "menu", "kind", "years", "gaps")]
    to.print(show.table(headings, [_coverage_cells(row, law) for row in rows], numbers=()))
    for one in law.breaks:
        to.print(f"[yellow]‖[/] {one.from_fy}: {one.title_ja if texts.language() == 'ja' else one.title_en}")


def _is(row: CoverageRow, supplier: str | None, law: Catalogue) -> bool:
    if supplier is None:
        return True
    known = law.suppliers.get(row.supplier)
    return supplier == row.supplier or (known is not None and supplier in known.name)


def _coverage_plain(row: CoverageRow) -> dict[str, object]:
    return {
        "item": row.item, "regime": row.regime, "supplier": row.supplier, "menu": row.menu, "kind": row.kind,
        "gas": row.gas, "by_results_year": row.by_results, "years": list(row.years), "covers_to": row.covers_to,
        "breaks": list(row.breaks), "statuses": list(row.statuses),
        "gaps": [{"from_fy": gap.from_fy, "to_fy": gap.to_fy, "reason": gap.reason} for gap in row.gaps],
    }  # fmt: skip


def _coverage_cells(row: CoverageRow, law: Catalogue) -> tuple[str, ...]:
    supplier = law.suppliers[row.supplier].name if row.supplier in law.suppliers else row.supplier
    gaps = texts.listed(_runs(range(gap.from_fy, gap.to_fy + 1)) for gap in row.gaps)
    kind = " ".join(part for part in (row.regime, row.kind, row.gas) if part)
    return law.items[row.item].name, supplier, row.menu, kind, _runs(row.years), gaps


def _runs(years: Sequence[int]) -> str:
    """Years as runs: 2005-2007,2009."""
    runs: list[list[int]] = []
    for year in years:
        if runs and runs[-1][-1] == year - 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return ",".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)


def _tried(received: Update) -> Catalogue:
    """The catalogue with the update; if that is not sound, those who are to mend it are named before the fault is."""
    try:
        return with_update(received)
    except CatalogueError:
        show.say(show.error_console(), texts.label("catalogue.refused"))
        raise


@app.command("update", help=texts.label("cli.catalogue.update.help"))
def update(
    file: Annotated[Path, typer.Argument(help=texts.label("cli.catalogue.file.help"))],
    yes: Annotated[bool, typer.Option("--yes", help=texts.label("cli.yes.help"))] = False,
) -> None:
    """Show what a yearly update changes, then install it; nothing changes if anything is wrong."""
    if not file.is_file():
        raise UpdateError("IM-00", file=str(file))
    received = read_update(file.read_bytes())
    to = show.console()
    other = _tried(received)
    changes = compare(catalogue(), other)
    names = {code: item.name for code, item in other.items.items()}
    to.print(f"[bold]{received.title}[/]{texts.gap()}{texts.bracketed(received.edition, received.created)}")
    rows = [
        (texts.label(f"change.{action}"), table_name(table), names.get(item, item), since(year), f"{count:,}")
        for (action, table, item, year), count in sorted(tally(changes).items())
    ]
    headings = [texts.label(f"column.{name}") for name in ("change", "table", "item", "year", "count")]
    to.print(show.table(headings, rows, numbers=(4,)))
    for change in [change for change in changes if change.action == "changed"][:MOST_CHANGES]:
        show.say(to, said(change, other), style="dim", head="・")
    if not yes and not typer.confirm(texts.label("catalogue.confirm")):
        to.print(texts.label("catalogue.unchanged"))
        raise typer.Exit(0)
    install(received, update_folder())
    to.print(texts.label("catalogue.installed", edition=received.edition), style="green")

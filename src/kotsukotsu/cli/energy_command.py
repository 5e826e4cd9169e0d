"""``kotsukotsu energy``: heat and crude-oil equivalent by the Energy Act."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from pathlib import Path
from typing import Annotated

import typer

from kotsukotsu import texts
from kotsukotsu.accounting import exact
from kotsukotsu.accounting.energy import EnergyLine, energy
from kotsukotsu.cli import show
from kotsukotsu.cli.names import namers
from kotsukotsu.cli.output import print_json
from kotsukotsu.cli.session import Session
from kotsukotsu.periods import FiscalYear
from kotsukotsu.rounding import plain


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("energy", help=texts.label("cli.energy.help"))(run)


def run(
    city: Annotated[Path, typer.Argument(help=texts.label("cli.city.help"))],
    fy: Annotated[int, typer.Option("--fy", help=texts.label("cli.fy.help"))],
    output: Annotated[str, typer.Option("--format", help="table | json")] = "table",
) -> None:
    """Show the energy used in a fiscal year by item."""
    session = Session(city)
    lines, findings = energy(session.city, session.law, fy, session.groups(fy))
    by_item: dict[str, list[EnergyLine]] = defaultdict(list)
    for line in lines:
        by_item[line.group.item].append(line)
    items = session.law.catalogue.items
    totals = {item: _totals(found) for item, found in sorted(by_item.items(), key=lambda kv: items[kv[0]].order)}
    heat, oil = (exact.total(pair[index] for pair in totals.values()) for index in (0, 1))
    if output == "json":
        print_json(
            {
                "city": {"code": session.city.code, "name": session.city.name},
                "fiscal_year": fy,
                "rows": [
                    {"item": item, "heat_gj": plain(pair[0]), "crude_oil_kl": plain(pair[1]),
                     "status": session.law.catalogue.weaker(*(line.status for line in by_item[item]))}
                    for item, pair in totals.items()
                ],
                "total_heat_gj": plain(heat),
                "total_crude_oil_kl": plain(oil),
                "findings": [finding.as_dict() for finding in findings],
            }
        )  # fmt: skip
        return
    to = show.console()
    to.print(f"[bold]{session.city.name}　{FiscalYear(fy).label()}　{texts.label('energy.title')}[/]")
    name = namers(session.city, session.law.catalogue)["item"]
    rows = [(name(item), show.number(pair[0]), show.number(pair[1], 1)) for item, pair in totals.items()]
    headings = [texts.label(f"column.{key}") for key in ("item", "heat_gj", "crude_oil_kl")]
    made = show.table(headings, rows, numbers=(1, 2))
    made.add_section()
    made.add_row(texts.label("total"), show.number(heat), show.number(oil, 1), style="bold")
    to.print(made)
    show.show_findings(findings, to)


def _totals(lines: list[EnergyLine]) -> tuple[Decimal, Decimal]:
    return exact.total(line.heat_gj for line in lines), exact.total(line.crude_oil_kl for line in lines)

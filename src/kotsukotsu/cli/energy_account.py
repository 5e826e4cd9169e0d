"""``kotsukotsu energy account``: heat and crude-oil equivalent by the Energy Act."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Annotated

import typer

from kotsukotsu import texts
from kotsukotsu.accounting import exact
from kotsukotsu.accounting.energy import EnergyLine, energy
from kotsukotsu.cli import show
from kotsukotsu.cli.output import FIRST_FY, LAST_FY, check_format, print_json
from kotsukotsu.findings import has_error
from kotsukotsu.periods import FiscalYear
from kotsukotsu.rounding import plain
from kotsukotsu.sessions.names import namers
from kotsukotsu.sessions.session import Session


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("account", help=texts.label("cli.energy.help"))(run)


def run(
    city: Annotated[Path, typer.Argument(help=texts.label("cli.city.help"))],
    fy: Annotated[int, typer.Option("--fy", min=FIRST_FY, max=LAST_FY, help=texts.label("cli.fy.help"))],
    output: Annotated[str, typer.Option("--format", help="table | json")] = "table",
) -> None:
    """Show the energy used in a fiscal year by item."""
    check_format(output)
    session = Session(city)
    lines, findings = energy(session.city, session.law, fy, session.groups(fy))
    findings = [*session.faults(), *findings]
    refused = has_error(findings)
    name = namers(session.city, session.law.catalogue)
    by_item = _sums(session, [line for line in lines if line.in_plan], lambda line: line.group.item)
    by_body = _sums(session, lines, lambda line: line.body)
    total = None if refused else _total(by_item.values())
    if output == "json":
        print_json(
            {
                "city": {"code": session.city.code, "name": session.city.name},
                "fiscal_year": fy,
                "rows": [{"item": item, **sums.as_dict()} for item, sums in by_item.items()],
                "bodies": [] if refused else [{"body": body, **sums.as_dict()} for body, sums in by_body.items()],
                "total_heat_gj": plain(total.heat) if total else None,
                "total_crude_oil_kl": plain(total.oil) if total else None,
                "findings": [finding.as_dict() for finding in findings],
            }
        )
    else:
        _show(session, fy, [(name["item"](item), sums) for item, sums in by_item.items()], total)
        if total and len(by_body) > 1:
            _table([(name["body"](body), sums) for body, sums in by_body.items()], "body", None)
        show.show_findings(findings, show.console())
    if refused:
        raise typer.Exit(1)


@dataclass(frozen=True, slots=True)
class Sums:
    """Heat [GJ], crude-oil equivalent [kL] and the least trusted status."""

    heat: Decimal
    oil: Decimal
    status: str

    def as_dict(self) -> dict[str, str]:
        """For JSON."""
        return {"heat_gj": plain(self.heat), "crude_oil_kl": plain(self.oil), "status": self.status}


def _sums(session: Session, lines: list[EnergyLine], key: Callable[[EnergyLine], str]) -> dict[str, Sums]:
    grouped: dict[str, list[EnergyLine]] = {}
    for line in sorted(lines, key=lambda line: session.law.catalogue.items[line.group.item].order):
        grouped.setdefault(key(line), []).append(line)
    weaker = session.law.catalogue.weaker
    return {
        name: Sums(
            exact.total(line.heat_gj for line in found),
            exact.total(line.crude_oil_kl for line in found),
            weaker(*(line.status for line in found)),
        )
        for name, found in grouped.items()
    }


def _total(parts: Iterable[Sums]) -> Sums:
    parts = list(parts)
    return Sums(exact.total(part.heat for part in parts), exact.total(part.oil for part in parts), "")


def _show(session: Session, fy: int, rows: list[tuple[str, Sums]], total: Sums | None) -> None:
    title = f"{session.city.name}{texts.gap()}{FiscalYear(fy).name}{texts.gap()}{texts.label('energy.title')}"
    show.console().print(f"[bold]{title}[/]")
    _table(rows, "item", total)


def _table(rows: list[tuple[str, Sums]], first: str, total: Sums | None) -> None:
    headings = [texts.label(f"column.{key}") for key in (first, "heat_gj", "crude_oil_kl")]
    cells = [(name, show.number(sums.heat), show.number(sums.oil, 1)) for name, sums in rows]
    made = show.table(headings, cells, numbers=(1, 2))
    if first == "item":
        heat, oil = (total.heat, total.oil) if total else (None, None)
        made.add_section()
        made.add_row(texts.label("total"), show.number(heat), show.number(oil, 1), style="bold")
    show.console().print(made)

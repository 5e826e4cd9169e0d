"""``kotsukotsu analyse``: where and why the emissions changed between two fiscal years."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from typing import Annotated

import typer

from kotsukotsu import texts
from kotsukotsu.accounting.completeness import completeness
from kotsukotsu.accounting.contracts import contract_problems
from kotsukotsu.accounting.emissions import Emitter, in_plan
from kotsukotsu.accounting.inventory import Inventory
from kotsukotsu.accounting.model import Line
from kotsukotsu.analysis.report import Report, report
from kotsukotsu.analysis.scope import scope_of
from kotsukotsu.analysis.voice import voice_of
from kotsukotsu.analysis.where import REACH
from kotsukotsu.catalogue.policy import policy_at
from kotsukotsu.cli.analyse_formats import FORMATS, TO_A_FILE, View
from kotsukotsu.findings import Finding
from kotsukotsu.periods import JST
from kotsukotsu.sessions.names import namers
from kotsukotsu.sessions.session import MONTHS, YEARS, Session

Lines = Sequence[Line]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("analyse", help=texts.label("cli.analyse.help"))(run)


def run(
    city: Annotated[Path, typer.Argument(help=texts.label("cli.city.help"))],
    fy: Annotated[int, typer.Option("--fy", help=texts.label("cli.fy.help"))],
    against: Annotated[int | None, typer.Option("--against", help=texts.label("cli.against.help"))] = None,
    facility: Annotated[str, typer.Option("--facility", help=texts.label("cli.one_facility.help"))] = "",
    department: Annotated[str, typer.Option("--department", help=texts.label("cli.one_department.help"))] = "",
    item: Annotated[str, typer.Option("--item", help=texts.label("cli.one_item.help"))] = "",
    reach: Annotated[int, typer.Option("--reach", min=1, max=100, help=texts.label("cli.reach.help"))] = int(REACH),
    chain: Annotated[bool, typer.Option("--chain", help=texts.label("cli.chain.help"))] = False,
    output: Annotated[str, typer.Option("--format", help=" | ".join(FORMATS))] = "table",
    as_of: Annotated[datetime | None, typer.Option("--as-of", help=texts.label("cli.as_of.help"))] = None,
    out: Annotated[Path | None, typer.Option("--out", help=texts.label("cli.out.help"))] = None,
) -> None:
    """Show or write the analysis."""
    _check_output(output, out)
    session = Session(city, as_of)
    first = session.city.base_fy if against is None else against
    if first >= fy:
        raise typer.BadParameter(texts.label("cli.against.wrong", fy=fy), param_hint="--against")
    latest = session.inventory(fy)
    codes = (facility, department, item)
    found = analysed(session, latest, first, codes, reach=Decimal(reach), with_chain=chain)
    view = _view(session, found, completeness(latest), out)
    import_module(f"kotsukotsu.cli.analyse_formats.{output}").write(view)


def analysed(
    session: Session, latest: Inventory, against: int, codes: tuple[str, str, str], *, reach: Decimal, with_chain: bool
) -> Report:
    """The analysis of a city folder; `codes` name a facility, a department and an item, or nothing.

    Raises
    ------
    FactorError
        If the earlier year cannot be computed, or a code does not exist; a year between stays open.
    """
    city, catalogue, fy = session.city, session.law.catalogue, latest.fy
    scope = scope_of(city, catalogue, *codes)
    lines: dict[int, Lines | None] = {against: _first(session, latest, against), fy: latest.lines}
    for year in range(against + 1, fy):
        lines[year] = _between(session, year)
    voice = voice_of(city, catalogue, namers(city, catalogue), latest.policy.rounding, fy, against)
    return report(city, lines, scope, fy, against, voice, reach, with_chain=with_chain)


def _first(session: Session, latest: Inventory, against: int) -> Lines:
    return latest.base_lines if against == session.city.base_fy else session.inventory(against).lines


def _between(session: Session, fy: int) -> Lines | None:
    """Lines of a year of the series; None where a row cannot be computed."""
    for of in (YEARS, MONTHS):
        groups = session.groups(fy, of)
        emissions = Emitter(session.city, session.law, fy).emissions(groups)
        if groups and not emissions.problems and not contract_problems(session.city, groups, fy):
            return in_plan(emissions.lines)
    return None


def _view(session: Session, found: Report, notes: Iterable[Finding], out: Path | None) -> View:
    city, catalogue = session.city, session.law.catalogue
    head = {
        "city": {"code": city.code, "name": city.name},
        "fiscal_year": found.fy,
        "policy": policy_at(city.settings, found.fy).as_dict(),
        "catalogue": catalogue.version,
    }
    missing = [finding for year in (found.against, found.fy) for finding in session.missing_months(year)]
    findings = (*found.findings, *filter(found.scope.covers, (*notes, *missing)))
    return View(
        found, city.name, bool(city.settings["municipality"].get("invented")), head, findings,
        namers(city, catalogue), catalogue.items, datetime.now(tz=JST).date(), out,
    )  # fmt: skip


def _check_output(output: str, out: Path | None) -> None:
    if output not in FORMATS:
        raise typer.BadParameter(texts.label("cli.format.wrong", choices=", ".join(FORMATS)), param_hint="--format")
    if output in TO_A_FILE and out is None:
        raise typer.BadParameter(texts.label("cli.out.needed"), param_hint="--out")

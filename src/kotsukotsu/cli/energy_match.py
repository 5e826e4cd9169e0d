"""``kotsukotsu energy match``: generators matched to buildings by the half-hour."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from kotsukotsu import texts
from kotsukotsu.cli import energy_formats
from kotsukotsu.cli.energy_formats import FormatOption, OutOption, SiteArgument
from kotsukotsu.documents.energy import match_study
from kotsukotsu.energy.match.allocate import RULES
from kotsukotsu.energy.match.ladder import LEVELS, YEAR
from kotsukotsu.periods import JST
from kotsukotsu.sessions.energy_match import matched
from kotsukotsu.sessions.energy_match_files import write_ledger, write_supplies
from kotsukotsu.sessions.energy_site import EnergySite

REFUSED = 1
RuleOption = Annotated[str | None, typer.Option("--rule", help=texts.label("cli.energy.rule"))]
ClaimOption = Annotated[str | None, typer.Option("--claim", help=texts.label("cli.energy.claim"))]
LedgerOption = Annotated[Path | None, typer.Option("--ledger", help=texts.label("cli.energy.ledger"))]
SuppliesOption = Annotated[Path | None, typer.Option("--supplies", help=texts.label("cli.energy.supplies"))]


def register(group: typer.Typer) -> None:
    """Add the command."""
    group.command("match", help=texts.label("cli.energy.match"))(run)


def run(
    site: SiteArgument,
    rule: RuleOption = None,
    claim: ClaimOption = None,
    ledger: LedgerOption = None,
    supplies: SuppliesOption = None,
    output: FormatOption = "table",
    out: OutOption = None,
) -> None:
    """Match, and with --claim refuse a claim of 100 % that nothing stands behind."""
    energy_formats.check(output, out)
    _check(claim, LEVELS, "--claim")
    _check(rule, RULES, "--rule")
    opened = EnergySite(site)
    found = matched(opened, rule)
    told = match_study.matched(
        opened.site, found.ledger, found.certificates, found.factor, found.batteries, claim or YEAR
    )
    if ledger:
        write_ledger(ledger, found.ledger)
    if supplies:
        write_supplies(supplies, opened, found)
    energy_formats.write(match_study.study(told, found.findings, datetime.now(JST).date()), output, out)
    if claim and not told.claim.is_whole:
        raise typer.Exit(REFUSED)


def _check(given: str | None, known: tuple[str, ...], option: str) -> None:
    if given is not None and given not in known:
        raise typer.BadParameter(texts.label("cli.format.wrong", choices=", ".join(known)), param_hint=option)

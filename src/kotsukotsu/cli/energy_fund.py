"""``kotsukotsu energy fund``: an agreement over its years, and what the fund gets and pays."""

from __future__ import annotations

from datetime import datetime

import typer

from kotsukotsu import texts
from kotsukotsu.cli import energy_formats
from kotsukotsu.cli.energy_formats import FormatOption, OutOption, SiteArgument
from kotsukotsu.documents.energy import fund_study
from kotsukotsu.documents.energy.fund_study import Told
from kotsukotsu.periods import JST
from kotsukotsu.sessions.energy_fund import agreements
from kotsukotsu.sessions.energy_site import EnergySite


def register(group: typer.Typer) -> None:
    """Add the command."""
    group.command("fund", help=texts.label("cli.energy.fund"))(run)


def run(site: SiteArgument, output: FormatOption = "table", out: OutOption = None) -> None:
    """Work out every agreement of the site."""
    energy_formats.check(output, out)
    opened = EnergySite(site)
    found = [Told(one.ppa, one.without, one.with_, one.lines, one.spent, one.served) for one in agreements(opened)]
    made = fund_study.study(opened.site, found, opened.findings(), datetime.now(JST).date())
    energy_formats.write(made, output, out)

"""``kotsukotsu energy size``: how much sun and battery are worth building at a site."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from kotsukotsu import texts
from kotsukotsu.cli import energy_formats
from kotsukotsu.cli.energy_formats import FormatOption, OutOption, SiteArgument
from kotsukotsu.documents.energy import size_study
from kotsukotsu.periods import JST
from kotsukotsu.sessions.energy_site import EnergySite
from kotsukotsu.sessions.energy_sized import chosen
from kotsukotsu.sessions.energy_system import planned

MeterOption = Annotated[str | None, typer.Option("--meter", help=texts.label("cli.energy.meter"))]
ProveOption = Annotated[bool, typer.Option("--prove", help=texts.label("cli.energy.prove"))]


def register(group: typer.Typer) -> None:
    """Add the command."""
    group.command("size", help=texts.label("cli.energy.size"))(run)


def run(
    site: SiteArgument, prove: ProveOption = False, meter: MeterOption = None, output: FormatOption = "table",
    out: OutOption = None,
) -> None:  # fmt: skip
    """Find the sizes of least yearly cost and judge them by the whole year."""
    energy_formats.check(output, out)
    opened = EnergySite(site)
    found = chosen(planned(opened, meter), prove=prove)
    made = size_study.study(opened.site, found, tuple(opened.findings()), datetime.now(JST).date())
    energy_formats.write(made, output, out)

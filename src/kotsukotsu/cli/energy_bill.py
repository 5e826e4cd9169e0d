"""``kotsukotsu energy bill``: a year's electricity bills from half-hours."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from kotsukotsu import texts
from kotsukotsu.cli import energy_formats
from kotsukotsu.cli.energy_formats import FormatOption, OutOption, SiteArgument
from kotsukotsu.documents.energy import bill_study
from kotsukotsu.documents.energy.meters import meters
from kotsukotsu.periods import JST, Month
from kotsukotsu.sessions.energy_site import EnergySite

MeterOption = Annotated[str | None, typer.Option("--meter", help=texts.label("cli.energy.meter"))]

LastOption = Annotated[datetime | None, typer.Option("--last", formats=["%Y-%m"], help=texts.label("cli.energy.last"))]


def register(group: typer.Typer) -> None:
    """Add the command."""
    group.command("bill", help=texts.label("cli.energy.bill"))(run)


def run(
    site: SiteArgument, meter: MeterOption = None, last: LastOption = None, output: FormatOption = "table",
    out: OutOption = None,
) -> None:  # fmt: skip
    """Compute the bills of every meter, or of one."""
    energy_formats.check(output, out)
    opened = EnergySite(site, last=Month.of(last.date()) if last else None)
    wanted = [meter] if meter else list(opened.site.meters)
    found = meters(opened.site, {meter_id: opened.bill(meter_id) for meter_id in wanted})
    made = bill_study.study(opened.site, found, opened.findings(), datetime.now(JST).date())
    energy_formats.write(made, output, out)

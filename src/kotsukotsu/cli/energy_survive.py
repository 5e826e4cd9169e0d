"""``kotsukotsu energy survive``: how long critical loads live, whenever the grid fails."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from kotsukotsu import texts
from kotsukotsu.cli import energy_formats
from kotsukotsu.cli.energy_formats import FormatOption, MeterOption, OutOption, SiteArgument, SizesOption
from kotsukotsu.documents.energy import survive_study
from kotsukotsu.periods import JST
from kotsukotsu.sessions.energy_chosen import read
from kotsukotsu.sessions.energy_site import EnergySite
from kotsukotsu.sessions.energy_survived import survived
from kotsukotsu.sessions.energy_system import planned

ReserveOption = Annotated[float, typer.Option("--reserve", min=0, max=1, help=texts.label("cli.energy.reserve"))]
HoursOption = Annotated[float, typer.Option("--hours", min=1, max=168, help=texts.label("cli.energy.hours"))]
HALF = 0.5


def register(group: typer.Typer) -> None:
    """Add the command."""
    group.command("survive", help=texts.label("cli.energy.survive"))(run)


def run(
    site: SiteArgument, reserve: ReserveOption = HALF, hours: HoursOption = 72.0, meter: MeterOption = None,
    sizes: SizesOption = None, output: FormatOption = "table", out: OutOption = None,
) -> None:  # fmt: skip
    """Let the grid fail at every half-hour of the year."""
    energy_formats.check(output, out)
    energy_formats.check_hours(hours)
    opened = EnergySite(site)
    asked = planned(opened, meter, read(sizes) if sizes else None)
    found = survived(asked, reserve, hours)
    made = survive_study.study(opened.site, found, tuple(opened.findings()), datetime.now(JST).date())
    energy_formats.write(made.of_meter(asked.meter_id, asked.place), output, out)

"""``kotsukotsu energy cars``: a year of shared cars, and what they do for a building."""

from __future__ import annotations

from datetime import datetime

import typer

from kotsukotsu import texts
from kotsukotsu.cli import energy_formats
from kotsukotsu.cli.energy_formats import FormatOption, MeterOption, OutOption, SiteArgument
from kotsukotsu.documents.energy import cars_study
from kotsukotsu.periods import JST
from kotsukotsu.sessions.energy_cars import shared_cars
from kotsukotsu.sessions.energy_site import EnergySite
from kotsukotsu.sessions.energy_system import planned


def register(group: typer.Typer) -> None:
    """Add the command."""
    group.command("cars", help=texts.label("cli.energy.cars"))(run)


def run(
    site: SiteArgument, meter: MeterOption = None, output: FormatOption = "table", out: OutOption = None
) -> None:  # fmt: skip
    """Look at the bookings of the year, the cars that they need, and the best use of them."""
    energy_formats.check(output, out)
    opened = EnergySite(site)
    asked = planned(opened, meter)
    found = shared_cars(asked)
    made = cars_study.study(opened.site, found, tuple(opened.findings()), datetime.now(JST).date())
    energy_formats.write(made.of_meter(asked.meter_id, asked.place), output, out)

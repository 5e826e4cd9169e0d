"""``kotsukotsu energy survive``: how long critical loads live, whenever the grid fails."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import numpy as np
import typer

from kotsukotsu import texts
from kotsukotsu.cli import energy_formats
from kotsukotsu.cli.energy_formats import FormatOption, OutOption, SiteArgument
from kotsukotsu.documents.energy import survive_study
from kotsukotsu.documents.energy.survive_study import Survived
from kotsukotsu.energy.ev.fleet import in_disaster
from kotsukotsu.energy.survival import affordable, survival
from kotsukotsu.periods import JST
from kotsukotsu.sessions.energy_site import EnergySite
from kotsukotsu.sessions.energy_system import planned

MeterOption = Annotated[str | None, typer.Option("--meter", help=texts.label("cli.energy.meter"))]
ReserveOption = Annotated[float, typer.Option("--reserve", min=0, max=1, help=texts.label("cli.energy.reserve"))]
HoursOption = Annotated[float, typer.Option("--hours", min=1, max=168, help=texts.label("cli.energy.hours"))]
HALF = 0.5


def register(group: typer.Typer) -> None:
    """Add the command."""
    group.command("survive", help=texts.label("cli.energy.survive"))(run)


def run(
    site: SiteArgument, reserve: ReserveOption = HALF, hours: HoursOption = 72.0, meter: MeterOption = None,
    output: FormatOption = "table", out: OutOption = None,
) -> None:  # fmt: skip
    """Let the grid fail at every half-hour of the year."""
    energy_formats.check(output, out)
    opened = EnergySite(site)
    asked = planned(opened, meter)
    loads = asked.critical()
    critical = np.sum([load.kw for load in loads], axis=0)
    count = len(asked.load)
    island = asked.island(np.full(count, reserve * asked.number("equipment", "battery_kwh")))
    cars = asked.cars
    full = in_disaster(island, [(cars, 0.7 * cars.kwh * cars.plugged)])
    found = Survived(
        loads,
        survival(critical, island),
        survival(critical, full),
        affordable(loads, full, hours),
        hours,
        reserve,
        asked.given("equipment"),
    )
    made = survive_study.study(opened.site, found, tuple(opened.findings()), datetime.now(JST).date())
    energy_formats.write(made, output, out)

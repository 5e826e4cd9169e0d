"""``kotsukotsu energy dispatch``: the best use of a site's equipment in a year, and the flows of a day."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

import numpy as np
import typer

from kotsukotsu import texts
from kotsukotsu.cli import energy_formats
from kotsukotsu.cli.energy_formats import FormatOption, MeterOption, OutOption, SiteArgument, SizesOption, WithOption
from kotsukotsu.documents.energy import dispatch_study
from kotsukotsu.energy.slots import PER_DAY
from kotsukotsu.periods import JST
from kotsukotsu.sessions.energy_dispatched import dispatched
from kotsukotsu.sessions.energy_joint import joint
from kotsukotsu.sessions.energy_site import EnergySite

DayOption = Annotated[datetime | None, typer.Option("--day", formats=["%Y-%m-%d"], help=texts.label("cli.energy.day"))]


def register(group: typer.Typer) -> None:
    """Add the command."""
    group.command("dispatch", help=texts.label("cli.energy.dispatch"))(run)


def run(
    site: SiteArgument, day: DayOption = None, meter: MeterOption = None, sizes: SizesOption = None,
    others: WithOption = None, output: FormatOption = "table", out: OutOption = None,
) -> None:  # fmt: skip
    """Plan the year and show one day of it: the one asked for, else that of the highest load."""
    energy_formats.check(output, out)
    opened = EnergySite(site)
    asked = joint(opened, meter, others or (), sizes)
    number = _number(opened, day.date() if day else None, asked.parts[0].load)
    made = dispatch_study.study(
        opened.site, dispatched(asked, number), (*opened.findings(), *opened.heat_findings()), datetime.now(JST).date()
    )
    energy_formats.write(made.of_meter(asked.parts[0].meter_id, ()), output, out)


def _number(opened: EnergySite, day: date | None, load: np.ndarray) -> int:
    """The number of a day of the year; that of the highest load if none is asked for."""
    if day is None:
        return int(np.argmax(load)) // PER_DAY
    number = (day - opened.site.calendar.start).days
    if not 0 <= number < len(load) // PER_DAY:
        raise typer.BadParameter(
            texts.label("cli.energy.day.wrong", year=opened.site.fiscal_year.name), param_hint="--day"
        )
    return number

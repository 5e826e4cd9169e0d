"""``kotsukotsu energy backtest``: a controller on weeks of the year, beside doing nothing and perfect foresight."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from kotsukotsu import texts
from kotsukotsu.cli import energy_formats
from kotsukotsu.cli.energy_formats import FormatOption, MeterOption, OutOption, SiteArgument
from kotsukotsu.cli.gathered import bar
from kotsukotsu.documents.energy import backtest_study
from kotsukotsu.energy.slots import PER_DAY
from kotsukotsu.periods import JST
from kotsukotsu.sessions.energy_backtest import HISTORY, backtested
from kotsukotsu.sessions.energy_site import EnergySite
from kotsukotsu.sessions.energy_system import planned

WEEK = 7
WeeksOption = Annotated[int | None, typer.Option("--weeks", min=1, max=52, help=texts.label("cli.energy.weeks"))]
StartOption = Annotated[
    datetime | None, typer.Option("--start", formats=["%Y-%m-%d"], help=texts.label("cli.energy.start"))
]
TargetOption = Annotated[float, typer.Option("--target", min=0, help=texts.label("cli.energy.target"))]


def register(group: typer.Typer) -> None:
    """Add the command."""
    group.command("backtest", help=texts.label("cli.energy.backtest"))(run)


def run(
    site: SiteArgument, weeks: WeeksOption = None, start: StartOption = None, target: TargetOption = 0.0,
    meter: MeterOption = None, output: FormatOption = "table", out: OutOption = None,
) -> None:  # fmt: skip
    """Try the controller on the year after its first nine weeks, or on some weeks of it."""
    energy_formats.check(output, out)
    opened = EnergySite(site)
    asked = planned(opened, meter)
    first, days = _days(opened, start, weeks)
    with bar() as progress:
        task = progress.add_task(texts.label("energy.backtest.running"), total=2 * days)
        found = backtested(asked, first, days, target, lambda: progress.advance(task))
    made = backtest_study.study(opened.site, found, tuple(opened.findings()), datetime.now(JST).date())
    energy_formats.write(made.of_meter(asked.meter_id, asked.place), output, out)


def _days(opened: EnergySite, start: datetime | None, weeks: int | None) -> tuple[int, int]:
    """The first day, and how many; all that are left of the year if no weeks are asked for."""
    calendar = opened.site.calendar
    whole = len(calendar) // PER_DAY
    first = (start.date() - calendar.start).days if start else HISTORY
    days = WEEK * weeks if weeks else whole - first
    if first < HISTORY or days < WEEK or first + days > whole:
        said = texts.label("cli.energy.weeks.wrong", year=opened.site.fiscal_year.name, most=(whole - HISTORY) // WEEK)
        raise typer.BadParameter(said, param_hint="--start / --weeks")
    return first, days

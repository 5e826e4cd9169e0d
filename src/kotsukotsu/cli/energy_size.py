"""``kotsukotsu energy size``: how much sun and battery are worth building at a site."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from kotsukotsu import texts
from kotsukotsu.cli import energy_formats
from kotsukotsu.cli.energy_formats import FormatOption, MeterOption, OutOption, SiteArgument, WithOption
from kotsukotsu.documents.energy import size_study
from kotsukotsu.documents.energy.size_model import CO2, COST, Asked
from kotsukotsu.periods import JST
from kotsukotsu.sessions.energy_joint import joint
from kotsukotsu.sessions.energy_site import EnergySite
from kotsukotsu.sessions.energy_sized import chosen

AimOption = Annotated[str, typer.Option("--aim", metavar="cost|co2", help=texts.label("cli.energy.size.aim"))]
HoursOption = Annotated[
    float | None, typer.Option("--hours", min=0.5, max=168, help=texts.label("cli.energy.size.hours"))
]
InvestOption = Annotated[float | None, typer.Option("--invest", min=1, help=texts.label("cli.energy.size.invest"))]
SubsidyOption = Annotated[float | None, typer.Option("--subsidy", min=1, help=texts.label("cli.energy.size.subsidy"))]
AreaOption = Annotated[float | None, typer.Option("--area", min=1, help=texts.label("cli.energy.size.area"))]
PowerOption = Annotated[float | None, typer.Option("--power", min=1, help=texts.label("cli.energy.size.power"))]
ProveOption = Annotated[bool, typer.Option("--prove", help=texts.label("cli.energy.prove"))]


def register(group: typer.Typer) -> None:
    """Add the command."""
    group.command("size", help=texts.label("cli.energy.size"))(run)


def run(
    site: SiteArgument, aim: AimOption = COST, hours: HoursOption = None, invest: InvestOption = None,
    subsidy: SubsidyOption = None, area: AreaOption = None, power: PowerOption = None, prove: ProveOption = False,
    meter: MeterOption = None, others: WithOption = None, output: FormatOption = "table", out: OutOption = None,
) -> None:  # fmt: skip
    """Find the best sizes within the limits and judge them by the whole year."""
    energy_formats.check(output, out)
    energy_formats.check_hours(hours)
    if aim not in (COST, CO2):
        raise typer.BadParameter(texts.label("cli.energy.size.aim.wrong"), param_hint="--aim")
    opened, asked = EnergySite(site), Asked(aim, hours, invest, subsidy, area, power)
    found = chosen(joint(opened, meter, others or ()), asked, prove=prove)
    made = size_study.study(opened.site, found, (*opened.findings(), *opened.heat_findings()), datetime.now(JST).date())
    energy_formats.write(made, output, out)

"""``kotsukotsu energy options``: the options of a site, ranked, with what hangs on what."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from kotsukotsu import texts
from kotsukotsu.cli import energy_formats
from kotsukotsu.cli.energy_formats import FormatOption, MeterOption, OutOption, SiteArgument
from kotsukotsu.cli.gathered import bar
from kotsukotsu.documents.energy import options_study
from kotsukotsu.energy.options.judged import NPV, RULES
from kotsukotsu.periods import JST
from kotsukotsu.sessions.energy_options import options_compared
from kotsukotsu.sessions.energy_site import EnergySite
from kotsukotsu.sessions.energy_system import planned

ByOption = Annotated[str, typer.Option("--by", help=texts.label("cli.energy.by", rules=" | ".join(RULES)))]
WantedOption = Annotated[str | None, typer.Option("--option", help=texts.label("cli.energy.option"))]


def register(group: typer.Typer) -> None:
    """Add the command."""
    group.command("options", help=texts.label("cli.energy.options"))(run)


def run(
    site: SiteArgument, by: ByOption = NPV, option: WantedOption = None, meter: MeterOption = None,
    output: FormatOption = "table", out: OutOption = None,
) -> None:  # fmt: skip
    """Judge every option of the site's table by its whole year."""
    energy_formats.check(output, out)
    if by not in RULES:
        raise typer.BadParameter(texts.label("cli.energy.by.wrong", rules=texts.listed(RULES)), param_hint="--by")
    opened = EnergySite(site)
    asked = planned(opened, meter)
    with bar() as progress:
        task = progress.add_task(texts.label("energy.options.running"), total=None)
        found = options_compared(asked, by, option, lambda: progress.advance(task))
    made = options_study.study(
        opened.site, found, (*opened.findings(), *opened.heat_findings()), datetime.now(JST).date()
    )
    energy_formats.write(made.of_meter(asked.meter_id, asked.place), output, out)

"""``kotsukotsu optimise``: which measures, at which facilities, in which years."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from typing import Annotated

import typer

from kotsukotsu import texts
from kotsukotsu.accounting import exact
from kotsukotsu.cli import optimise_json, optimise_show
from kotsukotsu.cli.output import check_out, print_json
from kotsukotsu.findings import Finding
from kotsukotsu.periods import JST
from kotsukotsu.planning.bau import slipped
from kotsukotsu.planning.portfolio import GAP, SECONDS
from kotsukotsu.planning.refined import Refined, refined
from kotsukotsu.planning.scenarios import side_by_side
from kotsukotsu.planning.setting import Setting, idle, left_out
from kotsukotsu.sessions.kpi_registers import kpis_of
from kotsukotsu.sessions.names import namers
from kotsukotsu.sessions.optimise_result import Answer
from kotsukotsu.sessions.optimise_scenarios import closures, scenarios
from kotsukotsu.sessions.optimise_setting import GRID, HUNDRED, KWH_PER_MWH, Asked, Base, number_of, setting_of
from kotsukotsu.sessions.plan_data import assumptions_of
from kotsukotsu.sessions.session import Session

# An assumption, not taken from a rule: the command prints the rate it used.
RATE = "0.04"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("optimise", help=texts.label("cli.optimise.help"))(run)


def run(
    city: Annotated[Path, typer.Argument(help=texts.label("cli.city.help"))],
    budget: Annotated[str, typer.Option("--budget", help=texts.label("cli.optimise.budget"))],
    target_fy: Annotated[int | None, typer.Option("--target-fy", help=texts.label("cli.optimise.target_fy"))] = None,
    target_pct: Annotated[str | None, typer.Option("--target-pct", help=texts.label("cli.optimise.target_pct"))] = None,
    years: Annotated[str | None, typer.Option("--years", help=texts.label("cli.optimise.years"))] = None,
    fy: Annotated[int | None, typer.Option("--fy", help=texts.label("cli.optimise.fy"))] = None,
    grid: Annotated[str | None, typer.Option("--grid", help=texts.label("cli.optimise.grid"))] = None,
    rate: Annotated[str, typer.Option("--discount-rate", help=texts.label("cli.optimise.rate"))] = RATE,
    seconds: Annotated[float, typer.Option("--seconds", min=0, help=texts.label("cli.optimise.seconds"))] = SECONDS,
    gap: Annotated[float, typer.Option("--gap", min=0, help=texts.label("cli.optimise.gap"))] = GAP,
    compare: Annotated[bool, typer.Option("--compare", help=texts.label("cli.optimise.compare"))] = False,
    close: Annotated[list[str] | None, typer.Option("--close", help=texts.label("cli.optimise.close"))] = None,
    output: Annotated[str, typer.Option("--format", help="table | json | xlsx | html")] = "table",
    out: Annotated[Path | None, typer.Option("--out", help=texts.label("cli.out.help"))] = None,
) -> None:
    """Choose measures within yearly budgets."""
    check_out(output, out)
    session = Session(city)
    cut = None if target_pct is None else number_of(target_pct, HUNDRED)
    asked = Asked(budget, target_fy, cut, years, fy, None if grid is None else number_of(grid), _rate(rate))
    setting, base = setting_of(session, asked, datetime.now(JST).date())
    closed = closures(setting, close or [])
    found = refined(setting, gap=gap, seconds=seconds)
    answer = _answer(session, setting, base, found)
    cases = scenarios(setting, closed, answer.names["facility"]) if compare or closed else []
    sides = side_by_side(setting, cases, found, gap=gap, seconds=seconds)
    if out is not None:
        proposal = answer.proposal(sides, datetime.now(JST).date())
        import_module("kotsukotsu.cli.planning_files").proposal(proposal, output, out)
    elif output == "json":
        print_json(optimise_json.body(answer, sides))
    else:
        optimise_show.show(answer, sides)


def _answer(session: Session, setting: Setting, base: Base, found: Refined) -> Answer:
    fy = base.inventory.fy
    kpis, findings = kpis_of(session.city, fy, base.inventory)
    names = namers(session.city, session.law.catalogue)
    slips = slipped(exact.product(base.grid_now, KWH_PER_MWH), assumptions_of(session.city)[GRID])
    told = [*session.lacking(fy), *session.negatives(fy), *slips, *findings, *_without_effect(setting, names)]
    return Answer(setting, base, found.outcome, found.unmet, names, kpis, told)


def _without_effect(setting: Setting, names: Mapping[str, Callable[[str], str]]) -> Iterator[Finding]:
    """ME-05 measures that find nothing to work on, ME-06 those whose facility is closed."""
    for code, measures in (("ME-05", idle(setting)), ("ME-06", left_out(setting))):
        for each in measures:
            items = texts.listed(names["item"](item) for item in each.worked.items)
            data = {"measure_id": each.measure_id, "name": each.measure.name, "items": items}
            yield Finding(code, data={**data, "facility": names["facility"](each.facility_id)})


def _rate(text: str) -> Decimal:
    """A discount rate: 0.04 or 4%. [1/year]"""
    if text.endswith("%"):
        return exact.exact_quotient(number_of(text, HUNDRED), HUNDRED)
    return number_of(text, Decimal(1))

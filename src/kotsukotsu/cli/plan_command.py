"""``kotsukotsu plan``: targets, targets by sector and facility, projections and progress."""

from __future__ import annotations

from decimal import ROUND_CEILING
from importlib import import_module
from pathlib import Path
from typing import Annotated

import typer

from kotsukotsu import texts
from kotsukotsu.accounting import exact
from kotsukotsu.catalogue.model import Catalogue
from kotsukotsu.cli.output import FIRST_FY, LAST_FY, check_format
from kotsukotsu.cli.plan_view import PlanView, SectorPlan
from kotsukotsu.planning.allocation import FacilityTarget, Site, by_intensity, equal_rate
from kotsukotsu.planning.pathways import Point, path_to
from kotsukotsu.planning.progress import progress
from kotsukotsu.planning.targets import (
    Milestone,
    PlanError,
    by_sector,
    editions,
    milestones_of,
    national_rates,
    with_gap_on,
)
from kotsukotsu.planning.verify_sectors import side_by_side
from kotsukotsu.sessions.plan_data import PlanData, gather
from kotsukotsu.sessions.plan_future import future
from kotsukotsu.sessions.session import Session

WAYS = {"rate": equal_rate, "intensity": by_intensity}


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("plan", help=texts.label("cli.plan.help"))(run)


def run(
    city: Annotated[Path, typer.Argument(help=texts.label("cli.city.help"))],
    fy: Annotated[int | None, typer.Option("--fy", min=FIRST_FY, max=LAST_FY, help=texts.label("cli.plan.fy"))] = None,
    output: Annotated[str, typer.Option("--format", help="table | json")] = "table",
    sector: Annotated[str, typer.Option("--gap-on", help=texts.label("cli.plan.sector"))] = "commercial",
    edition: Annotated[str, typer.Option("--national-plan", help=texts.label("cli.plan.edition"))] = "",
    facilities: Annotated[str, typer.Option("--facilities", help=texts.label("cli.plan.facilities"))] = "",
) -> None:
    """Show targets, projections and progress."""
    check_format(output)
    if facilities not in ("", *WAYS):
        wrong = texts.label("cli.plan.sector.wrong", choices=", ".join(WAYS))
        raise typer.BadParameter(wrong, param_hint="--facilities")
    session = Session(city)
    view = _view(session, gather(session, fy), sector, edition, facilities)
    import_module(f"kotsukotsu.cli.plan_{output}").write(view)


def _view(session: Session, data: PlanData, sector: str, edition: str, way: str) -> PlanView:
    catalogue = session.law.catalogue
    goals = milestones_of(session.city.settings, catalogue)
    later = tuple(one for one in goals if one.fiscal_year > data.now.fiscal_year)
    if not later:
        raise PlanError("TG-21", fiscal_year=data.now.fiscal_year)
    path = path_to(Point(session.city.base_fy, data.base_total), data.base_total, goals)
    compared = side_by_side(data.print_, catalogue)
    comparable = data.latest.comparable_total if data.latest else None
    ahead = future(session.city, data, [one.fiscal_year for one in later])
    sectors = _sectors(
        catalogue, data, session.city.base_fy, later[0], sector, edition or (compared.plan if compared else "")
    )
    reached = progress(
        path, data.base_total, data.now, comparable, data.effects, data.planned("planned_effect"),
        data.planned("planned_bau"),
    )  # fmt: skip
    return PlanView(
        session, data, later, path, ahead, reached, sectors, compared,
        _facilities(session, data, later[0], way), way,
    )  # fmt: skip


def _sectors(
    catalogue: Catalogue, data: PlanData, base_fy: int, goal: Milestone, sector: str, edition: str
) -> SectorPlan | None:
    """None without values by sector, or where no edition has values of both years."""
    known = editions(catalogue, base_fy, goal.fiscal_year)
    if not data.sectors or not known:
        return None
    fitting = [plan for plan in known if edition in plan]
    if not fitting:
        wrong = texts.label("cli.plan.edition.wrong", choices=", ".join(known))
        raise typer.BadParameter(wrong, param_hint="--national-plan")
    rates = national_rates(catalogue, fitting[-1], base_fy, goal.fiscal_year)
    table_a = by_sector(data.sectors, rates, data.base_total)
    table_b = with_gap_on(table_a, sector, goal.reduction_pct)
    confirmed = not any(catalogue.statuses[rates[name].status].warns for name in data.sectors)
    return SectorPlan(fitting[-1], sector, table_a, table_b, confirmed)


def _facilities(session: Session, data: PlanData, goal: Milestone, way: str) -> tuple[FacilityTarget, ...] | None:
    """Targets of facilities that bring the latest emission to the milestone; whole tonnes, rounded up together."""
    if not way or data.latest is None:
        return None
    known = {row["facility_id"]: row for row in session.city.table("facilities")}
    sites = [
        Site(name, row.tonnes_co2e, known[name]["use"] or "", known[name]["floor_area_m2"])
        for row in data.latest.rows(("facility",))
        if (name := row.keys["facility"]) in known
    ]
    missing = exact.difference(data.now.tonnes, goal.level(data.base_total))
    needed = missing.to_integral_value(ROUND_CEILING)
    return tuple(WAYS[way](sites, needed)) if needed > 0 else ()

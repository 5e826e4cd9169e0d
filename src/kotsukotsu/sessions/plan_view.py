"""A city's targets, projections and progress, gathered for whoever shows them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, Decimal

from kotsukotsu import texts
from kotsukotsu.accounting import exact
from kotsukotsu.catalogue.model import Catalogue
from kotsukotsu.documents.planning.outlook import Aimed, Outlook, Sectors
from kotsukotsu.findings import Finding
from kotsukotsu.planning.allocation import FacilityTarget, Site, by_intensity, by_potential, equal_rate
from kotsukotsu.planning.kpis import Kpi
from kotsukotsu.planning.pathways import Path, Point, overspent, path_to, year_met
from kotsukotsu.planning.printed_kpis import PrintedKpi, printed_kpis
from kotsukotsu.planning.progress import Progress, progress
from kotsukotsu.planning.targets import (
    Milestone,
    PlanError,
    Targets,
    by_sector,
    editions,
    milestones_of,
    national_rates,
    with_gap_on,
)
from kotsukotsu.planning.verify_sectors import SideBySide, side_by_side
from kotsukotsu.schema import Row
from kotsukotsu.sessions.kpi_registers import kpis_of
from kotsukotsu.sessions.names import namers
from kotsukotsu.sessions.plan_data import PlanData, gather
from kotsukotsu.sessions.plan_future import Future, future
from kotsukotsu.sessions.potential import potential_of
from kotsukotsu.sessions.session import Session

WAYS = ("rate", "intensity", "potential")


@dataclass(frozen=True, slots=True)
class SectorPlan:
    """Tables A (national rates) and B (gap on one sector) of the first milestone."""

    plan: str
    sector: str
    table_a: Targets
    table_b: Targets
    confirmed: bool


@dataclass(frozen=True, slots=True)
class PlanView:
    """Everything that the command shows."""

    session: Session
    data: PlanData
    milestones: tuple[Milestone, ...]
    path: Path
    future: Future
    progress: Progress
    sectors: SectorPlan | None
    compared: SideBySide | None
    facilities: tuple[FacilityTarget, ...] | None
    way: str
    kpis: tuple[Kpi, ...]
    printed_kpis: tuple[PrintedKpi, ...]
    kpi_notes: tuple[Finding, ...]

    @property
    def goal(self) -> Milestone:
        """The next milestone."""
        return self.milestones[0]

    def met(self, milestone: Milestone) -> int | None:
        """The year in which today's trend meets a milestone's level; None if never, or without a trend."""
        line = self.future.trend
        if line is None:
            return None
        fitted = line.at(self.data.now.fiscal_year).middle
        start = Point(self.data.now.fiscal_year, fitted)
        return year_met(start, line.middle_slope, milestone.level(self.data.base_total))

    def budget(self, milestone: Milestone) -> Decimal:
        """What may be emitted on the path from the next year to a milestone's. [t-CO2e]"""
        return self.path.budget(self.data.now.fiscal_year, milestone.fiscal_year)

    def remaining(self, milestone: Milestone) -> Decimal | None:
        """What is left of it after what was emitted above the path so far; None if that is not known. [t-CO2e]"""
        return None if self.overspent is None else exact.difference(self.budget(milestone), self.overspent)

    @property
    def overspent(self) -> Decimal | None:
        """Emitted above the path since the base year; None if a year between is not known. [t-CO2e]"""
        years = self.data.now.fiscal_year - self.data.history[0].fiscal_year + 1
        return overspent(self.data.history, self.path) if len(self.data.history) == years else None

    @property
    def findings(self) -> list[Finding]:
        """What the reader must know about the figures."""
        notes = [*self.data.notes, *self.future.notes]
        if self.sectors and not self.sectors.confirmed:
            notes.append(Finding("TG-41", data={"plan": self.sectors.plan}))
        return notes

    def outlook(self, made: date) -> Outlook:
        """The same as the tables, pages and workbooks of `documents.planning` take it."""
        city = self.session.city
        aims = [
            Aimed(one, one.level(self.data.base_total), self.budget(one), self.remaining(one), self.met(one))
            for one in self.milestones
        ]
        return Outlook(
            city.name, bool(city.settings["municipality"].get("invented")), made, city.base_fy, self.data.base_total,
            self.data.history, aims, self.path, self.future.by_method, self.future.range, self.future.steps,
            self.future.trend is not None, self.progress, self.overspent, self._sectors(), self.compared,
            self.facilities or (), self.way, namers(city, self.session.law.catalogue)["facility"], self.kpis,
            self.printed_kpis, [*self.findings, *self.kpi_notes],
        )  # fmt: skip

    def _sectors(self) -> Sectors | None:
        made = self.sectors
        if made is None:
            return None
        gap = made.table_a.gap(self.goal.reduction_pct)
        return Sectors(made.plan, made.sector, made.table_a, made.table_b, gap)


def plan_view(session: Session, fy: int | None, sector: str, edition: str = "", way: str = "") -> PlanView:
    """Everything of a city's plan.

    Parameters
    ----------
    sector : str
        Takes the gap that the national rates leave.
    edition : str
        Part of the name of the national plan; the latest that fits if empty.
    way : str
        Of `WAYS`, how facilities get their targets; none if empty.

    Raises
    ------
    PlanError
        TG-21 no milestone after the year looked at; TG-34 no base year; TG-44 no such edition.
    """
    data = gather(session, fy)
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
    kpis, kpi_notes = kpis_of(session.city, data.now.fiscal_year, data.latest)
    return PlanView(
        session, data, later, path, ahead, reached, sectors, compared,
        _facilities(session, data, later[0], way), way, tuple(kpis),
        tuple(printed_kpis(data.print_, data.now.fiscal_year, later[0].fiscal_year)), tuple(kpi_notes),
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
        raise PlanError("TG-44", asked=edition, known=texts.listed(known))
    rates = national_rates(catalogue, fitting[-1], base_fy, goal.fiscal_year)
    table_a = by_sector(data.sectors, rates, data.base_total)
    table_b = with_gap_on(table_a, sector, goal.reduction_pct)
    confirmed = not any(catalogue.statuses[rates[name].status].warns for name in data.sectors)
    return SectorPlan(fitting[-1], sector, table_a, table_b, confirmed)


def _facilities(session: Session, data: PlanData, goal: Milestone, way: str) -> tuple[FacilityTarget, ...] | None:
    """Targets of facilities that bring the latest emission to the milestone; see `_whole`."""
    if not way or data.latest is None:
        return None
    known = {row["facility_id"]: row for row in session.city.table("facilities")}
    sites = [
        Site(name, row.tonnes_co2e, known[name]["use"] or "", _area(known[name]))
        for row in data.latest.rows(("facility",))
        if (name := row.keys["facility"]) in known
    ]
    missing = exact.difference(data.now.tonnes, goal.level(data.base_total))
    needed, digits = _whole(missing, exact.total(site.tonnes for site in sites))
    if needed <= 0:
        return ()
    if way == "potential":
        return tuple(by_potential(sites, potential_of(session, data.latest), needed, digits))
    return tuple((equal_rate if way == "rate" else by_intensity)(sites, needed, digits))


def _area(facility: Row) -> Decimal | None:
    """Its floor area; none where what is written cannot be one. [m2]"""
    area: Decimal | None = facility["floor_area_m2"]
    return area if area is not None and area > 0 else None


def _whole(missing: Decimal, emitted: Decimal) -> tuple[Decimal, int]:
    """What the facilities are to save, and its decimals: whole tonnes, rounded up, unless that is more than they emit.

    Net zero asks for the last gramme, and no more.
    """
    needed = missing.to_integral_value(ROUND_CEILING)
    if missing <= emitted < needed:
        return missing, max(-int(missing.as_tuple().exponent), 0)
    return needed, 0

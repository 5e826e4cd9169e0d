"""A city folder as the source of its plan: inventories, aims, indicators, effects and reasons, gathered once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from kotsukotsu.accounting.completeness import completeness, is_complete
from kotsukotsu.accounting.sectors import ORDER as SECTORS
from kotsukotsu.analysis.causes import Causes, causes
from kotsukotsu.analysis.past import ENERGY
from kotsukotsu.analysis.voice import voice_of
from kotsukotsu.analysis.words import sentences
from kotsukotsu.documents.figures import overview
from kotsukotsu.documents.plan.energy import main_facilities
from kotsukotsu.documents.plan.setting import setting_of
from kotsukotsu.documents.plan.source import Goals, Reason, Source
from kotsukotsu.errors import FactorError
from kotsukotsu.findings import Finding
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
from kotsukotsu.sessions.kpi_registers import kpis_of
from kotsukotsu.sessions.measure_effects import effects_of
from kotsukotsu.sessions.names import namers
from kotsukotsu.sessions.plan_data import PlanData, gather
from kotsukotsu.sessions.plan_future import future
from kotsukotsu.sessions.session import Session

GAP_ON = "commercial"


def source_of(session: Session, fy: int | None, made: date) -> Source:
    """The source of a city's plan.

    Raises
    ------
    FactorError
        If the base year or the year asked for has rows that cannot be computed, or no year has any (A-11).
    PlanError
        TG-21 without a milestone after the latest year, TG-34 without an emission of the base year.
    """
    data = gather(session, fy)
    city, catalogue = session.city, session.law.catalogue
    later = _later(session, data)
    names = namers(city, catalogue, data.now.fiscal_year)
    results = {year: result for year, result in data.computed.items() if year <= data.now.fiscal_year}
    if not results:
        fy = data.now.fiscal_year
        raise FactorError("A-00", [Finding("A-11", data={"fiscal_year": fy})], count=1, fiscal_year=fy)
    notes = {year: (*completeness(result), *session.doubts(year)) for year, result in results.items()}
    complete = {year: result for year, result in results.items() if is_complete(notes[year]) or year == city.base_fy}
    ahead = future(city, data, [one.fiscal_year for one in later])
    goals = _goals(session, data, later)
    indicators, kpi_notes = kpis_of(city, data.now.fiscal_year, data.latest)
    source = Source(
        setting_of(city.settings, later[0].fiscal_year), city, catalogue,
        overview(complete, names, {year: notes[year] for year in complete}, made), complete, names,
        replace(goals, spans=ahead.range), tuple(indicators),
        effects_of(session, results[data.now.fiscal_year]), {}, made,
        (*data.notes, *ahead.notes, *kpi_notes, *_unconfirmed(goals)),
    )  # fmt: skip
    return replace(source, reasons=_reasons(session, source))


def _later(session: Session, data: PlanData) -> tuple[Milestone, ...]:
    found = milestones_of(session.city.settings, session.law.catalogue)
    later = tuple(one for one in found if one.fiscal_year > data.now.fiscal_year)
    if not later:
        raise PlanError("TG-21", fiscal_year=data.now.fiscal_year)
    return later


def _goals(session: Session, data: PlanData, later: tuple[Milestone, ...]) -> Goals:
    """Aims by sector too, where an edition of the national plan has the values of both years."""
    catalogue, base_fy, goal = session.law.catalogue, session.city.base_fy, later[0]
    known = editions(catalogue, base_fy, goal.fiscal_year)
    if not data.sectors or not known:
        return Goals(later, data.base_total, (), None, None)
    rates = national_rates(catalogue, known[-1], base_fy, goal.fiscal_year)
    national = by_sector(data.sectors, rates, data.base_total)
    confirmed = not any(catalogue.statuses[rates[name].status].warns for name in data.sectors)
    return Goals(later, data.base_total, (), national, _own(national, goal), known[-1], confirmed)


def _unconfirmed(goals: Goals) -> Iterator[Finding]:
    if not goals.confirmed:
        yield Finding("TG-41", data={"plan": goals.edition})


def _own(national: Targets, goal: Milestone) -> Targets | None:
    """The gap on the city's own buildings; None where they emit less than the gap."""
    try:
        return with_gap_on(national, GAP_ON, goal.reduction_pct)
    except PlanError:
        return None


def _reasons(session: Session, source: Source) -> dict[str, Reason]:
    """Why the city and its main facilities changed since the base year, in sentences; by facility, the city as ''."""
    if not source.latest.base_lines or source.fy == source.base_fy:
        return {}
    voice = voice_of(session.city, source.catalogue, source.names, source.overview.rounding, source.fy, source.base_fy)
    whole = sentences(_causes(source, SECTORS), source.overview.city, voice)
    found = {"": Reason("", tuple(one.text for one in whole))}
    parts = _causes(source, ENERGY).by(lambda cause: cause.facility)
    for one in main_facilities(source):
        told = sentences(parts[one.facility], voice.facility(one.facility), voice) if one.facility in parts else []
        found[one.facility] = Reason(one.facility, tuple(sentence.text for sentence in told))
    return found


def _causes(source: Source, sectors: Sequence[str]) -> Causes:
    """Of the emissions of some sectors: what a facility's charts show is what its sentences explain."""
    before, after = (
        [line for line in lines if line.sector in sectors] for lines in (source.latest.base_lines, source.latest.lines)
    )
    return causes(before, after, source.city.table("facilities"), years=(source.base_fy, source.fy))

"""``kotsukotsu plan`` in the terminal."""

from __future__ import annotations

from rich.console import Console

from kotsukotsu import texts
from kotsukotsu.accounting.completeness import is_complete
from kotsukotsu.cli import show
from kotsukotsu.documents.planning import projections, tables
from kotsukotsu.periods import FiscalYear
from kotsukotsu.planning.targets import Milestone, SectorTarget
from kotsukotsu.planning.verify_sectors import Compared
from kotsukotsu.rounding import plain, printed, signed
from kotsukotsu.sessions.names import namers
from kotsukotsu.sessions.plan_view import PlanView

PCT = "_pct"
PARTIAL = "KP-05"
KPI_HEADS = ("name", "numerator", "denominator", "unit", "pct", "aim", "fy")


def write(view: PlanView) -> None:
    """Milestones, sectors, projections, progress, facilities, findings."""
    to, city = show.console(), view.session.city
    to.print(f"[bold]{city.name}{texts.gap()}{texts.label('plan.title')}[/]")
    if city.settings["municipality"].get("invented"):
        show.say(to, texts.label("city.invented"), style="yellow")
    _say(
        to, "plan.base", base=_year(city.base_fy), tonnes=show.number(view.data.base_total),
        latest=_year(view.data.now.fiscal_year), actual=show.number(view.data.now.tonnes),
        change=show.change(view.data.now.tonnes, view.data.base_total),
    )  # fmt: skip
    if not is_complete(view.findings):
        _say(to, "optimise.incomplete", style="yellow", year=_year(view.data.now.fiscal_year))
    _milestones(view, to)
    _progress(view, to)
    _sectors(view, to)
    _compared(view, to)
    _printed_kpis(view, to)
    _kpis(view, to)
    _facilities(view, to)
    show.say(to, texts.label("rounding.note"), style="dim")
    show.show_findings(view.findings, to)


def _milestones(view: PlanView, to: Console) -> None:
    headings = [texts.label(f"plan.milestone.{name}") for name in ("year", "pct", "level", "budget", "left", "met")]
    to.print(show.table(headings, [_milestone(view, one) for one in view.milestones], numbers=(1, 2, 3, 4, 5)))
    show.say(to, texts.label("plan.bau"), style="bold")
    headings = [texts.label(f"plan.bau.{name}") for name in ("method", "year", "low", "middle", "high")]
    rows = [
        (name, _year(span.fiscal_year), *(show.number(value) for value in (span.low, span.middle, span.high)))
        for name, span in projections.rows(view.future.by_method, view.future.range)
    ]
    to.print(show.table(headings, rows, numbers=(2, 3, 4)))
    for note in projections.notes(view.future.by_method, view.future.range):
        show.say(to, note, style="dim")
    for step in view.future.steps:
        tonnes = printed(step.tonnes)
        _say(to, "plan.step", style="dim", what=step.what, fiscal_year=step.fiscal_year, tonnes=tonnes)


def _milestone(view: PlanView, one: Milestone) -> list[str]:
    met = view.met(one)
    never = texts.label("plan.never") if view.future.trend else show.number(None)
    return [
        _year(one.fiscal_year),
        f"{plain(one.reduction_pct)}%",
        show.number(one.level(view.data.base_total)),
        show.number(view.budget(one)),
        show.number(view.remaining(one)),
        FiscalYear(met).label("western") if met else never,
    ]


def _progress(view: PlanView, to: Console) -> None:
    found = view.progress
    on_path, gap = show.number(found.on_path), signed(printed(found.gap))
    _say(to, "plan.progress", latest=_year(found.fiscal_year), on_path=on_path, gap=gap)
    if found.gap_of_factors is not None and found.gap_of_use is not None:
        factors, use = signed(printed(found.gap_of_factors)), signed(printed(found.gap_of_use))
        _say(to, "plan.parts", factors=factors, use=use)
    if found.gap_outside is not None and found.gap_own is not None and found.gap_of_contracts is not None:
        outside, own, contracts = (
            signed(printed(value)) for value in (found.gap_outside, found.gap_own, found.gap_of_contracts)
        )
        _say(to, "plan.outside", outside=outside, own=own, contracts=contracts)
    for note in tables.readings(found):
        show.say(to, note, style="dim")
    show.say(to, tables.behind(found, _year(found.fiscal_year)), style="dim" if found.behind_plan is None else "")
    if view.overspent is not None:
        _say(to, "plan.overspent", tonnes=signed(printed(view.overspent)))


def _sectors(view: PlanView, to: Console) -> None:
    if view.sectors is None:
        show.say(to, texts.label("plan.no_sectors"), style="dim")
        return
    sector, goal = texts.label(f"sector.{view.sectors.sector}"), _year(view.goal.fiscal_year)
    to.print()
    show.say(to, texts.label("plan.sectors", goal=goal, sector=sector), style="bold")
    headings = [texts.label("column.sector")]
    headings += [texts.label(f"plan.sector.{name}") for name in ("base", "a", "a_pct", "b", "b_pct")]
    parts = zip(
        (*view.sectors.table_a.sectors, view.sectors.table_a.total),
        (*view.sectors.table_b.sectors, view.sectors.table_b.total),
        strict=True,
    )
    to.print(show.table(headings, [_sector(a, b) for a, b in parts], numbers=(1, 2, 3, 4, 5)))
    _say(to, "plan.edition", style="dim", plan=view.sectors.plan)
    gap = view.sectors.table_a.gap(view.goal.reduction_pct)
    if gap > 0:
        _say(to, "plan.gap", goal_pct=plain(view.goal.reduction_pct), gap=show.number(gap, 1))


def _sector(one: SectorTarget, other: SectorTarget) -> list[str]:
    figures = (one.base, one.reduction, one.pct, other.reduction, other.pct)
    return [texts.label(f"sector.{one.sector}"), *(show.number(value, 1) for value in figures)]


def _compared(view: PlanView, to: Console) -> None:
    if view.compared is None:
        return
    to.print()
    show.say(to, texts.label("plan.compared"), style="bold")
    headings = [texts.label("column.sector")]
    headings += [
        texts.label(f"plan.compared.{name}") for name in ("column", "printed", "computed", "difference", "name")
    ]
    to.print(show.table(headings, [_beside(row) for row in view.compared.rows], numbers=(2, 3, 4)))
    _say(to, "plan.edition", style="dim", plan=view.compared.plan)


def _beside(row: Compared) -> list[str]:
    """A rate has two decimals: 65.49 % is printed as 65 % and would be read as 66 % from 65.5 %."""
    digits = 2 if row.column.endswith(PCT) else 1
    return [
        texts.label(f"sector.{row.sector}" if row.sector != "gap" else "plan.sector.gap"),
        row.column.replace(PCT, " %"),
        show.number(row.printed),
        show.number(row.computed, digits),
        show.number(row.difference, digits),
        texts.label(f"plan.name.{row.name}"),
    ]


def _printed_kpis(view: PlanView, to: Console) -> None:
    """Effects that the plan prints, beside what its own assumptions give."""
    for one in view.printed_kpis:
        computed, agrees = show.number(one.effect.tonnes, 1), texts.label(f"pp.agrees.{one.verdict}")
        named = {"kpi": texts.label(f"pp.printed_kpi.{one.kpi}"), "printed": printed(one.effect.printed)}
        _say(to, "pp.printed_effect", computed=computed, agrees=agrees, assumption=one.assumption, **named)


def _kpis(view: PlanView, to: Console) -> None:
    """Indicators in short: what is counted of what, today's value, and the aim."""
    to.print()
    show.say(to, texts.label("plan.kpis", latest=_year(view.data.now.fiscal_year)), style="bold")
    headings = [texts.label(f"plan.kpi.{name}") for name in KPI_HEADS]
    rows = [
        (one.aim.name, show.number(one.numerator), show.number(one.denominator), one.aim.unit, show.number(one.pct, 1),
         plain(one.aim.aim_pct), FiscalYear(one.aim.aim_fy).label("western"))
        for one in view.kpis
    ]  # fmt: skip
    to.print(show.table(headings, rows, numbers=(1, 2, 4, 5, 6)))
    if any(one.pct is None for one in view.kpis):
        show.say(to, texts.label("plan.kpi.unknown"), style="dim")
    show.show_findings((note for note in view.kpi_notes if note.code == PARTIAL), to)


def _facilities(view: PlanView, to: Console) -> None:
    if view.facilities is None:
        return
    way, goal = texts.label(f"plan.way.{view.way}"), _year(view.goal.fiscal_year)
    show.say(to, texts.label("plan.facilities", goal=goal, way=way), style="bold")
    if not view.facilities:
        show.say(to, texts.label("plan.facilities.met"))
        return
    name = namers(view.session.city, view.session.law.catalogue)["facility"]
    headings = [texts.label("column.facility")]
    headings += [texts.label(f"plan.facility.{key}") for key in ("now", "reduction", "level", "ground")]
    rows = [
        (name(one.facility_id), *(show.number(value, 1) for value in (one.tonnes, one.reduction, one.level)),
         texts.label(f"plan.ground.{one.ground}"))
        for one in sorted(view.facilities, key=lambda one: -one.reduction)
    ]  # fmt: skip
    to.print(show.table(headings, rows, numbers=(1, 2, 3)))


def _year(fy: int) -> str:
    return FiscalYear(fy).label()


def _say(to: Console, code: str, *, style: str = "", **data: object) -> None:
    show.say(to, texts.label(code, **data), style=style)

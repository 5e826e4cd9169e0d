"""An answer of the optimiser in the terminal."""

from __future__ import annotations

from decimal import Decimal

from rich.console import Console

from kotsukotsu import texts
from kotsukotsu.accounting.completeness import is_complete
from kotsukotsu.cli import show as screen
from kotsukotsu.documents.planning.figures import enough
from kotsukotsu.documents.planning.portfolio_tables import gap_words
from kotsukotsu.documents.planning.proposal import Chosen
from kotsukotsu.periods import FiscalYear
from kotsukotsu.planning.measures import default_costs
from kotsukotsu.planning.portfolio import Portfolio
from kotsukotsu.planning.portfolio_explain import Binding, Unmet
from kotsukotsu.planning.scenarios import Side
from kotsukotsu.rounding import printed
from kotsukotsu.sessions.optimise_result import Answer

THOUSAND, HUNDRED = Decimal(1000), Decimal(100)
BINDINGS = 8


def show(answer: Answer, sides: list[Side]) -> None:
    """Heading, what is needed, the plan by measure and by year, what binds, how sure it is."""
    to = screen.console()
    _heading(answer, to)
    if answer.unmet is not None:
        _unmet(answer, answer.unmet, to)
    if answer.plan is not None:
        _measures(answer, to)
        _yearly(answer, answer.plan, to)
        _summary(answer, answer.plan, to)
    _bindings(answer, to)
    _chance(answer, to)
    if sides:
        _sides(sides, to)
    _assumptions(answer, to)
    _kpis(answer, to)


def _heading(answer: Answer, to: Console) -> None:
    base, setting = answer.base, answer.setting
    to.print(f"[bold]{base.inventory.city.name}{texts.gap()}{texts.label('optimise.title')}[/]")
    if base.inventory.city.settings["municipality"].get("invented"):
        screen.say(to, texts.label("city.invented"), style="yellow")
    year = FiscalYear(setting.first_fy + answer.year).name
    before = setting.before(answer.year)
    _say(to, "optimise.before", year=year, before=printed(before), use=FiscalYear(base.inventory.fy).name)
    if not is_complete(answer.findings):
        _say(to, "optimise.incomplete", style="yellow", year=FiscalYear(base.inventory.fy).name)
    if setting.target is not None and setting.needed:
        needed = next(iter(setting.needed.values()))
        _say(to, "optimise.target", year=year, target=printed(setting.target), needed=printed(needed))


def _measures(answer: Answer, to: Console) -> None:
    names = ("facility", "measure", "start", "capex", "saved", "per_tonne")
    headings = [texts.label(f"optimise.column.{name}") for name in names]
    to.print(screen.table(headings, [_cells(answer, each) for each in answer.chosen], numbers=(2, 3, 4, 5)))


def _cells(answer: Answer, each: Chosen) -> list[str]:
    return [
        answer.names["facility"](each.planned.facility_id),
        each.planned.measure.name,
        str(each.fy),
        printed(each.capex / THOUSAND),
        printed(each.saved, 1),
        screen.number(None if each.yen_per_tonne is None else each.yen_per_tonne / THOUSAND),
    ]


def _yearly(answer: Answer, plan: Portfolio, to: Console) -> None:
    names = ("year", "budget", "spending", "subsidy", "running", "saved", "emission")
    rows = []
    for year, budget in enumerate(plan.problem.budgets):
        paid = sum((plan.subsidies[p.key, year] for p in plan.problem.programmes), Decimal(0))
        money = [printed(value / THOUSAND) for value in (budget, plan.spending[year], paid, plan.running[year])]
        left = answer.setting.before(year) - plan.saved[year]
        rows.append([str(plan.problem.first_fy + year), *money, printed(plan.saved[year]), printed(left)])
    headings = [texts.label(f"optimise.column.{name}") for name in names]
    to.print(screen.table(headings, rows, numbers=range(1, 7)))


def _summary(answer: Answer, plan: Portfolio, to: Console) -> None:
    outcome = answer.outcome
    _say(
        to,
        "optimise.cost",
        cost=printed(plan.present_cost / THOUSAND),
        rate=printed(answer.setting.discount_rate * HUNDRED, 1),
        careful=printed(plan.saved[answer.year]),
        in_order=printed(answer.in_order[answer.year]),
    )
    if outcome.gap is not None:
        screen.say(to, gap_words(outcome, outcome.gap), style="dim")


def _bindings(answer: Answer, to: Console) -> None:
    form = answer.outcome.programme.problem.form
    for each in answer.binding[:BINDINGS]:
        _say(to, f"optimise.binds.{each.kind}.{form}", **_words(answer, each))
    if answer.binding:
        _say(to, "optimise.binds.note", style="dim")


def _words(answer: Answer, each: Binding) -> dict[str, str]:
    left = printed(each.left) if each.kind == "target" else printed(each.left / THOUSAND)
    return {
        "year": _fy(answer, each.year),
        "programme": each.key,
        "left": left,
        "worth": printed(each.worth, 0 if each.kind == "target" else 2),
    }


def _unmet(answer: Answer, why: Unmet, to: Console) -> None:
    proved = "optimise.unmet" if answer.outcome.infeasible else "optimise.not_found"
    _say(to, proved, style="yellow")
    for year, tonnes in why.missed.items():
        _say(to, "optimise.unmet.missed", year=_fy(answer, year), tonnes=printed(enough(tonnes)))
    if why.extra is None:
        most = printed(why.most[answer.year])
        _say(to, "optimise.unmet.never", year=_fy(answer, answer.year), most=most)
    else:
        for year, yen in why.extra.items():
            _say(to, "optimise.unmet.extra", year=_fy(answer, year), yen=printed(enough(yen / THOUSAND)))


def _fy(answer: Answer, year: int) -> str:
    return FiscalYear(answer.setting.first_fy + year).name


def _chance(answer: Answer, to: Console) -> None:
    found = answer.chance
    if found is not None:
        pct, error = f"{found.probability * 100:.0f}", f"{found.standard_error * 100:.1f}"
        low, high = (f"{found.quantiles[quantile]:,.0f}" for quantile in (0.05, 0.95))
        _say(to, "optimise.chance", pct=pct, error=error, draws=f"{found.draws:,}", low=low, high=high)


def _sides(sides: list[Side], to: Console) -> None:
    names = ("scenario", "before", "cost", "saved", "answer")
    rows = []
    for side in sides:
        plan, last = side.answer.outcome.portfolio, len(side.setting.path) - 1
        cost = None if plan is None else plan.present_cost / THOUSAND
        saved = None if plan is None else plan.saved[last]
        said = texts.label(f"optimise.side.{'none' if plan is None else 'plan'}")
        numbers = [screen.number(value) for value in (side.setting.before(last), cost, saved)]
        rows.append([side.scenario.name, *numbers, said])
    to.print(screen.table([texts.label(f"optimise.column.{name}") for name in names], rows, numbers=(1, 2, 3)))


def _assumptions(answer: Answer, to: Console) -> None:
    screen.say(to, answer.grid_words, style="dim")
    for measure in answer.assumptions:
        _say(to, "optimise.assumed", name=measure.name, text=measure.assumption, source=measure.source, style="dim")
    for line in default_costs(answer.setting.measures):
        screen.say(to, line, style="yellow")


def _kpis(answer: Answer, to: Console) -> None:
    rows = [
        [
            each.aim.name,
            screen.number(each.numerator),
            screen.number(each.denominator),
            each.aim.unit,
            screen.number(each.pct, 1),
            f"{printed(each.aim.aim_pct)} ({each.aim.aim_fy})",
        ]
        for each in answer.kpis
    ]
    names = ("kpi", "numerator", "denominator", "unit", "pct", "aim")
    to.print(screen.table([texts.label(f"optimise.column.{name}") for name in names], rows, numbers=(1, 2, 4, 5)))
    screen.show_findings(answer.findings, to)


def _say(to: Console, code: str, style: str = "", **data: str) -> None:
    screen.say(to, texts.label(code, **data), style=style)

"""Tables of a choice of measures."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from math import ceil

from kotsukotsu import texts
from kotsukotsu.accounting import exact
from kotsukotsu.accounting.completeness import is_complete
from kotsukotsu.documents.planning.figures import THOUSAND, enough, number, short, thousands, told
from kotsukotsu.documents.planning.figures import year as year_of
from kotsukotsu.documents.planning.proposal import Chosen, Proposal
from kotsukotsu.documents.table import Row, Table, plain
from kotsukotsu.planning.measures import default_costs
from kotsukotsu.planning.portfolio import Outcome
from kotsukotsu.planning.portfolio_explain import Binding
from kotsukotsu.planning.scenarios import Side

THOUSAND_YEN, HUNDRED = "pp.unit.yen", Decimal(100)


def title(found: Proposal) -> str:
    """Place and what the page is."""
    return f"{found.city}{texts.gap()}{texts.label('optimise.title')}"


def sentences(found: Proposal) -> list[str]:
    """What is needed, what the plan costs and saves, how near the best it is, how sure it is."""
    setting, fy = found.setting, year_of(found.years[found.year])
    said = [_outlook(found, fy), *_result(found, fy), texts.label("pp.use", use=year_of(found.use_fy))]
    if not is_complete(found.findings):
        said.append(texts.label("optimise.incomplete", year=year_of(found.use_fy)))
    if setting.target is not None and setting.needed:
        needed = next(iter(setting.needed.values()))
        said.append(texts.label("optimise.target", year=fy, target=number(setting.target), needed=number(needed)))
    if found.unmet is not None:
        said.append(texts.label("optimise.unmet" if found.outcome.infeasible else "optimise.not_found"))
        if found.unmet.extra is None:
            said.append(texts.label("optimise.unmet.never", year=fy, most=number(found.unmet.most[found.year])))
    if found.plan is not None:
        said.append(
            texts.label(
                "optimise.cost", cost=thousands(found.plan.present_cost),
                rate=number(exact.product(setting.discount_rate, HUNDRED), 1),
                careful=number(found.plan.saved[found.year]), in_order=number(found.in_order[found.year]),
            )
        )  # fmt: skip
    if found.outcome.gap is not None:
        said.append(gap_words(found.outcome, found.outcome.gap))
    if found.chance is not None:
        chance = found.chance
        low, high = (f"{chance.quantiles[quantile]:,.0f}" for quantile in (0.05, 0.95))
        shares = {"pct": f"{chance.probability * 100:.0f}", "error": f"{chance.standard_error * 100:.1f}"}
        said.append(texts.label("optimise.chance", draws=f"{chance.draws:,}", low=low, high=high, **shares))
    return said


def _outlook(found: Proposal, fy: str) -> str:
    """The year's emission without measures, and with those of the plan, as the wedges show it."""
    before = found.setting.before(found.year)
    if found.plan is None:
        return texts.label("pp.before", year=fy, before=number(before))
    after = number(exact.difference(before, found.plan.saved[found.year]))
    return texts.label("pp.after", year=fy, before=number(before), after=after)


def _result(found: Proposal, fy: str) -> list[str]:
    """Whether the target is met, how much is done and what the city pays for it."""
    said = [texts.label("pp.met", year=fy)] if found.setting.needed and found.unmet is None and found.plan else []
    if found.plan is None or not found.chosen:
        return said
    facilities = len({one.planned.facility_id for one in found.chosen})
    between = {"first": year_of(found.years[0]), "last": year_of(found.years[-1])}
    paid = thousands(exact.total(found.plan.spending))
    return [*said, texts.label("pp.chosen", facilities=facilities, count=len(found.chosen), spending=paid, **between)]


def gap_words(outcome: Outcome, gap: float) -> str:
    """How much better another choice could be, rounded up to thousandths of a percent."""
    text = f"{max(ceil(gap * 100_000), 1) / 1000:.3f}"
    return texts.label(f"optimise.gap.{outcome.programme.problem.form}", gap=text)


def measures(found: Proposal) -> Table:
    """Chosen measures by year of start, the cheapest tonne first."""
    rows = [_chosen(found, one) for one in found.chosen]
    parts = ([one.capex for one in found.chosen], [one.saved for one in found.chosen])
    capex, saved = (exact.total(part) for part in parts)
    total: Row = (texts.label("total"), "", "", thousands(capex), "", number(saved, 1), "")
    heads = ("facility", "measure", "start", "capex", "running", "saved", "per_tonne")
    return _table("measures", heads, rows, [total], texts.label("pp.note.measures", year=found.years[found.year]))


def _chosen(found: Proposal, one: Chosen) -> Row:
    name = found.facility_name(one.planned.facility_id)
    per_tonne = number(None if one.yen_per_tonne is None else one.yen_per_tonne / 1000, 1)
    money = (thousands(one.capex), thousands(one.running))
    return (name, one.planned.measure.name, plain(str(one.fy)), *money, number(one.saved, 1), per_tonne)


def budget(found: Proposal) -> Table:
    """Each year's budget, what the plan spends of it, and what binds in it."""
    plan = found.plan
    rows: list[Row] = []
    for year, fy in enumerate(found.years if plan else ()):
        if plan is None:
            break
        paid = exact.total(plan.subsidies[programme.key, year] for programme in plan.problem.programmes)
        money = (plan.problem.budgets[year], plan.capex[year], paid, plan.spending[year], plan.running[year])
        binds = texts.listed(
            dict.fromkeys(_bound(one) for one in found.binding if one.year == year and one.kind != "target")
        )
        left = exact.difference(found.setting.before(year), found.in_order[year])
        rows.append(
            (short(fy), *(thousands(value) for value in money), number(found.in_order[year]), number(left), binds)
        )
    heads = ("year", "yearly_budget", "capex_all", "subsidy", "spending", "running", "saved", "emission", "binds")
    return _table("budget", heads, rows)


def _bound(one: Binding) -> str:
    return texts.label("pp.binds.budget") if one.kind == "budget" else texts.label("pp.binds.subsidy", name=one.key)


def binding(found: Proposal) -> Table:
    """Limits with what one more of each would be worth."""
    form = found.outcome.programme.problem.form
    rows: list[Row] = []
    for one in found.binding:
        is_target = one.kind == "target"
        left = number(one.left) if is_target else thousands(one.left)
        limit = texts.label("pp.binds.target") if is_target else _bound(one)
        worth = texts.label(f"pp.worth.{one.kind if is_target else 'money'}.{form}", worth=number(one.worth, 2))
        rows.append((limit, short(found.years[one.year]), left, worth))
    return _table("binding", ("limit", "year", "left", "worth"), rows, note=texts.label("optimise.binds.note"))


def unmet(found: Proposal) -> Table:
    """What no plan reaches, and what would: a lower target, or more money."""
    why, rows = found.unmet, list[Row]()
    if why is not None:
        missed = [("missed", year, tonnes, "pp.unit.t") for year, tonnes in why.missed.items()]
        extra = [("extra", year, yen / THOUSAND, THOUSAND_YEN) for year, yen in (why.extra or {}).items()]
        rows += [(texts.label(f"pp.unmet.{what}"), short(found.years[year]), number(enough(amount)), texts.label(unit))
                 for what, year, amount, unit in (*missed, *extra)]  # fmt: skip
        most = number(why.most[found.year])
        rows.append((texts.label("pp.unmet.most"), short(found.years[found.year]), most, texts.label("pp.unit.t")))
    return _table("unmet", ("limit", "year", "amount", "unit"), rows)


def curve(found: Proposal) -> Table:
    """The abatement cost curve: from the cheapest tonne to the dearest."""
    by_id = {one.planned.measure_id: one for one in found.chosen}
    rows = [
        (found.facility_name(by_id[step.key].planned.facility_id), by_id[step.key].planned.measure.name,
         number(step.tonnes, 1), number(step.yen_per_tonne / 1000, 1), number(step.reach, 1))
        for step in found.curve
    ]  # fmt: skip
    return _table(
        "curve", ("facility", "measure", "saved", "per_tonne", "reach"), rows, note=texts.label("pp.note.curve")
    )


def wedges(found: Proposal) -> Table:
    """What each kind of measure saves in each year, as counted in the choice."""
    heads = (texts.label("pp.column.measure"), *(short(fy) for fy in found.years))
    rows: list[Row] = [
        (found.kind_names[kind], *(number(value, 1) for value in yearly)) for kind, yearly in found.wedges.items()
    ]
    sums = [exact.total(yearly[year] for yearly in found.wedges.values()) for year in range(len(found.years))]
    total: Row = (texts.label("total"), *(number(value, 1) for value in sums))
    return Table(texts.label("pp.table.wedges"), "t-CO2e", heads, tuple(rows), (total,), texts.label("pp.note.wedges"))


def scenarios(found: Proposal) -> Table:
    """The same choice under other factors and budgets."""
    return _table(
        "scenarios", ("scenario", "before", "saved", "emission", "cost", "answer"), [_side(one) for one in found.sides]
    )


def _side(one: Side) -> Row:
    plan, last = one.answer.outcome.portfolio, len(one.setting.path) - 1
    before = one.setting.before(last)
    saved = None if plan is None else plan.saved[last]
    left = None if saved is None else exact.difference(before, saved)
    cost = None if plan is None else plan.present_cost
    said = texts.label(f"optimise.side.{'none' if plan is None else 'plan'}")
    return (one.scenario.name, number(before), number(saved), number(left), thousands(cost), said)


def chance(found: Proposal) -> Table:
    """The emission of the target's year with uncertain assumptions, by quantile."""
    quantiles = found.chance.quantiles.items() if found.chance else ()
    rows = [(f"{share * 100:g}%", number(Decimal(repr(value)))) for share, value in quantiles]
    note = (
        texts.label("pp.note.chance", draws=f"{found.chance.draws:,}", seed=found.chance.seed) if found.chance else ""
    )
    return _table("chance", ("quantile", "emission"), rows, note=note)


def assumptions(found: Proposal) -> Table:
    """What the numbers of the chosen measures take for granted, with source and status."""
    rows: list[Row] = [(texts.label("pp.assumed.grid"), found.grid_words, "", "")]
    rows += [
        (one.name, one.assumption, one.source, texts.label(f"pp.status.{one.status}")) for one in found.assumptions
    ]
    note = " ".join(default_costs(found.setting.measures))
    return _table("assumptions", ("measure", "assumption", "source", "status"), rows, note=note)


def findings(found: Proposal) -> Table:
    """What to know of the figures."""
    rows = [(one.code, told(one), one.advice()) for one in found.findings]
    return _table("findings", ("code", "message", "advice"), rows)


def _table(
    name: str, headings: Sequence[str], rows: Sequence[Row], totals: Sequence[Row] = (), note: str = ""
) -> Table:
    heads = tuple(texts.label(f"pp.column.{heading}") for heading in headings)
    return Table(texts.label(f"pp.table.{name}"), "", heads, tuple(rows), tuple(totals), note)

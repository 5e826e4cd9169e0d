"""Names of the plan's numbers and words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal

from kotsukotsu import texts
from kotsukotsu.accounting import exact
from kotsukotsu.accounting.sectors import ORDER
from kotsukotsu.analysis.past import ENERGY
from kotsukotsu.documents.plan.energy import Ranked, main_facilities
from kotsukotsu.documents.plan.source import Source, whole
from kotsukotsu.documents.printing import Figure
from kotsukotsu.documents.registry import Behind, Number, Registry
from kotsukotsu.documents.sentences import policy, size
from kotsukotsu.planning.targets import share_of

HUNDRED = Decimal(100)


def facts(source: Source, registry: Registry) -> None:
    """Fill in every number and word that a sentence may use."""
    registry.say(_words(source))
    registry.add(_totals(source))
    registry.add(_energy(source))
    registry.add(_facilities(source))
    registry.add(_goals(source))


def number(key: str, figure: Figure, rule: str, behind: Behind | None = None) -> Number:
    """A number whose meaning stands in the table of texts under its key."""
    return Number(key, texts.label(f"pd.n.{key}"), figure, rule, behind)


def _rule(source: Source) -> str:
    return dict(source.overview.policy)[texts.label("doc.policy.label.rounding")]


def _words(source: Source) -> dict[str, str]:
    plan = source.plan
    named = {f"plan.{key}": value for key, value in plan.texts.items()}
    goals = {f"goal.{index}.year": plan.year(goal.fiscal_year) for index, goal in enumerate(source.goals.milestones, 1)}
    return {
        "city": source.overview.city,
        "unit": source.overview.unit,
        "invented": texts.label("doc.invented") if source.overview.invented else "",
        "year.base": plan.year(source.base_fy),
        "year.latest": plan.year(source.fy),
        "year.first": plan.year(plan.first_fy),
        "year.last": plan.year(plan.last_fy),
        "catalogue": source.overview.catalogue,
        "policy": policy(source.overview.policy),
        "gwp.set": _gwp_set(source),
        "national.edition": source.goals.edition,
        "national.unconfirmed": "" if source.goals.confirmed else texts.label("pd.unconfirmed"),
        "direction": _direction(source.overview.totals.change.exact),
        "energy.direction": _direction(_rise(source, lambda fy: whole(source.energy(fy)))),
        "others.direction": _direction(_rise(source, lambda fy: _others(source, fy))),
        "causes": texts.label("render.between").join(source.reasons[""].sentences) if "" in source.reasons else "",
        **{f"plan.{key}": texts.label("render.list").join(map(_quoted, names)) for key, names in plan.lists.items()},
        **named,
        **goals,
    }


def _quoted(name: str) -> str:
    return texts.label("render.quoted", text=name)


def _gwp_set(source: Source) -> str:
    return dict(source.overview.policy)[texts.label("doc.policy.label.gwp")]


def _rise(source: Source, tonnes: Callable[[int], Decimal | None]) -> Decimal | None:
    """Change since the base year; None where one of both is not known. [t-CO2e]"""
    now, base = tonnes(source.fy), tonnes(source.base_fy)
    return None if now is None or base is None else exact.difference(now, base)


def _direction(change: Decimal | None) -> str:
    return "" if change is None else texts.label("pd.less" if change < 0 else "pd.more")


def _totals(source: Source) -> Iterator[Number]:
    found, rule = source.overview.totals, _rule(source)
    rate = found.rate
    yield number("total.latest", found.total, rule, Behind(source.fy))
    yield number("total.base", found.base, rule, Behind(source.base_fy))
    yield number("total.change", found.change, rule)
    yield number("total.rate", rate, texts.label("pd.rule.rate"))
    yield number("total.moved", _unsigned(rate), texts.label("pd.rule.rate"))
    yield number("total.comparable", found.comparable, rule)
    yield number("total.comparable.rate", found.comparable_rate, texts.label("pd.rule.rate"))
    gases = {part.code: part for part in source.overview.gases}
    yield number("co2.share", gases["CO2"].share if "CO2" in gases else found.rate, texts.label("pd.rule.rate"))


def _unsigned(figure: Figure) -> Figure:
    return Figure(figure.exact, figure.printed, size(figure.text), figure.unit, figure.status)


def _energy(source: Source) -> Iterator[Number]:
    printer, rule, percent = source.printer, _rule(source), texts.label("pd.rule.rate")
    totals = {fy: source.results[fy].total for fy in (source.base_fy, source.fy) if fy in source.results}
    energy = {fy: whole(source.energy(fy)) for fy in (source.base_fy, source.fy)}
    others = {fy: _others(source, fy) for fy in (source.base_fy, source.fy)}
    rest = tuple(name for name in ORDER if name not in ENERGY)
    for name, parts, sectors in (("energy", energy, ENERGY), ("others", others, rest)):
        now, base = parts[source.fy], parts[source.base_fy]
        yield number(f"{name}.latest", printer.emission(now), rule, Behind(source.fy, sectors=sectors))
        yield number(f"{name}.base", printer.emission(base), rule, Behind(source.base_fy, sectors=sectors))
        yield number(f"{name}.rate", printer.rate(now, base), percent)
        yield number(f"{name}.moved", _unsigned(printer.rate(now, base)), percent)
        yield number(f"{name}.share", printer.share(now, totals.get(source.fy)), percent)


def _others(source: Source, fy: int) -> Decimal | None:
    """All that is no energy-related CO2. [t-CO2e]"""
    return whole({name: tonnes for name, tonnes in source.sectors(fy).items() if name not in ENERGY})


def _facilities(source: Source) -> Iterator[Number]:
    main = main_facilities(source)
    counted = texts.label("pd.rule.count")
    yield number("facilities.count", count(_in_plan(source)), counted)
    yield number("facilities.main", count(len(main)), counted)
    yield number("facilities.main.share", main[-1].cumulative if main else source.printer.share(None, None),
                 texts.label("pd.rule.rate"))  # fmt: skip
    yield number("facilities.risen", count(len([one for one in main if _rose(one)])), counted)


def _rose(one: Ranked) -> bool:
    return not one.is_new and (one.change.exact or Decimal(0)) > 0


def _in_plan(source: Source) -> int:
    """Facilities of the list that are open at the end of the latest year."""
    return len([row for row in source.city.table("facilities") if row["closed_on"] is None])


def count(value: int) -> Figure:
    """A count."""
    return Figure(Decimal(value), Decimal(value), f"{value:,}", "")


def _goals(source: Source) -> Iterator[Number]:
    goals, printer, rule = source.goals, source.printer, _rule(source)
    percent = texts.label("pd.rule.given")
    for index, goal in enumerate(goals.milestones, 1):
        level = goal.level(goals.base_total)
        shown = Figure(goal.reduction_pct, goal.reduction_pct, f"{goal.reduction_pct:f}", "%")
        meaning = source.plan.year(goal.fiscal_year)
        yield Number(f"goal.{index}.pct", texts.label("pd.n.goal.pct", year=meaning), shown, percent)
        yield Number(f"goal.{index}.level", texts.label("pd.n.goal.level", year=meaning), printer.emission(level), rule)
    goal = goals.first
    needed = exact.difference(source.latest.total, goal.level(goals.base_total))
    yield number("goal.needed", printer.emission(max(needed, Decimal(0))), rule)
    span = next((span for span in goals.spans if span.fiscal_year == goal.fiscal_year), None)
    for part in ("low", "middle", "high"):
        yield number(f"bau.{part}", printer.emission(getattr(span, part) if span else None), rule)
    pct = goals.national.total.pct if goals.national else None
    yield number("sector.national.pct", printer.share(pct, HUNDRED), texts.label("pd.rule.rate"))
    gap = goals.national.gap(goal.reduction_pct) if goals.national else None
    yield number("sector.gap", printer.emission(gap if gap is not None and gap > 0 else None), rule)
    gap_pct = exact.quotient(exact.product(gap, HUNDRED), goals.base_total) if gap is not None else None
    yield number("sector.gap.pct", printer.share(gap_pct, HUNDRED), texts.label("pd.rule.rate"))
    yield number("goal.saving", printer.emission(share_of(goals.base_total, goal.reduction_pct)), rule)
    effect = exact.total(one.tonnes for one in source.effects) if source.effects else None
    yield number("effects.total", printer.emission(effect), rule)
    yield number("effects.count", count(sum(one.count for one in source.effects)), texts.label("pd.rule.count"))

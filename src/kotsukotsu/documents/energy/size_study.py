"""The study of sizes: what is worth building, beside doing nothing and beside what is planned."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from kotsukotsu import texts
from kotsukotsu.documents.charts.bars import Bar, Segment, bars
from kotsukotsu.documents.charts.model import Chart
from kotsukotsu.documents.energy import given
from kotsukotsu.documents.energy.bill_study import priced
from kotsukotsu.documents.energy.charts.stacked import Series, stacked
from kotsukotsu.documents.energy.size_model import Chosen, Option
from kotsukotsu.documents.energy.size_words import label, lacking, limits, name_of, outcome, sized, unit
from kotsukotsu.documents.energy.study import Part, Study, figure, footer
from kotsukotsu.documents.table import Row, Table
from kotsukotsu.energy import exact
from kotsukotsu.energy.site import Site
from kotsukotsu.findings import Finding
from kotsukotsu.rounding import plain, printed

BLUE, ORANGE, RED = "#0072B2", "#E69F00", "#ce0000"
ZERO, THOUSAND = Decimal(0), Decimal(1000)
SMALL = 0.5  # what is told of what is lacking in a year [kWh]


def study(site: Site, found: Chosen, findings: tuple[Finding, ...], made: date) -> Study:
    """Sentences, ranked options, cash flow, cost against carbon."""
    year = site.fiscal_year.name
    said = [
        *priced(site, found.statuses),
        label("assumed"),
        texts.label("energy.outage.begins"),
        label("renewed" if found.is_renewed else "not_renewed"),
    ]
    if found.asked.hours:
        said.append(label("kept"))
    if found.place:
        said.insert(0, label("places" if len(found.best.contracts) > 1 else "place", name=found.place))
    if found.is_unmet:
        parts: tuple[Part, ...] = (Part("lacking", label("part.lacking"), tables=(lacking(site, found),)),)
        sentences = limits(site, found)
    else:
        parts = (
            Part("options", label("part.options"), (_options(found),), (_sizes(found),)),
            Part("cash", label("part.cash"), (_cash(found),), on_terminal=False),
            Part("front", label("part.front"), (_front(found),)),
        )
        sentences = (*_sentences(found), *limits(site, found))
    return Study(label("title", site=site.name, year=year), tuple(said), sentences, (*parts, given.part(found.given)),
                 _data(site, found), (*given.finding(found.given), *findings), footer(site.name, year, made),
                 made)  # fmt: skip


def _n(value: float, digits: int = 0) -> str:
    return printed(exact.decimal(value), digits)


def _sentences(found: Chosen) -> tuple[str, ...]:
    nothing, best = found.options[0], found.best
    return (
        label(f"headline.{found.asked.aim}", sizes=sized(best.sizes)) + _saved(nothing.cost - best.cost),
        label("money", npv=_n(found.npv), rate=texts.none() if found.rate is None else _n(100 * found.rate, 1),
              payback=texts.none() if found.payback is None else _n(found.payback, 1),
              lcoe=texts.none() if found.lcoe is None else _n(found.lcoe, 1)),
        label("gap.open", days=found.days) if found.gap is None
        else label("gap.known", days=found.days, gap=_n(100 * found.gap, 4)),
    )  # fmt: skip


def _saved(yen: float) -> str:
    """What a year costs less, or more, than with nothing."""
    return label("saved" if yen >= 0 else "dearer", yen=_n(abs(yen)))


def _ranked(found: Chosen) -> list[Option]:
    """Cheapest first; what cannot serve everything is not cheap and stands last."""
    return sorted(found.options, key=lambda option: (option.short > SMALL, option.cost))


def _name(option: Option) -> str:
    """Its name, and what it lacks."""
    return label("short", name=option.name, kwh=_n(option.short)) if option.short > SMALL else option.name


def _options(found: Chosen) -> Chart:
    ranked = _ranked(found)
    title = label("options", name=ranked[0].name, yen=_n(ranked[0].cost / 1000))
    rows: list[Bar] = []
    table: list[Row] = []
    for option in ranked:
        running, whole = exact.decimal(option.running), exact.decimal(option.cost)
        segments = (Segment(ZERO, running, BLUE), Segment(running, whole, ORANGE))
        rows.append(Bar(_name(option), label("thousand", value=printed(whole / THOUSAND)), segments))
        table.append((_name(option), figure(running), figure(exact.decimal(option.yearly)), figure(whole),
                      figure(exact.decimal(option.contract)), figure(exact.decimal(option.tonnes), 1),
                      figure(exact.decimal(option.p10), 1)))  # fmt: skip
    legend = ((BLUE, label("running")), (ORANGE, label("yearly")))
    picture = bars(rows, "options", title, label("options.unit"), legend)
    keys = ("option", "running", "yearly", "cost", "contract", "tonnes", "p10")
    made = Table(label("options.table"), "", tuple(label(f"head.{key}") for key in keys), tuple(table))
    return Chart("options", title, label("options.unit"), (picture,), made)


def _sizes(found: Chosen) -> Table:
    """The sizes of each option, and between which limits they were chosen."""
    ranked, limits = _ranked(found), found.outcome.limits if found.outcome else {}
    rows: list[Row] = [
        (label("size", name=name_of(key), unit=unit(key)),
         *(figure(exact.decimal(option.sizes[key]), 1) for option in ranked),
         *(figure(exact.decimal(limit)) for limit in limits[key]))
        for key in limits
    ]  # fmt: skip
    heads = (label("head.size"), *(_name(option) for option in ranked), label("head.least"), label("head.most"))
    return Table(label("sizes"), "", heads, tuple(rows))


def _cash(found: Chosen) -> Chart:
    total, sums = 0.0, []
    for yen in found.cash:
        total += yen
        sums.append(total)
    names = [label("year", number=number) for number in range(len(found.cash))]
    title = label("cash", years=len(found.cash) - 1, yen=_n(sums[-1] / 1000))
    values = [yen / 1000 for yen in found.cash]
    line = Series(label("sum"), RED, [value / 1000 for value in sums])
    drawn = stacked(names, [Series(label("flow"), BLUE, values)], [line], ident="cash", title=title,
                    description=label("cash.unit"), every=5)  # fmt: skip
    rows: list[Row] = [
        (name, figure(exact.decimal(yen)), figure(exact.decimal(value)))
        for name, yen, value in zip(names, found.cash, sums, strict=True)
    ]
    made = Table(
        label("cash.table"),
        texts.label("energy.size.yen"),
        (label("head.year"), label("flow"), label("sum")),
        tuple(rows),
    )
    return Chart("cash", title, label("cash.unit"), drawn, made)


def _front(found: Chosen) -> Chart:
    first, last = found.front[0][1], found.front[-1][1]
    dearer = (last.cost - first.cost) / max(first.tonnes - last.tonnes, 1e-9)
    title = label("front", tonnes=_n(first.tonnes - last.tonnes, 1), yen=_n(dearer))
    names = [label("price", yen=_n(price)) for price, _ in found.front]
    rows = [
        Bar(name, label("front.value", tonnes=_n(option.tonnes, 1), yen=_n(option.cost / 1000)),
            (Segment(ZERO, exact.decimal(option.tonnes), BLUE),))
        for name, (_, option) in zip(names, found.front, strict=True)
    ]  # fmt: skip
    picture = bars(rows, "front", title, label("front.unit"))
    table: list[Row] = [
        (name, figure(exact.decimal(option.cost)), figure(exact.decimal(option.tonnes), 1),
         figure(exact.decimal(option.p10), 1), sized(option.sizes))
        for name, (_, option) in zip(names, found.front, strict=True)
    ]  # fmt: skip
    heads = tuple(label(f"head.{key}") for key in ("price", "cost", "tonnes", "p10", "sizes"))
    return Chart("front", title, label("front.unit"), (picture,), Table(label("front.table"), "", heads, tuple(table)))


def _data(site: Site, found: Chosen) -> dict[str, Any]:
    def told(option: Option) -> dict[str, Any]:
        numbers = {"running_yen": option.running, "yearly_yen": option.yearly, "cost_yen": option.cost,
                   "contract_kw": option.contract, "tonnes_co2": option.tonnes, "p10_hours": option.p10,
                   "p50_hours": option.outage.p50, "short_kwh": option.short}  # fmt: skip
        sizes = {key: plain(exact.decimal(value)) for key, value in option.sizes.items()}
        return {
            "name": option.name,
            "sizes": sizes,
            **{key: plain(exact.decimal(value)) for key, value in numbers.items()},
        }

    def known(value: float | None) -> str | None:
        return None if value is None else plain(exact.decimal(value))

    return {
        "site": site.name, "meter": found.meter_id, "aim": found.asked.aim,
        "fiscal_year": site.fiscal_year.number,
        "options": [told(option) for option in _ranked(found)],
        "best": told(found.best),
        "cash_yen": [plain(exact.decimal(yen)) for yen in found.cash],
        "npv_yen": known(found.npv), "irr": known(found.rate), "payback_years": known(found.payback),
        "lcoe_yen_per_kwh": known(found.lcoe), "days": found.days, "gap": known(found.gap),
        "limits": {key: known(getattr(found.asked, key)) for key in ("hours", "invest", "subsidy", "area", "power")},
        **outcome(site, found), "assumed": given.data(found.given),
        "front": [{"yen_per_tonne": plain(exact.decimal(price)), **told(option)} for price, option in found.front],
    }  # fmt: skip

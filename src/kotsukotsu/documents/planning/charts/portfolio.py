"""Charts of a choice of measures: wedges by year, abatement cost, budgets, scenarios."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import altair as alt

from kotsukotsu import texts
from kotsukotsu.accounting import exact
from kotsukotsu.documents.charts.bars import Bar, Segment, bars
from kotsukotsu.documents.charts.columns import Column, columns
from kotsukotsu.documents.charts.model import Chart
from kotsukotsu.documents.charts.picture import INK, LESS, QUIET, SIZE, WHOLE, position, svg
from kotsukotsu.documents.hatches import hatched
from kotsukotsu.documents.planning import portfolio_tables as tables
from kotsukotsu.documents.planning.charts.lines import ACTUAL, TARGET
from kotsukotsu.documents.planning.figures import number, short, thousands
from kotsukotsu.documents.planning.proposal import Proposal
from kotsukotsu.planning.scenarios import Side
from kotsukotsu.rounding import minus

# Told apart without colour vision and in grey print; the last is for what has no place of its own.
COLOURS = ("#0072B2", "#E69F00", "#009E73", "#D55E00", "#56B4E9", "#767676")
LEFT_COLOUR, OTHER, LEFT = "#d9d9d9", "other", "left"
CURVE_SIZES = (("wide", 740, 320), ("narrow", 320, 320))
PADDING = {"left": 76, "right": 20, "top": 20, "bottom": 54}
LINE_WIDTH, LEAST_LINED = 0.4, 250  # a step thinner than this part of the whole would vanish under its white line
ZERO, THOUSAND = Decimal(0), Decimal(1000)


def kinds(found: Proposal) -> tuple[dict[str, str], dict[str, str]]:
    """Colours and names of the kinds that save most; the others have one together."""
    order = sorted(found.wedges, key=lambda kind: -found.wedges[kind][found.year])
    kept = order if len(order) <= len(COLOURS) else order[: len(COLOURS) - 1]
    colours = dict(zip(kept, COLOURS, strict=False))
    names = {kind: found.kind_names[kind] for kind in kept}
    if len(kept) < len(order):
        colours[OTHER], names[OTHER] = COLOURS[-1], texts.label("pp.chart.other")
    return colours, names


def wedges(found: Proposal) -> Chart | None:
    """What remains of each year's emission, and what each kind of measure takes away from it."""
    if found.plan is None or not found.wedges:
        return None
    colours, names = kinds(found)
    fy, last = found.years[found.year], found.year
    title = texts.label(
        "pp.chart.wedges", year=short(fy), saved=number(exact.total(y[last] for y in found.wedges.values()))
    )
    subtitle = texts.label("pp.chart.wedges.subtitle")
    painted, named = {LEFT: LEFT_COLOUR, **colours}, {LEFT: texts.label("pp.chart.left"), **names}
    wide = columns(
        [_column(found, year, colours) for year in range(len(found.years))],
        painted,
        named,
        "wedges-wide",
        title,
        subtitle,
    )
    narrow = bars([_bar(found, year, painted) for year in range(len(found.years))], "wedges-narrow", title, subtitle,
                  [(painted[kind], name) for kind, name in named.items()])  # fmt: skip
    return Chart("wedges", title, subtitle, (wide, narrow), tables.wedges(found), texts.label("pp.note.wedges"))


def _parts(found: Proposal, year: int, kept: Sequence[str]) -> dict[str, Decimal]:
    parts: dict[str, Decimal] = {}
    for kind, yearly in found.wedges.items():
        place = kind if kind in kept else OTHER
        parts[place] = exact.total((parts.get(place, ZERO), yearly[year]))
    saved = exact.total(parts.values())
    return {
        LEFT: max(ZERO, exact.difference(found.setting.before(year), saved)),
        **{k: max(ZERO, v) for k, v in parts.items()},
    }


def _column(found: Proposal, year: int, colours: dict[str, str]) -> Column:
    return Column(
        (short(found.years[year]),), number(found.setting.before(year)).text, _parts(found, year, list(colours))
    )


def _bar(found: Proposal, year: int, painted: dict[str, str]) -> Bar:
    parts, segments, end = _parts(found, year, list(painted)), list[Segment](), ZERO
    for kind, colour in painted.items():
        start, end = end, exact.total((end, parts.get(kind, ZERO)))
        segments.append(Segment(start, end, colour))
    return Bar(short(found.years[year]), number(found.setting.before(year)).text, tuple(segments))


def curve(found: Proposal) -> Chart | None:
    """Present cost by tonne of each chosen measure, as wide as what it saves."""
    steps = found.curve
    if not steps:
        return None
    paying = exact.total(step.tonnes for step in steps if step.yen_per_tonne <= 0)
    title = texts.label("pp.chart.curve", paying=number(paying), all=number(steps[-1].reach))
    subtitle = texts.label("pp.chart.curve.subtitle", year=short(found.years[found.year]))
    colours, names = kinds(found)
    kind = {one.planned.measure_id: one.planned.measure.measure for one in found.chosen}
    rows = [
        {"start": position(exact.difference(step.reach, step.tonnes)), "end": position(step.reach), "zero": 0,
         "cost": position(step.yen_per_tonne / THOUSAND), "colour": colours.get(kind[step.key], COLOURS[-1]),
         "line": LINE_WIDTH if step.tonnes > steps[-1].reach / LEAST_LINED else 0}
        for step in steps
    ]  # fmt: skip
    legend = [(colours[key], name) for key, name in names.items()]
    pictures = tuple(
        hatched(
            svg(
                alt.LayerChart(layer=_curve(rows, legend)).properties(width=width, height=height),
                f"curve-{size}", title, subtitle, PADDING,
            )
        )
        for size, width, height in CURVE_SIZES
    )  # fmt: skip
    return Chart("curve", title, subtitle, pictures, tables.curve(found), texts.label("pp.note.curve"))


def _curve(rows: Sequence[dict[str, Any]], legend: Sequence[tuple[str, str]]) -> list[alt.Chart]:
    axis: dict[str, Any] = {
        "tickCount": 5,
        "labelFontSize": SIZE - 1,
        "labelColor": QUIET,
        "titleFontSize": SIZE,
        "titleFontWeight": "normal",
        "titleColor": QUIET,
    }
    low, high = min(0, *(row["cost"] for row in rows)), max(0, *(row["cost"] for row in rows))
    room = (high - low or 1) * 0.08
    x = alt.X("start:Q", scale=alt.Scale(domain=[0, rows[-1]["end"]], nice=False),
              axis=alt.Axis(title=texts.label("pp.chart.curve.x"), grid=False, domainColor=QUIET, **axis))  # fmt: skip
    signed = f"(datum.value < 0 ? '{minus()}' : '') + format(abs(datum.value), ',')"
    y = alt.Y("zero:Q", scale=alt.Scale(domain=[low - room, high + room], nice=False),
              axis=alt.Axis(title=None, gridColor="#e6e6e6", domain=False, ticks=False,
                            labelExpr=signed, **axis))  # fmt: skip
    base = alt.Chart(alt.InlineData(values=list(rows)))
    words = [{"y": 18 * number, "colour": colour, "text": name} for number, (colour, name) in enumerate(legend)]
    named = alt.Chart(alt.InlineData(values=words)).encode(x=alt.value(14), y=alt.Y("y:Q", scale=None, axis=None))
    colour = alt.Color("colour:N", scale=None, legend=None)
    return [
        base.mark_rect(stroke="white").encode(
            x=x, x2="end:Q", y=y, y2="cost:Q", color=colour, strokeWidth=alt.StrokeWidth("line:Q", scale=None)
        ),
        alt.Chart(alt.InlineData(values=[{"zero": 0}])).mark_rule(color=INK).encode(y=y),
        named.mark_square(size=130, opacity=1).encode(color=colour),
        named.mark_text(align="left", dx=14, fontSize=SIZE, color=INK).encode(text="text:N"),
    ]


def budget(found: Proposal) -> Chart | None:
    """What each year spends of its budget, and where that limit binds."""
    plan = found.plan
    if plan is None:
        return None
    bound = {one.year for one in found.binding if one.kind == "budget"}
    title = texts.label(
        "pp.chart.budget" if bound else "pp.chart.budget.free",
        years=texts.listed(short(found.years[y]) for y in sorted(bound)),
    )
    subtitle = texts.label("pp.chart.budget.subtitle")
    rows = []
    for year, limit in enumerate(plan.problem.budgets):
        spent = max(ZERO, plan.spending[year])
        text = texts.label("pp.chart.budget.value", spent=thousands(plan.spending[year]), limit=thousands(limit))
        binds = texts.label("pp.chart.budget.binds") if year in bound else ""
        segments = (Segment(ZERO, min(spent, limit), ACTUAL), Segment(min(spent, limit), limit, LEFT_COLOUR))
        rows.append(Bar(f"{short(found.years[year])}{binds}", text, segments))
    legend = [(ACTUAL, texts.label("pp.chart.spent")), (LEFT_COLOUR, texts.label("pp.chart.unspent"))]
    picture = bars(rows, "budget-chart", title, subtitle, legend)
    return Chart("budget", title, subtitle, (picture,), tables.budget(found))


def scenarios(found: Proposal) -> Chart | None:
    """The last year's emission under each scenario: what remains and what is saved."""
    if not found.sides:
        return None
    met = sum(1 for one in found.sides if one.answer.outcome.portfolio is not None)
    title = texts.label("pp.chart.scenarios", met=met, all=len(found.sides))
    subtitle = texts.label("pp.chart.scenarios.subtitle", year=short(found.years[-1]))
    legend = [(WHOLE, texts.label("pp.chart.left")), (LESS, texts.label("pp.chart.saved"))]
    picture = bars([_side(one) for one in found.sides], "scenarios-chart", title, subtitle, legend)
    return Chart("scenarios", title, subtitle, (picture,), tables.scenarios(found))


def _side(one: Side) -> Bar:
    plan, last = one.answer.outcome.portfolio, len(one.setting.path) - 1
    before = one.setting.before(last)
    if plan is None:
        return Bar(
            one.scenario.name, texts.label("optimise.side.none"), (Segment(ZERO, before, TARGET),), is_faded=True
        )
    left = max(ZERO, exact.difference(before, plan.saved[last]))
    text = texts.label("pp.chart.scenario.value", left=number(left), cost=thousands(plan.present_cost))
    return Bar(one.scenario.name, text, (Segment(ZERO, left, WHOLE), Segment(left, before, LESS)))

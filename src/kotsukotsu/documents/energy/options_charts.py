"""Charts of options: cost over the years, front, parts, ways of paying, ranges."""

from __future__ import annotations

from decimal import Decimal

from kotsukotsu.documents.charts.bars import Bar, Segment, bars
from kotsukotsu.documents.charts.model import Chart
from kotsukotsu.documents.energy import options_tables as tables
from kotsukotsu.documents.energy.charts.scatter import Point, scatter
from kotsukotsu.documents.energy.charts.stacked import Series, stacked
from kotsukotsu.documents.energy.charts.tornado import Said, Stretch, tornado
from kotsukotsu.documents.energy.options_tables import THOUSAND, label, name_of
from kotsukotsu.documents.table import Row, Table
from kotsukotsu.energy import exact
from kotsukotsu.energy.options.asked import Swing
from kotsukotsu.energy.options.compare import Compared
from kotsukotsu.rounding import plain, printed

ELECTRICITY, EQUIPMENT, GREEN = "#0072B2", "#E69F00", "#009E73"
FORMS = {"own": "#0072B2", "subsidised": "#009E73", "ppa": "#D55E00"}
ZERO = Decimal(0)
MILLION = 1e6
MOST = 12  # bars of a picture of ranges
LONGEST = 168.0


def _n(value: float, digits: int = 0) -> str:
    return printed(exact.decimal(value), digits)


def money(found: Compared) -> tuple[Chart, ...]:
    """Present cost of everything: electricity, and equipment or another's."""
    best, base = found.ranked[0], found.base
    rows: list[Bar] = []
    table: list[Row] = []
    for one in found.ranked:
        electricity, equipment = (exact.decimal(max(0.0, yen)) for yen in (one.electricity_worth, one.equipment_worth))
        stretches = (Segment(ZERO, electricity, ELECTRICITY), Segment(electricity, electricity + equipment, EQUIPMENT))
        rows.append(Bar(name_of(one), label("million", value=_n(one.whole_worth / MILLION, 1)), stretches,
                        is_strong=one is best))  # fmt: skip
        table.append(
            (
                name_of(one),
                *(
                    tables.f(yen / THOUSAND)
                    for yen in (one.electricity_worth, one.equipment_worth, one.whole_worth, one.npv)
                ),
            )
        )
    less = base.whole_worth - best.whole_worth
    years = plain(found.assumed.rows["years"].value)
    title = label("chart.money", option=name_of(best), yen=_n(less / MILLION, 1), years=years)
    if best is base:
        title = label("chart.money.base", years=years)
    unit = label("chart.money.unit", years=years)
    legend = ((ELECTRICITY, label("legend.electricity")), (EQUIPMENT, label("legend.equipment")))
    heads = tables.heads("option", "electricity", "equipment", "whole", "npv")
    made = Table(label("whole"), "", heads, tuple(table))
    return (Chart("cost", title, unit, (bars(rows, "cost", title, unit, legend),), made),)


def front(found: Compared) -> tuple[Chart, ...]:
    """Cost against CO2; the hours are the size of a point and stand beside it."""
    points = [
        Point(label("point", option=tables.id_of(one), hours=_n(one.hours[0], 1)), one.tonnes,
              one.whole_worth / MILLION, min(1.0, one.hours[0] / LONGEST), one.option.option_id in found.beaten)
        for one in found.ranked
    ]  # fmt: skip
    on = [one for one in found.ranked if one.option.option_id not in found.beaten]
    title = label("chart.front", count=len(on), all=len(found.ranked))
    unit = label("chart.front.unit")
    years = plain(found.assumed.rows["years"].value)
    axes = (label("chart.front.x"), label("chart.front.y", years=years))
    rows: list[Row] = [
        (name_of(one), tables.f(one.whole_worth / THOUSAND), tables.f(one.tonnes, 1), tables.f(one.hours[0], 1),
         tables.f(one.hours[1], 1), tables.front_said(found.beaten.get(one.option.option_id)))
        for one in found.ranked
    ]  # fmt: skip
    made = Table(label("front"), "", tables.heads("option", "whole", "tonnes", "p10", "p50", "front"), tuple(rows))
    return (Chart("front", title, unit, scatter(points, axes, "front", title, unit), made, label("chart.front.note")),)


def pairs(found: Compared) -> tuple[Chart, ...]:
    """What each part saves in a year."""
    if not found.pairs:
        return ()
    order = sorted(found.pairs, key=lambda pair: -pair.saved_yen)
    rows = [
        Bar(label(f"part.{pair.component}"), label("thousand", value=_n(pair.saved_yen / THOUSAND)),
            (Segment(ZERO, exact.decimal(max(0.0, pair.saved_yen)), GREEN),))
        for pair in order
    ]  # fmt: skip
    title = label("chart.pairs", part=label(f"part.{order[0].component}"), yen=_n(order[0].saved_yen / THOUSAND))
    unit = label("chart.pairs.unit", option=name_of(found.one))
    return (Chart("pairs", title, unit, (bars(rows, "pairs", title, unit),), tables.pairs(found)),)


def forms(found: Compared) -> tuple[Chart, ...]:
    """The sum of the cash flow after each year, by way of paying."""
    lines = []
    for way in found.forms:
        if way.found is None:
            continue
        flows = way.found.cash.flows
        sums = [sum(flows[: year + 1]) / MILLION for year in range(len(flows))]
        lines.append(Series(label(f"form.{way.form}"), FORMS[way.form], sums))
    if not lines:
        return ()
    best = max(lines, key=lambda line: line.values[-1] or 0.0)
    names = [tables.year_of(year) for year in range(len(lines[0].values))]
    title = label("chart.forms", form=best.name, years=len(names) - 1)
    unit = label("chart.forms.unit", option=name_of(found.one))
    drawn = stacked(names, (), lines, ident="forms", title=title, description=unit, every=2)
    return (Chart("forms", title, unit, drawn, tables.yearly(found)),)


def swings(found: Compared) -> tuple[Chart, ...]:
    """How far the present value moves with each assumption."""
    moving = [one for one in found.swings if one.width > 0][:MOST]
    if not moving:
        return ()
    rows = [
        Stretch(label("swing", name=label(f"a.{one.key}"), unit=tables.unit_of(one.key)), one.npvs[0] / MILLION,
                one.npvs[1] / MILLION, *(_end(one, place) for place in (0, 1)))
        for one in moving
    ]  # fmt: skip
    now = found.one.npv / MILLION
    title = label("chart.swings", name=label(f"a.{moving[0].key}"), low=_n(min(moving[0].npvs) / MILLION, 1),
                  high=_n(max(moving[0].npvs) / MILLION, 1))  # fmt: skip
    unit = label("chart.swings.unit", option=name_of(found.one))
    said = Said(label("legend.low"), label("legend.high"), label("legend.now", value=_n(now, 1)), label("legend.zero"))
    drawn = tornado(rows, now, said, "swings", title, unit)
    return (Chart("swings", title, unit, drawn, tables.swings(found)),)


def _end(one: Swing, place: int) -> str:
    return label("end", value=tables.given(one.values[place]), npv=_n(one.npvs[place] / MILLION, 1))

"""The charts of an analysis: waterfall of the causes, Pareto of the facilities, index series by item."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from kotsukotsu import texts
from kotsukotsu.accounting import exact
from kotsukotsu.analysis.decomposition import EFFECTS
from kotsukotsu.analysis.index import ItemIndex, Series
from kotsukotsu.analysis.where import main_ones
from kotsukotsu.cli.analyse_formats import View, tables
from kotsukotsu.cli.analyse_formats.index_chart import Line, Panel, index_chart
from kotsukotsu.documents.charts.bars import Bar, Segment, bars
from kotsukotsu.documents.charts.curve import ACCENT, curve
from kotsukotsu.documents.charts.picture import LESS, MORE, WHOLE
from kotsukotsu.documents.groups import chart_group, colours
from kotsukotsu.documents.printing import Printer
from kotsukotsu.documents.table import Table
from kotsukotsu.periods import FiscalYear
from kotsukotsu.rounding import printed

ITEMS, FACILITIES, WIDE_COLUMNS = 6, 12, 2
ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A chart: the finding as title, the measure, one picture or a wide and a narrow one, and its table."""

    title: str
    subtitle: str
    pictures: tuple[str, ...]
    table: Table


def causes(view: View) -> Drawn:
    """Waterfall: from the earlier year over every cause to the later one."""
    report, printer = view.report, Printer(view.report.voice.rounding)
    found = report.causes.effects()
    level = report.causes.before
    rows = [Bar(FiscalYear(report.against).label(), str(printer.emission(level)), _whole(level), is_strong=True)]
    for name in EFFECTS:
        after = exact.total((level, found[name]))
        if not report.voice.is_nothing(found[name]):
            rows.append(_step(name, level, after, printer))
        level = after
    latest = report.causes.after
    rows.append(Bar(FiscalYear(report.fy).label(), str(printer.emission(latest)), _whole(latest), is_strong=True))
    title = _causes_title(view)
    years = {"base": FiscalYear(report.against).label(), "year": FiscalYear(report.fy).label()}
    subtitle = texts.label("an.chart.causes.subtitle", **years, unit=report.voice.unit)
    return Drawn(title, subtitle, (bars(rows, "causes-chart", title, subtitle),), tables.effects(view))


def _step(name: str, before: Decimal, after: Decimal, printer: Printer) -> Bar:
    effect = exact.difference(after, before)
    word = texts.label(f"an.bar.{'less' if effect < 0 else 'more'}", tonnes=str(printer.emission(abs(effect))))
    start, end = sorted((max(before, ZERO), max(after, ZERO)))
    return Bar(texts.label(f"an.effect.{name}"), word, (Segment(start, end, LESS if effect < 0 else MORE),))


def _whole(value: Decimal) -> tuple[Segment, ...]:
    return (Segment(ZERO, max(value, ZERO), WHOLE),)


def _causes_title(view: View) -> str:
    """What took away most, or added most, whichever goes the way of the change."""
    change = view.report.causes.change
    effects = view.report.causes.effects()
    if view.report.voice.is_nothing(change):
        return texts.label("an.chart.causes.title.none")
    name = min(effects, key=lambda name: effects[name]) if change < 0 else max(effects, key=lambda name: effects[name])
    way = "less" if change < 0 else "more"
    return texts.label(f"an.chart.causes.title.{way}", effect=texts.label(f"an.effect.{name}"))


def facilities(view: View) -> Drawn | None:
    """The largest facilities as bars with their cumulative share; none where nothing is emitted."""
    rows = [row for row in view.report.rankings["facility"] if row.latest and row.latest > 0][:FACILITIES]
    if not rows:
        return None
    printer = Printer(view.report.voice.rounding)
    drawn = [
        Bar(
            view.names["facility"](row.key),
            texts.label("an.bar.cumulative", tonnes=str(printer.emission(row.latest)), share=_one(row.cumulative)),
            (Segment(ZERO, row.latest or ZERO, ACCENT),),
        )
        for row in rows
    ]
    first, year = rows[0], FiscalYear(view.report.fy).label()
    data = {"facility": view.names["facility"](first.key), "share": _one(first.share)}
    title = texts.label("an.chart.facilities.title", **data)
    subtitle = texts.label("an.chart.facilities.subtitle", year=year, unit=view.report.voice.unit)
    picture = bars(drawn, "facilities-chart", title, subtitle)
    return Drawn(title, subtitle, (picture,), tables.ranked(view, "facility", tables.PAGE_ROWS))


def pareto(view: View) -> Drawn | None:
    """How few facilities make the share asked for, as a curve over their number; none for one facility."""
    ranked = view.report.rankings["facility"]
    shares = [row.cumulative for row in ranked if row.cumulative is not None]
    count = len(main_ones(ranked))
    if len(shares) < 2:
        return None
    data = {"count": count, "all": len(shares), "reach": view.report.reach, "share": _one(shares[count - 1])}
    title = texts.label("an.chart.pareto.title", **data)
    subtitle = texts.label("an.chart.pareto.subtitle", year=FiscalYear(view.report.fy).label())
    picture = curve(
        shares, count, texts.label("an.chart.pareto.mark", **data), texts.label("an.chart.pareto.axis"),
        "pareto-chart", title, subtitle,
    )  # fmt: skip
    return Drawn(title, subtitle, (picture,), tables.main(view))


def index(view: View) -> Drawn | None:
    """Small multiples of the largest items that have an index; none where no item has one."""
    shown = [one for one in view.report.index if any(one.use_index.values())][:ITEMS]
    if not shown or len(view.report.years) < 2:
        return None
    subtitle = texts.label("an.chart.index.subtitle")
    title = _index_title(view, shown[0])
    panels = [_panel(view, one) for one in shown]
    wide = index_chart(panels, WIDE_COLUMNS, "index-wide", title, subtitle)
    narrow = index_chart(panels, 1, "index-narrow", title, subtitle)
    return Drawn(title, subtitle, (wide, narrow), tables.index(view))


def _index_title(view: View, first: ItemIndex) -> str:
    base = FiscalYear(view.report.against).label()
    return texts.label(
        "an.chart.index.title", item=view.names["item"](first.item), base=base,
        emission=_end(first.emission_index), use=_end(first.use_index),
    )  # fmt: skip


def _panel(view: View, one: ItemIndex) -> Panel:
    return Panel(view.names["item"](one.item), colours()[chart_group(view.items[one.item])], _lines(one))


def _lines(one: ItemIndex) -> tuple[Line, ...]:
    named = (("emission_index", one.emission_index, False), ("use_index", one.use_index, True))
    return tuple(
        Line(series, f"{texts.label(f'an.head.{name}')} {_end(series)}", dashed) for name, series, dashed in named
    )


def _end(series: Series) -> str:
    """The last year's value."""
    value = series[max(series)]
    return texts.label("an.none") if value is None else printed(value, 0)


def _one(value: Decimal | None) -> str:
    return texts.label("an.none") if value is None else printed(value, 1)

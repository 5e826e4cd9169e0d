"""Index series of the largest items: emission and use, the base year as 100."""

from __future__ import annotations

from kotsukotsu import texts
from kotsukotsu.documents.analysis import tables
from kotsukotsu.documents.analysis.view import View
from kotsukotsu.documents.charts.model import Chart
from kotsukotsu.documents.charts.multiples import Line, Panel, Values, multiples
from kotsukotsu.documents.groups import chart_group, colours
from kotsukotsu.periods import FiscalYear
from kotsukotsu.rounding import printed

ITEMS, WIDE_COLUMNS = 6, 2
NAMES = ("emission_index", "use_index")


def index(view: View) -> Chart | None:
    """Small multiples of the largest items that have an index; none where no item has one."""
    shown = [one for one in view.report.index if any(one.use_index.values())][:ITEMS]
    if not shown or len(view.report.years) < 2:
        return None
    subtitle = texts.label("an.chart.index.subtitle")
    first, base = shown[0], FiscalYear(view.report.against).name
    title = texts.label(
        "an.chart.index.title", item=view.names["item"](first.item), base=base,
        emission=_end(first.emission_index), use=_end(first.use_index),
    )  # fmt: skip
    panels = [_panel(view, one.item, (one.emission_index, one.use_index)) for one in shown]
    wide = multiples(panels, WIDE_COLUMNS, "index-wide", title, subtitle)
    narrow = multiples(panels, 1, "index-narrow", title, subtitle)
    return Chart("index", title, subtitle, (wide, narrow), tables.index(view))


def _panel(view: View, item: str, series: tuple[Values, Values]) -> Panel:
    lines = tuple(
        Line(values, f"{texts.label(f'an.head.{name}')} {_end(values)}", name == "use_index")
        for name, values in zip(NAMES, series, strict=True)
    )
    return Panel(view.names["item"](item), colours()[chart_group(view.items[item])], lines)


def _end(series: Values) -> str:
    """The last year's value."""
    value = series[max(series)]
    return texts.label("an.none") if value is None else printed(value, 0)

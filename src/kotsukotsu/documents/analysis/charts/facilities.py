"""The largest facilities as bars, and how few make the share asked for."""

from __future__ import annotations

from decimal import Decimal

from kotsukotsu import texts
from kotsukotsu.documents.analysis import figures, tables
from kotsukotsu.documents.analysis.view import View
from kotsukotsu.documents.charts.bars import Bar, Segment, bars
from kotsukotsu.documents.charts.curve import ACCENT, curve
from kotsukotsu.documents.charts.model import Chart
from kotsukotsu.documents.printing import Printer
from kotsukotsu.periods import FiscalYear
from kotsukotsu.rounding import printed

MOST = 12
ZERO = Decimal(0)


def facilities(view: View) -> Chart | None:
    """The largest facilities as bars with their cumulative share; none where nothing is emitted."""
    rows = [row for row in view.report.rankings["facility"] if row.latest and row.latest > 0][:MOST]
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
    first, year = rows[0], FiscalYear(view.report.fy).name
    data = {"facility": view.names["facility"](first.key), "share": _one(first.share)}
    title = texts.label("an.chart.facilities.title", **data)
    subtitle = texts.label("an.chart.facilities.subtitle", year=year, unit=view.report.voice.unit)
    picture = bars(drawn, "facilities-chart", title, subtitle)
    return Chart("facilities", title, subtitle, (picture,), tables.ranked(view, "facility", tables.PAGE_ROWS))


def pareto(view: View) -> Chart | None:
    """How few facilities make the share asked for, as a curve over their number; none for one facility."""
    shares = [row.cumulative for row in view.report.rankings["facility"] if row.cumulative is not None]
    count = figures.count_of_main(view)
    if len(shares) < 2:
        return None
    data = {"count": count, "all": len(shares), "reach": view.report.reach, "share": _one(shares[count - 1])}
    title = texts.label("an.chart.pareto.title", **data)
    subtitle = texts.label("an.chart.pareto.subtitle", year=FiscalYear(view.report.fy).name)
    picture = curve(
        shares, count, texts.label("an.chart.pareto.mark", **data), texts.label("an.chart.pareto.axis"),
        "pareto-chart", title, subtitle,
    )  # fmt: skip
    return Chart("pareto", title, subtitle, (picture,), tables.main(view))


def _one(value: Decimal | None) -> str:
    return texts.label("an.none") if value is None else printed(value, 1)

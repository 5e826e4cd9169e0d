"""Waterfall: from the earlier year over every cause to the later one."""

from __future__ import annotations

from decimal import Decimal

from kotsukotsu import texts
from kotsukotsu.documents.analysis import figures, tables
from kotsukotsu.documents.analysis.figures import Step
from kotsukotsu.documents.analysis.view import View
from kotsukotsu.documents.charts.bars import Bar, Segment, bars
from kotsukotsu.documents.charts.model import Chart
from kotsukotsu.documents.charts.picture import LESS, MORE, WHOLE
from kotsukotsu.documents.printing import Figure
from kotsukotsu.periods import FiscalYear

ZERO = Decimal(0)


def causes(view: View) -> Chart:
    """The chart."""
    first, last = figures.ends(view)
    base, year = FiscalYear(view.report.against).name, FiscalYear(view.report.fy).name
    rows = [_end(base, first), *map(_step, figures.steps(view)), _end(year, last)]
    way, effect = figures.leading(view)
    title = texts.label(f"an.chart.causes.title.{way}", effect=effect)
    subtitle = texts.label("an.chart.causes.subtitle", base=base, year=year, unit=view.report.voice.unit)
    return Chart("causes", title, subtitle, (bars(rows, "causes-chart", title, subtitle),), tables.effects(view))


def _end(label: str, total: Figure) -> Bar:
    return Bar(label, total.text, (Segment(ZERO, max(total.exact or ZERO, ZERO), WHOLE),), is_strong=True)


def _step(step: Step) -> Bar:
    word = texts.label(f"an.bar.{'less' if step.is_less else 'more'}", tonnes=step.size.text)
    start, end = sorted((max(step.before, ZERO), max(step.after, ZERO)))
    return Bar(step.name, word, (Segment(start, end, LESS if step.is_less else MORE),))

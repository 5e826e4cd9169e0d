"""From the base year to this year: what each item took away or added."""

from __future__ import annotations

from decimal import Decimal

from kotsukotsu import texts
from kotsukotsu.documents import tables
from kotsukotsu.documents.charts.bars import Bar, Segment, bars
from kotsukotsu.documents.charts.model import Chart
from kotsukotsu.documents.charts.picture import LESS, MORE, WHOLE
from kotsukotsu.documents.model import Overview, Part

ZERO = Decimal(0)


def changes(found: Overview) -> Chart | None:
    """The chart; none where there is nothing to compare with, or the year lacks quantities."""
    if found.year.is_incomplete or found.is_base or found.totals.base.exact is None or found.totals.total.exact is None:
        return None
    steps = sorted((part for part in found.groups if part.change.exact), key=lambda part: part.change.exact or ZERO)
    rows = [_whole(found.base_label, found.totals.base.exact, str(found.totals.base))]
    level = found.totals.base.exact
    for part in steps:
        rows.append(_step(part, level))
        level += part.change.exact or ZERO
    rows.append(_whole(found.year.label, found.totals.total.exact, str(found.totals.total)))
    title = _title(steps)
    subtitle = texts.label("doc.chart.changes.subtitle", base=found.base_label, year=found.year.label, unit=found.unit)
    return Chart(
        "changes",
        title,
        subtitle,
        (bars(rows, "changes-chart", title, subtitle),),
        tables.changes(found),
        _causes(found),
    )


def _whole(name: str, value: Decimal, text: str) -> Bar:
    return Bar(name, text, (Segment(ZERO, value, WHOLE),), is_strong=True)


def _step(part: Part, level: Decimal) -> Bar:
    change = part.change.exact or ZERO
    is_less = change < 0
    word = texts.label("doc.bar.less" if is_less else "doc.bar.more", change=part.change)
    start, end = sorted((level, level + change))
    return Bar(part.name, word, (Segment(start, end, LESS if is_less else MORE),))


def _title(steps: list[Part]) -> str:
    """What fell most and what rose most, whichever there is."""
    if not steps:
        return texts.label("doc.chart.changes.none")
    first, last = steps[0], steps[-1]
    falls, rises = (first.change.exact or ZERO) < 0, (last.change.exact or ZERO) > 0
    if falls and rises:
        return texts.label("doc.chart.changes.both", fallen=first.name, risen=last.name)
    if falls:
        return texts.label("doc.chart.changes.fallen", fallen=first.name)
    return texts.label("doc.chart.changes.risen", risen=last.name)


def _causes(found: Overview) -> str:
    """How much of the change is use, and how much is factors."""
    if found.totals.by_use.exact is None:
        return texts.label("doc.causes.unknown")
    return texts.label(
        "doc.causes",
        change=found.totals.change,
        use=found.totals.by_use,
        factors=found.totals.by_factors,
        unit=found.unit,
    )

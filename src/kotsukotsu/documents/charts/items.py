"""Items of the year by emission."""

from __future__ import annotations

from decimal import Decimal

from kotsukotsu import texts
from kotsukotsu.documents import tables
from kotsukotsu.documents.charts.bars import Bar, Segment, bars
from kotsukotsu.documents.charts.model import Chart
from kotsukotsu.documents.groups import OTHER, colours
from kotsukotsu.documents.model import Overview
from kotsukotsu.documents.rest import first_and_rest

MOST = 9
ZERO = Decimal(0)


def items(found: Overview) -> Chart | None:
    """The chart; none where the year has no emission."""
    shown = first_and_rest(found, found.items, MOST, "doc.rest.items")
    if not shown:
        return None
    rows = [
        Bar(line.name, texts.label("doc.bar.share", tonnes=line.tonnes, share=line.share),
            (Segment(ZERO, max(line.tonnes.exact or ZERO, ZERO), colours()[line.belongs or OTHER]),))
        for line in shown
    ]  # fmt: skip
    title = texts.label("doc.chart.items.title", item=shown[0].name, share=shown[0].share)
    subtitle = texts.label("doc.chart.items.subtitle", year=found.year.label, unit=found.unit)
    return Chart(
        "items", title, subtitle, (bars(rows, "items-chart", title, subtitle),), tables.items_ranked(found)
    )  # fmt: skip

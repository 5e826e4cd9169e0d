"""The largest facilities, and how few of them make most of the total."""

from __future__ import annotations

from decimal import Decimal

from kotsukotsu import texts
from kotsukotsu.documents import tables
from kotsukotsu.documents.charts.bars import Bar, Segment, bars
from kotsukotsu.documents.charts.curve import ACCENT, curve
from kotsukotsu.documents.charts.model import Chart
from kotsukotsu.documents.groups import OTHER, colours
from kotsukotsu.documents.model import Overview
from kotsukotsu.documents.rest import first_and_rest

MOST = 10
ZERO = Decimal(0)


def facilities(found: Overview) -> Chart | None:
    """The ten largest as bars, the others as one; none where the year has no emission."""
    shown = first_and_rest(found, found.facilities, MOST, "doc.rest.facilities")
    if not shown:
        return None
    rows = [
        Bar(line.name, texts.label("doc.bar.share", tonnes=line.tonnes, share=line.share),
            (Segment(ZERO, max(line.tonnes.exact or ZERO, ZERO), colours()[OTHER] if rank >= MOST else ACCENT),))
        for rank, line in enumerate(shown)
    ]  # fmt: skip
    title = texts.label("doc.chart.facilities.title", facility=shown[0].name, share=shown[0].share)
    subtitle = texts.label("doc.chart.facilities.subtitle", year=found.year.label, unit=found.unit)
    picture = bars(rows, "facilities-chart", title, subtitle)
    return Chart("facilities", title, subtitle, (picture,), tables.facilities(found, MOST))


def reach(found: Overview) -> Chart | None:
    """How many facilities make 90 % of the total."""
    shares = [part.cumulative.exact for part in found.emitting if part.cumulative.exact is not None]
    if not shares:
        return None
    count = found.reach(tables.PARETO)
    data = {"count": f"{count:,}", "all": f"{len(shares):,}", "mark": tables.PARETO}
    title = texts.label("doc.chart.reach.title", **data)
    subtitle = texts.label("doc.chart.reach.subtitle", year=found.year.label)
    picture = curve(
        shares, count, texts.label("doc.chart.reach.mark", **data), texts.label("doc.chart.reach.axis"),
        "reach-chart", title, subtitle,
    )  # fmt: skip
    return Chart("reach", title, subtitle, (picture,), tables.reaches(found))

"""The study of outages: how long critical loads live, whenever the grid fails."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

import numpy as np

from kotsukotsu import texts
from kotsukotsu.documents.charts.bars import Bar, Segment, bars
from kotsukotsu.documents.charts.model import Chart
from kotsukotsu.documents.energy import given
from kotsukotsu.documents.energy.charts.heatmap import heatmap
from kotsukotsu.documents.energy.study import Part, Study, figure, footer
from kotsukotsu.documents.energy.survive_model import Survived
from kotsukotsu.documents.table import Row, Table
from kotsukotsu.energy import exact
from kotsukotsu.energy.site import Site
from kotsukotsu.energy.survival import Survival
from kotsukotsu.findings import Finding
from kotsukotsu.rounding import plain, printed

STEPS = (3, 6, 12, 24, 48, 72, 168)
COLOURS = ("#7a0000", "#d65f00", "#f2b134", "#8fc1e3", "#2f7fc1", "#0b2e7a")
EDGES = (6, 12, 24, 72, 168)
HUNDRED, ZERO = Decimal(100), Decimal(0)


def study(site: Site, found: Survived, findings: tuple[Finding, ...], made: date) -> Study:
    """Sentences, share of the starts that live so long, every half-hour of the year, the list of loads."""
    year = site.fiscal_year.name
    said = (texts.label("energy.synthetic"),) if site.synthetic else ()
    parts = (
        Part("clock", label("part.clock"), (_clock(found),)),
        Part("year", label("part.year"), (_year(site, found),), on_terminal=False),
        Part("loads", label("part.loads"), tables=(_loads(found),)),
        given.part(found.given),
    )
    banners = (*said, *found.chosen, label("assumed", share=_pct(found.reserve)))
    return Study(label("title", site=site.name, year=year), banners, _sentences(found), parts, _data(site, found),
                 (*given.finding(found.given), *findings), footer(site.name, year, made), made)  # fmt: skip


def label(key: str, /, **more: Any) -> str:
    """A text of this study."""
    return texts.label(f"energy.survive.{key}", **more)


def _pct(share: float) -> str:
    return printed(exact.decimal(100 * share))


def _hours(hours: float) -> str:
    return printed(exact.decimal(hours), 0 if hours == int(hours) else 1)


def _sentences(found: Survived) -> tuple[str, ...]:
    with_cars, without = found.with_cars, found.without_cars
    names = texts.label("energy.size.and").join(load.name for load in found.kept)
    return (
        label("headline", p10=_hours(with_cars.p10), p50=_hours(with_cars.p50), longest=_hours(with_cars.longest)),
        label("without", p10=_hours(without.p10), p50=_hours(without.p50)),
        label("kept" if names else "kept.none", hours=_hours(found.hours), names=names),
        *_lost(found),
        *_sure(found),
    )


def _lost(found: Survived) -> Iterator[str]:
    """What outages cost."""
    if found.loss is not None:
        one = found.loss
        yield label("loss", hours=_hours(one.length), often=plain(exact.decimal(one.per_year)), years=one.years,
                    before=printed(exact.decimal(one.before)), after=printed(exact.decimal(one.after)),
                    lost=printed(exact.decimal(one.lost), 1))  # fmt: skip


def _sure(found: Survived) -> Iterator[str]:
    """How sure backup generators are."""
    if found.backup is not None:
        one = found.backup
        sure, alone = (printed(exact.decimal(100 * share), 1) for share in (one.sure, one.alone))
        yield label("backup", count=one.count, kw=plain(exact.decimal(one.kw)), hours=_hours(one.hours), sure=sure,
                    alone=alone)  # fmt: skip


def _clock(found: Survived) -> Chart:
    rows, table = [], []
    for hours in STEPS:
        shares = [exact.decimal(100 * one.share(hours)) for one in (found.with_cars, found.without_cars)]
        rows.append(
            Bar(label("hours", hours=hours), f"{printed(shares[0], 1)}%", (Segment(ZERO, shares[0], "#0017c1"),))
        )
        table.append((label("hours", hours=hours), figure(shares[0], 1), figure(shares[1], 1)))
    title = label("clock", share=_pct(found.with_cars.share(72)))
    picture = bars(rows, "clock", title, label("clock.unit"))
    made = Table(label("clock.table"), "%", (label("length"), label("with_cars"), label("without_cars")), tuple(table))
    return Chart("clock", title, label("clock.unit"), (picture,), made)


def _year(site: Site, found: Survived) -> Chart:
    hours = found.with_cars.hours
    cells = np.digitize(hours, EDGES).astype(np.uint8)
    legend = list(zip(COLOURS, (label("class.first", to=EDGES[0]), *(
        label("class", start=low, end=high) for low, high in pairwise(EDGES)
    ), label("class.last", start=EDGES[-1])), strict=True))  # fmt: skip
    title = label("year", share=_pct(float((hours < 24).mean())))
    drawn = heatmap(cells, COLOURS, legend, site.calendar, ident="outages", title=title, description=label("year.unit"))
    rows: list[Row] = []
    for number, month in enumerate(site.calendar.months):
        part = np.sort(hours[site.calendar.month_index == number])
        values = (part[int(0.1 * len(part))], part[int(0.5 * len(part))], part[0])
        rows.append((str(month), *(figure(exact.decimal(float(value)), 1) for value in values)))
    headings = (label("month"), "P10", "P50", label("shortest"))
    return Chart(
        "outages", title, label("year.unit"), drawn, Table(label("year.table"), label("h"), headings, tuple(rows))
    )


def _loads(found: Survived) -> Table:
    kept = {load.name for load in found.kept}
    rows: list[Row] = [
        (load.name, figure(exact.decimal(float(load.kw.max())), 1), label("yes" if load.name in kept else "no"))
        for load in sorted(found.loads, key=lambda load: load.rank)
    ]
    return Table(
        label("loads", hours=_hours(found.hours)), "kW", (label("load"), label("kw"), label("lives")), tuple(rows)
    )


def _data(site: Site, found: Survived) -> dict[str, Any]:
    def told(one: Survival) -> dict[str, Any]:
        return {"p10_hours": plain(exact.decimal(one.p10)), "p50_hours": plain(exact.decimal(one.p50)),
                "share": {str(hours): plain(exact.decimal(one.share(hours))) for hours in STEPS}}  # fmt: skip

    return {
        "site": site.name,
        "fiscal_year": site.fiscal_year.number,
        "starts": len(found.with_cars.hours),
        "with_cars": told(found.with_cars),
        "without_cars": told(found.without_cars),
        "hours_asked": plain(exact.decimal(found.hours)),
        "loads_kept": [load.name for load in found.kept],
        "battery_share_at_start": plain(exact.decimal(found.reserve)),
        "outage_cost_yen": None if found.loss is None else plain(exact.decimal(found.loss.after)),
        "outage_cost_without_yen": None if found.loss is None else plain(exact.decimal(found.loss.before)),
        "backup_probability": None if found.backup is None else plain(exact.decimal(found.backup.sure)),
        "assumed": given.data(found.given),
    }

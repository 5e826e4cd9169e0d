"""Charts of a year's bills."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

import numpy as np

from kotsukotsu import periods, texts
from kotsukotsu.documents.charts.bars import Bar, Segment, bars
from kotsukotsu.documents.charts.model import Chart
from kotsukotsu.documents.energy import bill_tables as tables
from kotsukotsu.documents.energy.bill_tables import label
from kotsukotsu.documents.energy.charts.heatmap import heatmap, shades
from kotsukotsu.documents.energy.charts.stacked import Series, stacked
from kotsukotsu.documents.energy.meters import Meter
from kotsukotsu.documents.energy.study import figure, moment_name, month_name
from kotsukotsu.documents.table import Cell, Table
from kotsukotsu.energy import exact
from kotsukotsu.energy.exact import Values
from kotsukotsu.energy.room import Room
from kotsukotsu.energy.site import Site
from kotsukotsu.energy.slots import KW_PER_KWH
from kotsukotsu.rounding import printed

COLOURS = {
    "demand": "#6a3d9a", "energy": "#0072B2", "adjustment": "#E69F00", "network": "#56B4E9", "levy": "#009E73",
    "tax": "#767676",
}  # fmt: skip
CONTRACT, LEFT = "#ce0000", "#b8d4f0"
STEPS = 9
MOST = 4  # meters with a picture of their own
ZERO = Decimal(0)
HUNDRED = Decimal(100)


def composition(found: Sequence[Meter]) -> Chart:
    """What the bill is made of, month by month."""
    groups, table = tables.shown(found), tables.composition(found)
    sums = {group: sum((tables.amount(month.lines, group) for one in found for month in one.bill.months), ZERO)
            for group in groups}  # fmt: skip
    most = max(sums, key=lambda group: sums[group])
    share = sums[most] / (sum(sums.values()) or 1) * HUNDRED
    title = label("chart.composition", part=label(f"group.{most}"), share=printed(share))
    months = [month_name(month.month.month) for month in found[0].bill.months]
    parts = [
        Series(label(f"group.{group}"), COLOURS[group],
               [float(sum((tables.amount(one.bill.months[number].lines, group) for one in found), ZERO))
                for number in range(len(months))])
        for group in groups
    ]  # fmt: skip
    subtitle = label("chart.composition.unit")
    drawn = stacked(months, parts, ident="composition", title=title, description=subtitle)
    return Chart("composition", title, subtitle, drawn, table)


def maxima(found: Sequence[Meter]) -> tuple[Chart, ...]:
    """Each month's maximum and the power that it was billed for, of the largest meters."""
    charts = []
    largest = sorted(found, key=lambda one: -max(month.maximum.kw for month in one.bill.months))[:MOST]
    for number, one in enumerate(largest):
        months = one.bill.months
        highest = max(months, key=lambda month: month.maximum.kw)
        at = moment_name(one.bill.calendar.moment(highest.maximum.slot))
        title = label("chart.maxima", meter=one.name, kw=printed(highest.maximum.kw), at=at)
        parts = [Series(label("maximum"), COLOURS["energy"], [float(month.maximum.kw) for month in months])]
        powers = [float(month.contract.kw) if month.contract else None for month in months]
        across = [Series(label("contract"), CONTRACT, powers)] if any(power is not None for power in powers) else []
        drawn = stacked([month_name(month.month.month) for month in months], parts, across, ident=f"maxima-{number}",
                        title=title, description=label("chart.maxima.unit"))  # fmt: skip
        charts.append(Chart(f"maxima-{number}", title, label("chart.maxima.unit"), drawn, tables.maxima(one)))
    return tuple(charts)


def rooms(found: Sequence[Meter]) -> tuple[Chart, ...]:
    """How much is left under the contract in the last month."""
    rows = [_room(one.name, one.room) for one in found if one.room]
    if not rows:
        return ()
    title = label("chart.room", month=periods.month_name(found[0].bill.months[-1].month))
    legend = ((COLOURS["energy"], label("maximum")), (LEFT, label("left")))
    picture = bars(rows, "room", title, label("chart.room.unit"), legend)
    return (Chart("room", title, label("chart.room.unit"), (picture,), tables.rooms(found)),)


def _room(name: str, left: Room) -> Bar:
    """The maximum and what is left under the contract, or what is above an agreed one."""
    low, high = sorted((left.maximum_kw, left.contract_kw))
    colour = CONTRACT if left.left_kw < 0 else LEFT
    part = "passed" if left.left_kw < 0 else "agreed" if left.agreed else "value"
    text = label(f"chart.room.{part}", left=printed(abs(left.left_kw)), yen=printed(left.yen_per_kw))
    return Bar(name, text, (Segment(ZERO, low, COLOURS["energy"]), Segment(low, high, colour)))


def halfhours(found: Sequence[Meter], site: Site) -> tuple[Chart, ...]:
    """The power of every half-hour of the year, all meters together."""
    kwh = np.sum([one.bill.load for one in found], axis=0)
    kw = kwh * KW_PER_KWH
    top = float(kw.max()) or 1.0
    cells = np.minimum((kw / top * STEPS).astype(np.uint8), STEPS - 1)
    colours = shades(STEPS, "#e8f1fe", "#00118f")
    edges = [top * place / STEPS for place in range(STEPS + 1)]
    between = [texts.label("sign.to").join(printed(exact.decimal(one)) for one in pair) for pair in pairwise(edges)]
    legend = [(colours[place], f"{between[place]} kW") for place in (0, STEPS // 2, STEPS - 1)]
    at = site.calendar.moment(int(kw.argmax()))
    title = label("chart.halfhours", kw=printed(exact.decimal(top)), at=moment_name(at))
    subtitle = label("chart.halfhours.unit")
    drawn = heatmap(cells, colours, legend, site.calendar, ident="halfhours", title=title, description=subtitle)
    return (Chart("halfhours", title, subtitle, drawn, _by_hour(kw, site)),)


def _by_hour(kw: Values, site: Site) -> Table:
    """Mean and highest power by month and hour band: the picture's figures as a table."""
    calendar = site.calendar
    rows: list[tuple[Cell, ...]] = []
    for number, month in enumerate(calendar.months):
        here = calendar.month_index == number
        bands = [kw[here & (calendar.koma > 12 * band) & (calendar.koma <= 12 * band + 12)] for band in range(4)]
        cells = [figure(exact.decimal(float(part.mean()))) for part in bands]
        rows.append((str(month), *cells, figure(exact.decimal(float(kw[here].max())))))
    headings = (label("month"), *(label("band", start=f"{6 * band}", end=f"{6 * band + 6}") for band in range(4)),
                label("maximum"))  # fmt: skip
    return Table(texts.label("energy.bill.by_hour"), "kW", headings, tuple(rows))

"""Charts of a matching."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from kotsukotsu import texts
from kotsukotsu.documents.charts.bars import Bar, Segment, bars
from kotsukotsu.documents.charts.model import Chart
from kotsukotsu.documents.energy import match_tables as tables
from kotsukotsu.documents.energy.charts.heatmap import heatmap
from kotsukotsu.documents.energy.charts.stacked import Series, stacked
from kotsukotsu.documents.energy.match_tables import label, level
from kotsukotsu.documents.energy.study import figure, month_name
from kotsukotsu.documents.table import Cell, Table
from kotsukotsu.energy.match.battery import Battery
from kotsukotsu.energy.match.carbon import Saved
from kotsukotsu.energy.match.ladder import Rung
from kotsukotsu.energy.match.model import Matching
from kotsukotsu.rounding import printed

HUNDRED, ZERO = Decimal(100), Decimal(0)
MATCHED, PARTLY, LITTLE, SHORT, OVER, MUCH = "#0017c1", "#4979f5", "#b8cdfc", "#b4b4b4", "#ffe380", "#e5b800"
COLOURS = (SHORT, LITTLE, PARTLY, MATCHED, OVER, MUCH)
Cells = NDArray[np.uint8]
CLASSES = ("none", "little", "partly", "matched", "over", "much")


def rungs(found: Sequence[Rung]) -> Chart:
    """The ladder of coverage."""
    title = label("chart.ladder", year=_pct(found[0]), half=_pct(found[-1]))
    rows = [_bar(level(one.level), one) for one in found]
    picture = bars(rows, "ladder", title, label("chart.ladder.unit"))
    return Chart("ladder", title, label("chart.ladder.unit"), (picture,), tables.rungs(found))


def batteries(without: Rung, found: Sequence[tuple[Battery, Rung]]) -> Chart:
    """The half-hourly coverage with batteries of several sizes."""
    best, most = found[-1]
    title = label("chart.battery", size=str(best.mwh), share=_pct(most))
    rows = [_bar(label("battery.none"), without), *(_bar(f"{one.mwh} MWh", rung) for one, rung in found)]
    picture = bars(rows, "battery", title, label("chart.battery.unit"))
    return Chart("battery", title, label("chart.battery.unit"), (picture,), tables.batteries(found, without))


def carbon(found: Sequence[Saved]) -> Chart:
    """Tonnes by the yearly claim and by the half-hour."""
    title = label("chart.carbon", year=printed(found[0].tonnes), half=printed(found[-1].tonnes))
    rows = [Bar(level(one.level), f"{printed(one.tonnes)} t", (Segment(ZERO, one.tonnes, MATCHED),)) for one in found]
    picture = bars(rows, "carbon", title, label("chart.carbon.unit"))
    return Chart("carbon", title, label("chart.carbon.unit"), (picture,), tables.carbon(found))


def months(found: Matching) -> Chart:
    """Use of each month, matched and not, and what arrived."""
    names = [month_name(month.month) for month in found.calendar.months]
    sums = [tables.month_sums(found, number) for number in range(len(names))]
    worst = min(range(len(names)), key=lambda number: sums[number][2] / (sums[number][1] or 1))
    share = printed(sums[worst][2] / (sums[worst][1] or 1) * HUNDRED)
    title = label("chart.months", month=names[worst], share=share)
    parts = [
        Series(label("matched"), MATCHED, [float(matched) for _, _, matched in sums]),
        Series(label("short"), SHORT, [float(load - matched) for _, load, matched in sums]),
    ]
    arrived = Series(label("delivered"), "#7a5c00", [float(delivered) for delivered, _, _ in sums])
    drawn = stacked(names, parts, [arrived], ident="months", title=title, description=label("chart.months.unit"))
    return Chart("months", title, label("chart.months.unit"), drawn, tables.months(found))


def halfhours(found: Matching) -> Chart:
    """Each half-hour: matched, wanting or over."""
    cells = classes(found)
    covered = printed(Decimal(int((cells >= CLASSES.index("matched")).sum())) / len(cells) * HUNDRED)
    title = label("chart.halfhours", share=covered)
    legend = [(colour, label(f"class.{name}")) for colour, name in zip(COLOURS, CLASSES, strict=True)]
    drawn = heatmap(cells, COLOURS, legend, found.calendar, ident="match", title=title,
                    description=label("chart.halfhours.unit"))  # fmt: skip
    return Chart("match", title, label("chart.halfhours.unit"), drawn, _counted(cells, found))


def _counted(cells: Cells, found: Matching) -> Table:
    """How many half-hours of each month are of each class: the picture's figures as a table."""
    calendar = found.calendar
    rows: list[tuple[Cell, ...]] = []
    for number, month in enumerate(calendar.months):
        counts = np.bincount(cells[calendar.month_index == number], minlength=len(CLASSES))
        rows.append((str(month), *(figure(Decimal(int(count))) for count in counts)))
    sums = np.bincount(cells, minlength=len(CLASSES))
    total: tuple[Cell, ...] = (texts.label("total"), *(figure(Decimal(int(count))) for count in sums))
    heads = (label("month"), *(label(f"class.{name}") for name in CLASSES))
    return Table(label("classes"), label("classes.unit"), heads, tuple(rows), (total,))


def classes(found: Matching) -> Cells:
    """Which of `CLASSES` each half-hour is."""
    load, arrived = found.load, found.delivered
    made = np.full(len(load), CLASSES.index("little"), np.uint8)
    made[arrived == 0] = CLASSES.index("none")
    made[2 * arrived >= load] = CLASSES.index("partly")
    made[arrived >= load] = CLASSES.index("matched")
    made[4 * arrived > 5 * load] = CLASSES.index("over")
    made[arrived > 2 * load] = CLASSES.index("much")
    return made


def _bar(name: str, one: Rung) -> Bar:
    whole = (Segment(ZERO, one.share * HUNDRED, MATCHED), Segment(one.share * HUNDRED, HUNDRED, "#e6e6e6"))
    return Bar(name, f"{_pct(one)}%", whole)


def _pct(one: Rung) -> str:
    return printed(one.share * HUNDRED, 1)

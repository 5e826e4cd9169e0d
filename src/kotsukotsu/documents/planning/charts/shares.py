"""Bars of a plan: targets by sector, indicators on their way to the aim."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from kotsukotsu import texts
from kotsukotsu.documents.charts.bars import Bar, Segment, bars
from kotsukotsu.documents.charts.model import Chart
from kotsukotsu.documents.charts.picture import LESS, WHOLE
from kotsukotsu.documents.planning import tables
from kotsukotsu.documents.planning.charts.lines import ACTUAL, TARGET
from kotsukotsu.documents.planning.figures import number, year
from kotsukotsu.documents.planning.outlook import Outlook
from kotsukotsu.planning.kpis import Kpi
from kotsukotsu.planning.targets import SectorTarget
from kotsukotsu.rounding import plain

ZERO, HUNDRED, MARK = Decimal(0), Decimal(100), Decimal("0.8")


def sectors(found: Outlook) -> Chart | None:
    """Figure 20: what each sector keeps and what it is to save, by the table with the gap."""
    made = found.sectors
    if made is None:
        return None
    parts = [one for one in made.table_b.sectors if one.base]
    largest = max(parts, key=lambda one: one.reduction)
    goal = year(found.aims[0].milestone.fiscal_year)
    title = texts.label("pp.chart.sectors", sector=texts.label(f"sector.{largest.sector}"), goal=goal)
    subtitle = texts.label("pp.chart.sectors.subtitle", unit=tables.TONNES)
    legend = [(WHOLE, texts.label("pp.chart.left")), (LESS, texts.label("pp.chart.saved"))]
    picture = bars([_sector(one) for one in parts], "sectors-chart", title, subtitle, legend)
    return Chart("sectors", title, subtitle, (picture,), tables.sectors(found))


def _sector(one: SectorTarget) -> Bar:
    left = max(ZERO, one.base - one.reduction)
    text = texts.label("pp.chart.sector.value", reduction=number(one.reduction), pct=number(one.pct, 1))
    return Bar(texts.label(f"sector.{one.sector}"), text, (Segment(ZERO, left, WHOLE), Segment(left, one.base, LESS)))


def kpis(given: Sequence[Kpi]) -> Chart | None:
    """Indicators with numerator and denominator; a red mark where the first aim lies."""
    first: dict[str, Kpi] = {}
    for one in given:
        first.setdefault(one.aim.kpi, one)
    known = [one for one in first.values() if one.pct is not None]
    if not first:
        return None
    reached = sum(1 for one in known if one.pct is not None and one.pct >= one.aim.aim_pct)
    title = texts.label("pp.chart.kpis", reached=reached, all=len(first))
    if len(known) < len(first):
        title = texts.label("pp.chart.kpis.unknown", title=title, unknown=len(first) - len(known))
    subtitle = texts.label("pp.chart.kpis.subtitle")
    legend = [(ACTUAL, texts.label("pp.chart.now")), (TARGET, texts.label("pp.chart.aim"))]
    picture = bars([_kpi(one) for one in first.values()], "kpis-chart", title, subtitle, legend)
    return Chart("kpis", title, subtitle, (picture,), tables.kpis(given))


def _kpi(one: Kpi) -> Bar:
    aim = one.aim.aim_pct
    mark = Segment(aim - MARK, aim, TARGET)
    counts = {"numerator": number(one.numerator), "denominator": number(one.denominator), "unit": one.aim.unit}
    now = f"{number(one.pct, 1)}%" if one.pct is not None else texts.none()
    text = texts.label("pp.chart.kpi.value", now=now, aim=plain(aim), year=one.aim.aim_fy)
    done = (Segment(ZERO, min(one.pct, HUNDRED), ACTUAL),) if one.pct is not None else ()
    return Bar(
        texts.label("pp.chart.kpi.name", name=one.aim.name, **counts),
        text,
        (*done, Segment(HUNDRED, HUNDRED, TARGET), mark),
    )

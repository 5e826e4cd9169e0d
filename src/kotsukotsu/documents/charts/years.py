"""Emissions by fiscal year, stacked by item."""

from __future__ import annotations

from decimal import Decimal

from kotsukotsu import texts
from kotsukotsu.documents import tables
from kotsukotsu.documents.charts.bars import Bar, Segment, bars
from kotsukotsu.documents.charts.columns import Column, columns
from kotsukotsu.documents.charts.model import Chart
from kotsukotsu.documents.groups import OTHER, colours
from kotsukotsu.documents.model import COMPLETE, INCOMPLETE, PRINTED, Overview, Year
from kotsukotsu.documents.sentences import size
from kotsukotsu.periods import era_year


def years(found: Overview) -> Chart:
    """The chart."""
    title = _title(found)
    subtitle = texts.label("doc.chart.years.subtitle", unit=found.unit)
    table = tables.by_year(found)
    names = dict(found.groups_named)
    painted = {code: colours()[code] for code in names}
    wide = columns([_column(found, year) for year in found.years], painted, names, "years-wide", title, subtitle)
    narrow = bars(
        [_bar(found, year, painted) for year in found.years], "years-narrow", title, subtitle,
        legend=[(painted[code], name) for code, name in names.items()],
    )  # fmt: skip
    return Chart("years", title, subtitle, (wide, narrow), table, table.note)


def _title(found: Overview) -> str:
    data = {"year": found.year.label, "total": found.totals.total, "unit": found.unit, "base": found.base_label}
    if found.year.is_incomplete:
        return texts.label("doc.chart.years.incomplete", **data)
    if found.is_base or found.totals.rate.exact is None:
        return texts.label("doc.chart.years.title", **data)
    way = "less" if found.totals.rate.exact < 0 else "more"
    return texts.label(f"doc.chart.years.{way}", **data, rate=size(str(found.totals.rate)))


def _marks(found: Overview, year: Year) -> list[str]:
    """Words on a year: that it is the base year, that it is not complete."""
    base = [texts.label("doc.base.short")] if year.fy == found.base_fy else []
    return base if year.state == COMPLETE else [*base, texts.label(f"doc.state.short.{year.state}")]


def _segments(year: Year) -> dict[str, Decimal]:
    """Emission by chart group; a printed total has no parts and stands as `OTHER`."""
    if year.state == PRINTED and year.total.exact is not None:
        return {OTHER: year.total.exact}
    return {code: max(figure.exact, Decimal(0)) for code, figure in year.groups.items() if figure.exact is not None}


def _column(found: Overview, year: Year) -> Column:
    name, number = era_year(year.fy)
    era = [f"{name}{'元' if number == 1 else number}"] if texts.language() == "ja" else []
    label = (*era, f"{year.fy}", *_marks(found, year))
    return Column(label, year.total.text if _segments(year) else "", _segments(year), year.state == INCOMPLETE)


def _bar(found: Overview, year: Year, painted: dict[str, str]) -> Bar:
    segments, end = [], Decimal(0)
    parts = _segments(year)
    for code, colour in painted.items():
        start, end = end, end + parts.get(code, Decimal(0))
        segments.append(Segment(start, end, colour))
    marks = _marks(found, year)
    name = " ".join([year.label, *marks])
    return Bar(name, year.total.text, tuple(segments), year.state == INCOMPLETE, year.fy == found.year.fy)

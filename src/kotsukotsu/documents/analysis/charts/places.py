"""The main facilities by energy, and the waste that the city burns."""

from __future__ import annotations

from decimal import Decimal

from kotsukotsu import texts
from kotsukotsu.documents.analysis import past, past_tables
from kotsukotsu.documents.analysis.view import View
from kotsukotsu.documents.charts.bars import Bar, Segment, bars
from kotsukotsu.documents.charts.columns import Column, columns
from kotsukotsu.documents.charts.model import Chart
from kotsukotsu.documents.groups import colours
from kotsukotsu.documents.printing import Printer
from kotsukotsu.periods import FiscalYear, era_year

ZERO = Decimal(0)
MOST = 30
BURNT, PLASTIC = "#B8B8B8", "#767676"


def main(view: View) -> Chart | None:
    """The main facilities, energy-origin CO2 by energy (figure 8), with figure 9 as its table."""
    found = past.main(view)
    if not found:
        return None
    printer = Printer(view.report.voice.rounding)
    used = dict.fromkeys(code for code in colours() for one in found if code in one.parts)
    rows = []
    for one in found[:MOST]:
        segments, end = [], ZERO
        for code in used:
            value = max(one.parts.get(code, ZERO), ZERO)
            segments.append(Segment(end, end + value, colours()[code]))
            end += value
        rows.append(Bar(one.name, printer.emission(one.row.latest).text, tuple(segments)))
    data = {"count": len(found), "reach": view.report.reach, "first": found[0].name}
    title = texts.label("an.fig.main.title", **data)
    year = FiscalYear(view.report.fy).label()
    subtitle = texts.label("an.fig.main.subtitle", year=year, unit=view.report.voice.unit)
    legend = [(colours()[code], texts.label(f"doc.group.{code}")) for code in used]
    note = texts.label("an.rest", count=len(found) - MOST) if len(found) > MOST else ""
    picture = bars(rows, "main-chart", title, subtitle, legend)
    return Chart("main", title, subtitle, (picture,), past_tables.ranked(view, found), note)


def waste(view: View) -> Chart | None:
    """Waste burnt, and the plastics in it with their share above each column (figure 15)."""
    found = past.waste(view)
    if not found:
        return None
    last = next(one for _, one in sorted(found.items(), reverse=True) if one)
    title = texts.label("an.fig.waste.title", burnt=last.burnt.text, share=last.share.text)
    subtitle = texts.label("an.fig.waste.subtitle")
    names = {"plastic": texts.label("an.fig.waste.plastic"), "burnt": texts.label("an.fig.waste.rest")}
    painted = {"plastic": PLASTIC, "burnt": BURNT}
    rows = [_column(view, year, one) for year, one in sorted(found.items())]
    wide = columns(rows, painted, names, "waste-wide", title, subtitle)
    narrow = bars(
        [_bar(year, one) for year, one in sorted(found.items())], "waste-narrow", title, subtitle,
        [(painted[code], names[code]) for code in names],
    )  # fmt: skip
    return Chart("waste", title, subtitle, (wide, narrow), past_tables.waste(found), texts.label("an.fig.waste.note"))


def _parts(one: past.Waste | None) -> tuple[Decimal, Decimal]:
    """Plastics, and all waste burnt. [t]"""
    return (one.plastics.exact or ZERO, one.burnt.exact or ZERO) if one else (ZERO, ZERO)


def _column(view: View, year: int, one: past.Waste | None) -> Column:
    era, number = era_year(year)
    mark = (texts.label("doc.base.short"),) if year == view.report.against else ()
    plastic, burnt = _parts(one)
    label = (f"{era}{'元' if number == 1 else number}", str(year), *mark)
    segments = {"plastic": plastic, "burnt": burnt - plastic} if one else {}
    return Column(label, f"{one.share}%" if one else "", segments)


def _bar(year: int, one: past.Waste | None) -> Bar:
    plastic, burnt = _parts(one)
    word = texts.label("an.fig.waste.bar", burnt=one.burnt, share=one.share) if one else texts.label("an.none")
    return Bar(FiscalYear(year).label(), word, (Segment(ZERO, plastic, PLASTIC), Segment(plastic, burnt, BURNT)))

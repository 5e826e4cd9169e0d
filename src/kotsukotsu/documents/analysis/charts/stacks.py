"""Emissions of every year in parts: all gases, energy-origin CO2, what is not energy, and one facility."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from kotsukotsu import texts
from kotsukotsu.documents.analysis import past, past_tables
from kotsukotsu.documents.analysis.past import Stack
from kotsukotsu.documents.analysis.view import View
from kotsukotsu.documents.charts.bars import Bar, Segment, bars
from kotsukotsu.documents.charts.columns import Column, columns
from kotsukotsu.documents.charts.model import Chart
from kotsukotsu.periods import FiscalYear, era_year
from kotsukotsu.rounding import unsigned

ZERO = Decimal(0)


def totals(view: View) -> Chart | None:
    """All gases (figure 3)."""
    return _chart(view, "totals", past.totals)


def energy(view: View) -> Chart | None:
    """Energy-origin CO2 by energy (figure 4)."""
    return _chart(view, "energy", past.energy)


def others(view: View) -> Chart | None:
    """What is not energy-origin CO2 (figure 14)."""
    return _chart(view, "others", past.others)


def of_facility(view: View, drill: past.Drill) -> Chart:
    """Energy-origin CO2 of one facility (the left half of figures 10 to 13)."""
    way = "less" if (drill.change.exact or ZERO) < 0 else "more"
    size, unit = unsigned(drill.change.text), view.report.voice.unit
    title = texts.label(f"an.fig.drill.{way}", facility=drill.name, tonnes=size, unit=unit)
    return drawn(view, f"drill-{drill.facility}", drill.stack, title)


def _chart(view: View, name: str, found: Callable[[View], Stack]) -> Chart | None:
    stack = found(view)
    if not stack.parts:
        return None
    return drawn(view, name, stack, _title(view, name, stack))


def _title(view: View, name: str, stack: Stack) -> str:
    year, base = FiscalYear(view.report.fy).label("era"), FiscalYear(view.report.against).label("era")
    data = {
        "year": year, "base": base, "total": stack.totals[view.report.fy].text, "unit": view.report.voice.unit,
        "part": stack.names[stack.largest],
    }  # fmt: skip
    if stack.rate.exact is None:
        return texts.label(f"an.fig.{name}.only", **data)
    way = "less" if stack.rate.exact < 0 else "more"
    return texts.label(f"an.fig.{name}.{way}", **data, rate=unsigned(stack.rate.text))


def drawn(view: View, ident: str, stack: Stack, title: str) -> Chart:
    """A stack as columns for a wide screen and as bars for a narrow one, with its table."""
    subtitle = texts.label("an.fig.stack.subtitle", unit=view.report.voice.unit)
    names, painted = dict(stack.names), dict(stack.colours)
    wide = columns([_column(view, stack, year) for year in stack.totals], painted, names, f"{ident}-wide", title,
                   subtitle)  # fmt: skip
    legend = [(painted[code], name) for code, name in names.items()]
    narrow = bars([_bar(view, stack, year) for year in stack.totals], f"{ident}-narrow", title, subtitle, legend)
    return Chart(ident, title, subtitle, (wide, narrow), past_tables.stack(view, stack, title))


def _column(view: View, stack: Stack, year: int) -> Column:
    era, number = era_year(year)
    label = (f"{era}{'元' if number == 1 else number}", str(year))
    mark = (texts.label("doc.base.short"),) if year == view.report.against else ()
    has = stack.totals[year].exact is not None
    return Column((*label, *mark), stack.totals[year].text if has else "", _segments(stack, year))


def _segments(stack: Stack, year: int) -> dict[str, Decimal]:
    return {code: max(value, ZERO) for code, own in stack.parts.items() if (value := own.get(year)) is not None}


def _bar(view: View, stack: Stack, year: int) -> Bar:
    segments, end = [], ZERO
    for code, value in _segments(stack, year).items():
        segments.append(Segment(end, end + value, stack.colours[code]))
        end += value
    mark = f" {texts.label('doc.base.short')}" if year == view.report.against else ""
    name = FiscalYear(year).label() + mark
    return Bar(name, stack.totals[year].text, tuple(segments), is_strong=year == view.report.fy)

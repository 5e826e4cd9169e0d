"""A comparison of printed figures as a page, as a workbook, and as data for programs."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time
from decimal import Decimal
from io import BytesIO
from typing import Any

import xlsxwriter

from kotsukotsu import texts
from kotsukotsu.analysis.printed_years import Part, Places, indexed
from kotsukotsu.analysis.where import Ranked
from kotsukotsu.documents.analysis import printed_view as shown
from kotsukotsu.documents.analysis.data import text as as_text
from kotsukotsu.documents.analysis.printed_view import PrintedView
from kotsukotsu.documents.analysis.workbook import OPTIONS, Sheet
from kotsukotsu.documents.charts.bars import Bar, Segment, bars
from kotsukotsu.documents.charts.curve import ACCENT
from kotsukotsu.documents.charts.model import Chart
from kotsukotsu.documents.html import document, lines, pair, section, table, text
from kotsukotsu.periods import day_name

MOST = 12  # facilities of the picture
ZERO = Decimal(0)


def html(view: PrintedView) -> str:
    """One HTML file that needs nothing else."""
    title = shown.title(view)
    first, *others = [*shown.sentences(view), *(finding.message() for finding in view.findings)]
    inner = text("p", first, class_="headline") + lines("p", others)
    if (made := shown.parts(view)).rows or made.totals:
        inner += section(made.title, "parts", table(made))
    for number, one in enumerate(view.found.places):
        made = shown.places(view, one)
        inner += section(made.title, f"places-{number}", pair([_largest(view, one, number)]) + table(made))
    inner += section(texts.label("an.section.findings"), "findings", table(shown.findings(view)))
    footer = texts.label("an.printed.footer", city=view.head["city"]["name"], made=day_name(view.made))
    banner = text("p", texts.label("doc.invented"), class_="banner") if view.invented else ""
    return document(title, banner + text("h1", title), inner, text("p", footer))


def _largest(view: PrintedView, one: Places, number: int) -> Chart | None:
    """The largest facilities as bars with their cumulative share; none where nothing is emitted."""
    rows = [row for row in one.rows if row.latest and row.latest > 0][:MOST]
    if not rows or rows[0].share is None:
        return None
    made = shown.places(view, replace(one, rows=tuple(rows)))
    drawn = [
        Bar(str(cells[1]), texts.label("an.bar.cumulative", tonnes=str(cells[3]), share=str(cells[5])),
            (Segment(ZERO, row.latest or ZERO, ACCENT),))
        for row, cells in zip(rows, made.rows, strict=True)
    ]  # fmt: skip
    title = texts.label("an.chart.facilities.title", facility=str(made.rows[0][1]), share=str(made.rows[0][4]))
    subtitle = texts.label("an.chart.facilities.subtitle", year=view.year, unit="t")
    picture = bars(drawn, f"printed-{number}", title, subtitle)
    return Chart(f"printed-{number}", title, subtitle, (picture,), made)


def workbook(view: PrintedView) -> bytes:
    """A sheet for each table."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, OPTIONS)
    book.set_properties({"title": shown.title(view), "created": datetime.combine(view.made, time(0), UTC)})
    sheet = Sheet(book)
    said = [texts.label("doc.invented")] if view.invented else []
    above = [shown.title(view), *said, *shown.sentences(view), *(finding.message() for finding in view.findings)]
    sheet.titled(texts.label("an.printed.parts"), shown.parts(view), above)
    for number, one in enumerate(view.found.places):
        sheet.add("facilities", shown.places(view, one), number=number)
    sheet.add("findings", shown.findings(view))
    book.close()
    return out.getvalue()


def data(view: PrintedView) -> dict[str, Any]:
    """Everything, unrounded; numbers are strings in plain decimal notation."""
    found = view.found
    return {
        **view.head,
        "printed_only": found.computed is None,
        "computed_fiscal_year": found.computed,
        "place": view.place,
        "against": found.against,
        "total": _part(found.total),
        "parts": [_part(part) for part in found.parts],
        "facilities": [_places(view, one) for one in found.places],
        "reach_percent": as_text(view.reach),
        "sentences": shown.sentences(view),
        "sources": list(found.sources),
        "findings": [finding.as_dict() for finding in view.findings],
    }


def _part(part: Part) -> dict[str, Any]:
    return {
        **part.kind._asdict(),
        "base_tonnes_co2e": as_text(part.base),
        "tonnes_co2e": as_text(part.latest),
        "index": as_text(part.index),
    }


def _places(view: PrintedView, one: Places) -> dict[str, Any]:
    rows = [_row(row, view.names["facility"](row.key)) for row in one.rows]
    return {**one.kind._asdict(), "whole_tonnes_co2e": as_text(one.whole), "rows": rows}


def _row(row: Ranked, name: str) -> dict[str, Any]:
    both = row.base is not None and row.latest is not None
    return {
        "rank": row.rank,
        "key": row.key,
        "name": name,
        "base_tonnes_co2e": as_text(row.base),
        "tonnes_co2e": as_text(row.latest),
        "share_percent": as_text(row.share),
        "cumulative_percent": as_text(row.cumulative),
        "change_tonnes_co2e": as_text(row.change) if both else None,
        "index": as_text(indexed(row)),
        "is_main": row.is_main,
    }

"""A study as an Excel workbook: one sheet for each table, numbers as printed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time
from io import BytesIO

import xlsxwriter

from kotsukotsu import texts
from kotsukotsu.documents.analysis.workbook import OPTIONS, Sheet
from kotsukotsu.documents.energy.study import Study
from kotsukotsu.documents.table import Table

LONGEST = 31  # of a sheet's name
FORBIDDEN = str.maketrans("[]:*?/\\'", "（）：＊？／￥’")


def workbook(study: Study) -> bytes:
    """The workbook; findings stand last."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, OPTIONS)
    book.set_properties({"title": study.title, "created": datetime.combine(study.made, time(0), UTC)})
    sheet, names = Sheet(book), set[str]()
    above = [study.title, *study.banners, *study.sentences]
    for made in _tables(study):
        name = _name(made.title, names)
        sheet.titled(name, made, above if not names else ())
        names.add(name.casefold())
    book.close()
    return out.getvalue()


def _tables(study: Study) -> Iterator[Table]:
    for part in study.parts:
        yield from (chart.table for chart in part.charts)
        yield from part.tables
        yield from part.closed
    yield _findings(study)


def _findings(study: Study) -> Table:
    rows = tuple(
        (finding.code, texts.label(f"doc.severity.{finding.severity}"), finding.where, finding.message(),
         finding.advice())
        for finding in study.findings
    )  # fmt: skip
    names = ("code", "severity", "where", "message", "advice")
    headings = tuple(texts.label(f"energy.findings.{name}") for name in names)
    return Table(texts.label("energy.findings"), "", headings, rows)


def _name(title: str, taken: set[str]) -> str:
    plain = title.translate(FORBIDDEN)
    name, number = plain[:LONGEST], 2
    while name.casefold() in taken:
        tail = f" {number}"
        name, number = plain[: LONGEST - len(tail)] + tail, number + 1
    return name

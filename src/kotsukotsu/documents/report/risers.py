"""Facilities whose emission rose most since the year before, each with its cause and what is done about it."""

from __future__ import annotations

from decimal import Decimal

from kotsukotsu import texts
from kotsukotsu.documents.facilities.model import Sheet
from kotsukotsu.documents.printing import Figure, Printer, decimals
from kotsukotsu.documents.report.source import Source
from kotsukotsu.documents.table import Row, Table

MOST, CAUSES = 10, 2


def risers(source: Source) -> Table:
    """Largest rise first; none without a year before."""
    printer = Printer(source.found.rounding)
    digits = printer.rounding.digits + 1
    risen = sorted((one for one in source.sheets.sheets if one.rise > 0), key=lambda one: (-one.rise, one.code))
    kept = [one for one in risen if decimals(one.rise * printer.scale, digits).printed] if source.since_last else []
    rows: tuple[Row, ...] = tuple(
        (
            one.name, _small(one.before.exact, digits), _small(one.total.exact, digits),
            decimals(one.rise * printer.scale, digits), _cause(source, one), _answer(one),
        )
        for one in kept[:MOST]
    )  # fmt: skip
    heads = tuple(
        texts.label(f"report.riser.{name}", year=source.sheets.year, before=source.sheets.before)
        for name in ("facility", "before", "now", "rise", "cause", "answer")
    )
    title = texts.label("report.risers", before=source.sheets.before)
    return Table(title, texts.label("doc.unit", unit=source.found.unit), heads, rows)


def _small(value: Decimal | None, digits: int) -> Figure:
    return decimals(value, digits)


def _cause(source: Source, one: Sheet) -> str:
    """The largest causes of the rise, in the words of the analysis."""
    if source.since_last is None:
        return ""
    told = source.since_last.report.facility_sentences.get(one.code, [])
    causes = told[1 : 1 + CAUSES] or told[:1]  # a small change has no cause of its own
    return "".join([*(sentence.text for sentence in causes), *one.explained])


def _answer(one: Sheet) -> str:
    """What the department will do."""
    told = [str(row[0]) for row in one.countermeasures.rows]
    return texts.label("render.list").join(told) or texts.label("report.no_answer")

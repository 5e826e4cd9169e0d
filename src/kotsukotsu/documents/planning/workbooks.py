"""The same as Excel workbooks: a sheet for each table."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from io import BytesIO

import xlsxwriter

from kotsukotsu.documents.analysis.workbook import OPTIONS, Sheet
from kotsukotsu.documents.planning import portfolio_tables, tables
from kotsukotsu.documents.planning.outlook import Outlook
from kotsukotsu.documents.planning.proposal import Proposal
from kotsukotsu.documents.table import Table

LONGEST = 31  # characters that Excel allows in the name of a sheet


def outlook(found: Outlook) -> bytes:
    """Milestones, history, projections, sectors, facilities, indicators, findings."""
    made = [tables.milestones(found), tables.history(found), tables.projections(found), tables.sectors(found)]
    made += [tables.compared(found)] if found.compared else []
    made += [tables.facilities(found)] if found.facilities else []
    made += [tables.kpis(found.kpis)]
    made += [tables.printed_kpis(found)] if found.printed_kpis else []
    return _book(tables.title(found), tables.sentences(found), [*made, tables.findings(found)], found.made)


def proposal(found: Proposal) -> bytes:
    """Measures, years, limits, curve, wedges, scenarios, probability, assumptions, indicators, findings."""
    given = portfolio_tables
    made = [given.measures(found), given.budget(found), given.binding(found), given.curve(found), given.wedges(found)]
    made += [given.unmet(found)] if found.unmet else []
    made += [given.scenarios(found)] if found.sides else []
    made += [given.chance(found)] if found.chance else []
    made += [given.assumptions(found), tables.kpis(found.kpis), given.findings(found)]
    return _book(given.title(found), given.sentences(found), made, found.made)


def _book(title: str, said: Sequence[str], made: Sequence[Table], on: date) -> bytes:
    out = BytesIO()
    book = xlsxwriter.Workbook(out, OPTIONS)
    book.set_properties({"title": title, "created": datetime.combine(on, time(0), UTC)})
    sheet = Sheet(book)
    for place, one in enumerate(made):
        sheet.titled(one.title[:LONGEST], one, (title, *said) if place == 0 else ())
    book.close()
    return out.getvalue()

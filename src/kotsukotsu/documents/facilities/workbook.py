"""All sheets as one workbook that an office goes on working with: a list, then one A4 sheet for each facility."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time
from io import BytesIO
from typing import Any

import xlsxwriter

from kotsukotsu import texts
from kotsukotsu.documents.facilities.drawn import peers_words
from kotsukotsu.documents.facilities.model import Sheet, Sheets
from kotsukotsu.documents.groups import colours
from kotsukotsu.documents.print_sheets import A4, LINE, Cells, lines_of, widths_of
from kotsukotsu.documents.table import Row, Table
from kotsukotsu.documents.workbook import OPTIONS

LONGEST = 31  # of the name of a sheet
FORBIDDEN = re.compile(r"[\[\]:*?/\\'\x00-\x1f]")
CHART = {"width": 620, "height": 240}


def workbook(every: Sheets, made: date, mark: str) -> bytes:
    """The workbook; `mark` stands in every header, such as 案."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, OPTIONS)
    book.set_properties(
        {"title": f"{every.title} {every.year}", "author": every.city, "created": datetime.combine(made, time(0), UTC)}
    )
    cells, names = Cells(book), _names(every.sheets)
    _list(book, cells, every, names, mark)
    for sheet in every.sheets:
        _facility(book, cells, every, sheet, names[sheet.code], mark)
    book.close()
    return out.getvalue()


def _names(sheets: Iterable[Sheet]) -> dict[str, str]:
    """A name that Excel takes for each facility's sheet, none twice."""
    found: dict[str, str] = {}
    taken: set[str] = {texts.label("sheet.list").lower()}
    for sheet in sheets:
        plain = FORBIDDEN.sub(" ", f"{sheet.code} {sheet.name}").strip()[:LONGEST] or "-"
        name, number = plain, 2
        while name.lower() in taken:
            name = f"{plain[: LONGEST - 4]} {number}"
            number += 1
        taken.add(name.lower())
        found[sheet.code] = name
    return found


def _list(book: Any, cells: Cells, every: Sheets, names: dict[str, str], mark: str) -> None:
    heads = tuple(texts.label(f"sheet.list.{name}") for name in ("code", "facility", "total", "before", "base"))
    rows: tuple[Row, ...] = tuple(
        (one.code, one.name, one.total, one.rate_before, one.rate_base) for one in every.sheets
    )
    made = Table(f"{every.title}{texts.gap()}{every.year}", texts.label("doc.unit", unit=every.unit), heads, rows)
    sheet = _page(book, texts.label("sheet.list"), every, mark)
    widths = widths_of([made])
    cells.table(sheet, 0, made, widths)
    for index, width in enumerate(widths):
        sheet.set_column(index, index, width)
    for row, one in enumerate(every.sheets, 2):
        sheet.write_url(row, 1, f"internal:'{names[one.code]}'!A1", cells.format("text"), one.name)
    sheet.freeze_panes(2, 2)
    sheet.repeat_rows(1)
    sheet.fit_to_pages(1, 0)


def _page(book: Any, name: str, every: Sheets, mark: str) -> Any:
    sheet = book.add_worksheet(name)
    sheet.set_paper(A4)
    sheet.set_margins(left=0.5, right=0.5, top=0.7, bottom=0.7)
    sheet.hide_gridlines(2)
    sheet.set_header(f"&R&12{mark.replace('&', '&&')}")
    sheet.set_footer(f"&L&8{every.footer.replace('&', '&&')}&R&8&P")
    return sheet


def _facility(book: Any, cells: Cells, every: Sheets, one: Sheet, name: str, mark: str) -> None:
    sheet = _page(book, name, every, mark)
    made = [one.items, one.years, one.months, one.measures, one.countermeasures]
    widths = widths_of(made)
    last = len(widths) - 1
    sheet.write_string(0, 0, f"{one.name}{texts.gap()}{every.title}{texts.gap()}{every.year}", cells.format("title"))
    row = _sentences(sheet, cells, 1, _told(every, one), last, sum(widths))
    tops: dict[str, int] = {}
    for table in made:
        tops[table.title] = row + 1
        row = cells.table(sheet, row + 1, table, widths)
    for index, width in enumerate(widths):
        sheet.set_column(index, index, width)
    row = _charts(book, sheet, every, one, (tops[one.years.title], tops[one.months.title]), name, row)
    sheet.print_area(0, 0, row, last)
    sheet.fit_to_pages(1, 1)


def _told(every: Sheets, one: Sheet) -> list[str]:
    """Facts, causes, place among peers and reviews as paragraphs."""
    invented = [texts.label("doc.invented")] if every.invented else []
    facts = texts.label("sign.part").join(f"{label}{texts.label('sign.colon')}{text}" for label, text in one.facts)
    peers = [peers_words(one.peers)] if one.peers else []
    reviews = [
        f"{texts.label('sheet.part.review')}{texts.label('sign.colon')}{review.text}{texts.gap()}{review.by}"
        for review in one.reviews
    ]
    return [*invented, facts, *one.causes, *one.explained, *peers, *reviews]


def _sentences(sheet: Any, cells: Cells, row: int, told: Sequence[str], last: int, width: int) -> int:
    for text in told:
        sheet.merge_range(row, 0, row, last, "", cells.format("plain"))
        sheet.write_string(row, 0, text, cells.format("plain"))
        sheet.set_row(row, LINE * lines_of(text, width))
        row += 1
    return row


def _charts(book: Any, sheet: Any, every: Sheets, one: Sheet, tops: tuple[int, int], name: str, row: int) -> int:
    """Two native charts over the tables above, so that they follow a number that the office changes; the last row."""
    painted = {label: colours()[code] for code, label in every.groups.items()}
    columns = one.years.headings[1:-1]
    pairs = ((tops[0], one.years, columns, "stacked"), (tops[1], one.months, one.months.headings[1:], "clustered"))
    for top, table, shown, kind in pairs:
        if not table.rows or not shown:
            continue
        chart = book.add_chart({"type": "column", "subtype": kind} if kind == "stacked" else {"type": "column"})
        first, end = top + 2, top + 1 + len(table.rows)
        for column, label in enumerate(shown, 1):
            fill = {"fill": {"color": painted[label]}} if label in painted else {}
            chart.add_series(
                {"name": [name, top + 1, column], "categories": [name, first, 0, end, 0],
                 "values": [name, first, column, end, column], **fill}
            )  # fmt: skip
        chart.set_title({"name": texts.bracketed(table.title, every.unit), "name_font": {"size": 11}})
        chart.set_legend({"position": "bottom"})
        chart.set_size(CHART)
        sheet.insert_chart(row, 0, chart, {"description": table.title})
        row += CHART["height"] // 20 + 1
    return row

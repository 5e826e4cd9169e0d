"""Tables with a month in each column: where their headings, titles and years are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from kotsukotsu.findings import Finding
from kotsukotsu.importers import dates, words
from kotsukotsu.importers.dates import MonthMark
from kotsukotsu.importers.guide import Guide
from kotsukotsu.importers.model import Sheet
from kotsukotsu.importers.values import reading
from kotsukotsu.periods import FIRST_MONTH

Period = tuple[date, date]
_LEAST_NAMED = 3
_LEAST_BARE = 6
_LEAST_YEARS = 2


@dataclass(frozen=True)
class Block:
    """One table of months.

    Attributes
    ----------
    periods : mapping
        Column to half-open period; None where the year is not known.
    titles : tuple of str
        Texts above the table, the nearest first.
    """

    header: int
    stop: int
    periods: Mapping[int, Period | None]
    titles: tuple[str, ...]
    last_filled: int
    findings: tuple[Finding, ...] = field(default=())

    @property
    def left(self) -> int:
        """First column of months."""
        return min(self.periods)


def blocks(sheet: Sheet, guide: Guide) -> list[Block]:
    """Every table of months of a sheet, from top to bottom."""
    headers = [(row, marks) for row in range(sheet.height) if (marks := _marks(sheet, row))]
    headers = [pair for index, pair in enumerate(headers) if index == 0 or pair[0] > headers[index - 1][0] + 1]
    found: list[Block] = []
    for index, (row, marks) in enumerate(headers):
        stop = headers[index + 1][0] if index + 1 < len(headers) else sheet.height
        top = found[-1].last_filled + 1 if found else 0
        titles = tuple(text for above in range(row - 1, top - 1, -1) for _, text in sheet.texts(above))
        found.append(_block(sheet, guide, row, stop, marks, titles))
    return found


def _marks(sheet: Sheet, row: int) -> dict[int, MonthMark] | dict[int, Period]:
    marks = {
        column: mark for column, cell in enumerate(sheet.rows[row]) if (mark := dates.month_mark(cell)) is not None
    }
    named = {column: mark for column, mark in marks.items() if not mark.bare}
    if len({(mark.month, mark.year) for mark in named.values()}) >= _LEAST_NAMED:
        return named
    follows = all(two.month == one.month % 12 + 1 for one, two in pairwise(marks.values()))
    # Plain numbers are a heading only as 4, 5, 6 …: a row of quantities seldom runs so.
    if len(marks) >= _LEAST_BARE and follows and next(iter(marks.values())).month == FIRST_MONTH:
        return marks
    years = {column: year for column, cell in enumerate(sheet.rows[row]) if (year := dates.year_mark(cell))}
    if len(set(years.values())) >= _LEAST_YEARS:
        return {column: (year.start, year.end) for column, year in years.items()}
    return {}


def _block(
    sheet: Sheet,
    guide: Guide,
    row: int,
    stop: int,
    marks: Mapping[int, MonthMark] | Mapping[int, Period],
    titles: tuple[str, ...],
) -> Block:
    year, findings = table_year(sheet, guide, titles)
    periods: dict[int, Period | None] = {}
    for column, mark in marks.items():
        period = mark if isinstance(mark, tuple) else _period(sheet, row, column, mark, year)
        for part in _quantity_columns(sheet, row, column):
            periods[part] = period
    if doubt := _contradiction(sheet, row, marks, year, titles):
        findings = (*findings, doubt)
        periods = dict.fromkeys(periods)
    if findings and any(finding.code == "IM-22" for finding in findings):
        periods = dict.fromkeys(periods)
    filled = [
        at for at in range(row + 1, stop) if any(reading(sheet.cell(at, column)).kind == "number" for column in periods)
    ]
    return Block(row, stop, periods, titles, max(filled, default=row), tuple(findings))


def _period(sheet: Sheet, row: int, column: int, mark: MonthMark, year: int | None) -> Period | None:
    group = sheet.label(row - 1, column).text if row else ""
    fiscal = dates.fiscal_years(group)
    calendar = dates.calendar_year(dates.plain(group)) if group and "年度" not in group else None
    if mark.year is None and calendar is not None:
        mark = MonthMark(mark.month, calendar)
    month = mark.at(fiscal[0] if len(fiscal) == 1 else year)
    return (month.start, month.end) if month and month.year < date.max.year else None


def _quantity_columns(sheet: Sheet, row: int, column: int) -> Iterator[int]:
    """Columns under a heading that is joined over several (使用量 beside 料金)."""
    _, left, bottom, right = sheet.area(row, column)
    if right == left:
        yield column
        return
    below = {part: words.without_unit(sheet.label(bottom + 1, part).text) for part in range(left, right + 1)}
    quantities = [part for part, text in below.items() if words.roles().get(text) == "quantity"]
    yield from quantities or [left]


def table_year(sheet: Sheet, guide: Guide, titles: tuple[str, ...]) -> tuple[int | None, tuple[Finding, ...]]:
    """The fiscal year that titles, sheet and file name give, and what contradicts it."""
    in_title = next((years[0] for title in titles if len(years := dates.fiscal_years(title)) == 1), None)
    in_name = dates.fiscal_years(sheet.name)
    named = in_name[0] if len(in_name) == 1 else None
    if in_title is not None and named is not None and in_title != named:
        return None, (Finding("IM-22", sheet.name, {"one": in_title, "other": named}),)
    in_file = dates.fiscal_years(guide.file.rpartition(".")[0])
    year = in_title or named or (in_file[0] if len(in_file) == 1 else None)
    if year is not None and guide.fiscal_year is not None and year != guide.fiscal_year:
        return year, (Finding("IM-23", sheet.name, {"found": year, "expected": guide.fiscal_year}),)
    return year or guide.fiscal_year, ()


def _contradiction(
    sheet: Sheet,
    row: int,
    marks: Mapping[int, MonthMark] | Mapping[int, Period],
    year: int | None,
    titles: tuple[str, ...],
) -> Finding | None:
    """Headings with a year of their own (R5.4) under a title of another (令和6年度)."""
    titled = any(len(dates.fiscal_years(title)) == 1 for title in titles)
    for mark in marks.values():
        month = mark.at(None) if isinstance(mark, MonthMark) else None
        if titled and month is not None and year is not None and month.fiscal_year.number != year:
            return Finding("IM-22", sheet.place(row, 0), {"one": year, "other": month.fiscal_year.number})
    return None

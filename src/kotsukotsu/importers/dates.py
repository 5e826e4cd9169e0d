"""Days, months and fiscal years as an office writes them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from kotsukotsu import units
from kotsukotsu.importers import words
from kotsukotsu.importers.model import Cell
from kotsukotsu.periods import FIRST_MONTH, FiscalYear, Month, parse_year

_ERA = r"(?:令和|平成|昭和|令|平|昭|[RHSrhs])\.?\s*(?:元|\d{1,2})"
_WESTERN = r"(?:19|20)\d{2}"
_YEAR = rf"(?:{_ERA}|{_WESTERN})"
_MONTH = re.compile(
    rf"(?:(?P<year>{_YEAR})\s*(?:年(?P<fiscal>度)?|[./\-])\s*)?(?P<month>\d{{1,2}})\s*(?:月(?:分|度|使用分|使用|検針分?|請求分)?)?"
)
_COMPACT_MONTH = re.compile(r"((?:19|20)\d{2})(0[1-9]|1[0-2])")
_DAY = re.compile(
    rf"(?P<year>{_YEAR})\s*[年./\-]\s*(?P<month>\d{{1,2}})\s*[月./\-]\s*(?P<day>\d{{1,2}})日?(?:\s*\([^)]*\))?(?:\s+0?0:00(?::00)?)?"
)
_COMPACT_DAY = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})")
_FISCAL = re.compile(
    rf"({_YEAR}\s*(?:\(\s*{_YEAR}\s*(?:年)?\s*\)\s*)?年度|FY\s*{_WESTERN}|(?<![A-Za-z\d]){_ERA}(?!\s*[\d./年月\-])|{_WESTERN}年度)"
)
# S3棟 and H2 are rather buildings than years.
_FIRST_BARE_YEAR = 2005


@dataclass(frozen=True, slots=True)
class MonthMark:
    """A heading that names a month; the calendar year is None if only the month is written."""

    month: int
    year: int | None = None
    fiscal_year: int | None = None
    bare: bool = False

    def at(self, fiscal_year: int | None) -> Month | None:
        """The calendar month, by its own year or by the fiscal year of the table."""
        if self.year is not None:
            return Month(self.year, self.month)
        number = self.fiscal_year if self.fiscal_year is not None else fiscal_year
        if number is None:
            return None
        return Month(number if self.month >= FIRST_MONTH else number + 1, self.month)


def plain(text: str) -> str:
    """A date's text in half-width signs, on one line."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text)).strip()


def month_mark(cell: Cell) -> MonthMark | None:
    """The month that a heading names, if it names one.

    Examples
    --------
    >>> month_mark(Cell("R6.4", "text"))
    MonthMark(month=4, year=2024, fiscal_year=None, bare=False)
    >>> month_mark(Cell("４月分", "text")).year
    >>> month_mark(Cell("令和6年度4月", "text")).fiscal_year, month_mark(Cell("合計", "text"))
    (2024, None)
    """
    if isinstance(cell.value, date):
        return MonthMark(cell.value.month, cell.value.year) if cell.value.day == 1 else None
    if isinstance(cell.value, Decimal):
        return _bare(cell.value)
    text = _heading(cell.text)
    if found := _COMPACT_MONTH.fullmatch(text):
        return MonthMark(int(found[2]), int(found[1]))
    found = _MONTH.fullmatch(text)
    if not found or not 1 <= int(found["month"]) <= 12:
        return None
    year = calendar_year(found["year"]) if found["year"] else None
    bare = text.isdigit()
    if found["fiscal"]:
        return MonthMark(int(found["month"]), None, year, bare)
    return MonthMark(int(found["month"]), year, None, bare)


def _heading(text: str) -> str:
    """A heading without spaces and without its unit, as in 4月(kWh)."""
    stem, inner = words.brackets(text)
    return stem if inner and all(units.is_known(word) for word in inner) else words.key(text)


def _bare(value: Decimal) -> MonthMark | None:
    if value != value.to_integral_value():
        return None
    number = int(value)
    if 1 <= number <= 12:
        return MonthMark(number, bare=True)
    if 190001 <= number <= 209912 and 1 <= number % 100 <= 12:
        return MonthMark(number % 100, number // 100)
    return None


def calendar_year(text: str) -> int | None:
    """The year that a word such as R6 or 2024 names."""
    return parse_year(re.sub(r"\s+", "", text))


def day(cell: Cell) -> date | None:
    """The day that a cell names.

    >>> day(Cell("令和6年4月1日", "text")), day(Cell("20240401", "text")), day(Cell("R6.4", "text"))
    (datetime.date(2024, 4, 1), datetime.date(2024, 4, 1), None)
    """
    if isinstance(cell.value, date):
        return cell.value
    text = plain(cell.text)
    if isinstance(cell.value, Decimal):
        text = str(cell.value)
    found = _COMPACT_DAY.fullmatch(text)
    if found:
        return _date(int(found[1]), int(found[2]), int(found[3]))
    found = _DAY.fullmatch(text)
    year = calendar_year(found["year"]) if found else None
    return _date(year, int(found["month"]), int(found["day"])) if found and year else None


def _date(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None


def day_range(text: str) -> tuple[date, date] | None:
    """First and last day of a period written in one cell.

    >>> day_range("R6.3.15～4.14"), day_range("2024/12/20～1/19")[1]
    ((datetime.date(2024, 3, 15), datetime.date(2024, 4, 14)), datetime.date(2025, 1, 19))
    """
    parts = _split(plain(text))
    first = day(Cell(parts[0], "text")) if len(parts) == 2 else None
    if first is None:
        return None
    last = day(Cell(parts[1], "text"))
    for year in (first.year, first.year + 1):
        if last is None or last < first:
            last = day(Cell(f"{year}/{re.sub('[月.]', '/', parts[1]).removesuffix('日')}", "text"))
    return (first, last) if last else None


def _split(text: str) -> list[str]:
    for sign in ("~", "～", "〜", "から", "→", " - "):
        if sign in text:
            return [part.strip().removesuffix("まで") for part in text.split(sign)]
    return [text]


def fiscal_years(text: str) -> list[int]:
    """Every fiscal year that a title names.

    >>> fiscal_years("令和６年度 電気使用量"), fiscal_years("R6電気"), fiscal_years("令和6（2024）年度")
    ([2024], [2024], [2024])
    >>> fiscal_years("R6.4.1現在"), fiscal_years("H2棟")
    ([], [])
    """
    years = []
    for found in _FISCAL.finditer(plain(text)):
        year = parse_year(re.sub(r"\s+", "", found[0]))
        named = "年度" in found[0] or "FY" in found[0]
        if year is not None and year not in years and (named or year >= _FIRST_BARE_YEAR):
            years.append(year)
    return years


def following(last: date) -> date | None:
    """The day after; None at the end of the calendar."""
    return last + timedelta(days=1) if last < date.max else None


def year_mark(cell: Cell) -> FiscalYear | None:
    """The fiscal year that a column heading names."""
    text = plain(cell.text)
    year = parse_year(text) if cell.kind == "text" and "年度" in text else None
    return FiscalYear(year) if year is not None else None

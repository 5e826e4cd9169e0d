"""Japanese fiscal years, eras and half-open periods; nobody else computes a year."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta, timezone
from functools import lru_cache

from kotsukotsu import texts

FIRST_MONTH = 4
LONG_DAYS = 70  # a row that covers more days is never given to a single month
JST = timezone(timedelta(hours=9), "JST")
# Each era with its letter, its first fiscal year (April of that year lies in it) and its first day.
ERAS = (
    ("令和", "R", 2019, date(2019, 5, 1)),
    ("平成", "H", 1989, date(1989, 1, 8)),
    ("昭和", "S", 1926, date(1926, 12, 25)),
)


@dataclass(frozen=True, slots=True, order=True)
class FiscalYear:
    """April to March, named by its first year.

    Examples
    --------
    >>> FiscalYear(2024).start, FiscalYear(2024).end
    (datetime.date(2024, 4, 1), datetime.date(2025, 4, 1))
    >>> FiscalYear.of(date(2025, 3, 31)).number
    2024
    >>> FiscalYear(2024).label(), FiscalYear(2019).label()
    ('令和6（2024）年度', '令和元（2019）年度')
    """

    number: int

    @property
    def start(self) -> date:
        """First day."""
        return date(self.number, FIRST_MONTH, 1)

    @property
    def end(self) -> date:
        """First day of the next fiscal year."""
        return date(self.number + 1, FIRST_MONTH, 1)

    @property
    def before(self) -> FiscalYear:
        """The year before."""
        return FiscalYear(self.number - 1)

    @property
    def name(self) -> str:
        """The year in the language of the interface."""
        return self.label() if texts.language() == "ja" else f"FY{self.number}"

    @property
    def short_name(self) -> str:
        """The same, without the western year beside the era's."""
        return self.label("era") if texts.language() == "ja" else f"FY{self.number}"

    @property
    def western_name(self) -> str:
        """The same, without the era."""
        return self.label("western") if texts.language() == "ja" else f"FY{self.number}"

    @classmethod
    def of(cls, day: date) -> FiscalYear:
        """The fiscal year that holds a day."""
        return cls(day.year if day.month >= FIRST_MONTH else day.year - 1)

    def months(self) -> tuple[Month, ...]:
        """April to March."""
        return _months(self.number)

    def label(self, style: str = "both") -> str:
        """``both`` 令和6（2024）年度, ``era`` 令和6年度, ``western`` 2024年度; FY2024 where one speaks English."""
        if texts.language() != "ja":
            return f"FY{self.number}"
        if style == "western":
            return f"{self.number}年度"
        era, year = era_year(self.number)
        year_text = "元" if year == 1 else str(year)
        return f"{era}{year_text}年度" if style == "era" else f"{era}{year_text}（{self.number}）年度"


@lru_cache(maxsize=1 << 8)
def _months(number: int) -> tuple[Month, ...]:
    return tuple(Month.at(number * 12 + FIRST_MONTH - 1 + index) for index in range(12))


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A calendar month.

    Examples
    --------
    >>> Month(2024, 12).end, Month.of(date(2024, 5, 9)).fiscal_year.number
    (datetime.date(2025, 1, 1), 2024)
    """

    year: int
    month: int

    @classmethod
    def at(cls, index: int) -> Month:
        """The month with a running number (year x 12 + month - 1)."""
        return cls(index // 12, index % 12 + 1)

    @classmethod
    def of(cls, day: date) -> Month:
        """The month that holds a day."""
        return cls(day.year, day.month)

    @property
    def index(self) -> int:
        """Running number, year x 12 + month - 1."""
        return self.year * 12 + self.month - 1

    @property
    def start(self) -> date:
        """First day."""
        return date(self.year, self.month, 1)

    @property
    def end(self) -> date:
        """First day of the next month."""
        return Month.at(self.index + 1).start

    @property
    def fiscal_year(self) -> FiscalYear:
        """The fiscal year that holds the month."""
        return FiscalYear.of(self.start)

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"


def era_year(number: int) -> tuple[str, int]:
    """Era and year of the era of a fiscal year.

    >>> era_year(2019), era_year(2018), era_year(1989)
    (('令和', 1), ('平成', 30), ('平成', 1))
    """
    for name, _, first, _ in ERAS:
        if number >= first:
            return name, number - first + 1
    raise ValueError(number)


_ERA_YEAR = re.compile(r"(令和|平成|昭和|令|平|昭|[RHS])\.?\s*(元|\d{1,2})\s*(?:年度?)?", re.IGNORECASE)
_WESTERN_YEAR = re.compile(r"(?:FY\s*)?((?:19|20)\d{2})\s*(?:年度?)?", re.IGNORECASE)


def parse_year(text: str) -> int | None:
    """A year written as R6, 令和６年度, H25, 令和6（2024）年度, FY2024 or 2024; None if it is none.

    A text that names two years that differ (令和5（2024）年度) is none.

    >>> [parse_year(text) for text in ("R6", "令和６年度", "H25", "令和6（2024）年度", "令和元年度", "2024", "合計")]
    [2024, 2024, 2013, 2024, 2019, 2024, None]
    >>> parse_year("令和5（2024）年度")
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    if era := _ERA_YEAR.fullmatch(plain):
        return _from_era(era[1], era[2])
    if western := _WESTERN_YEAR.fullmatch(plain):
        return int(western[1])
    both = re.fullmatch(r"(.+?)\s*\((.+?)\)\s*(?:年度?)?", plain)
    if not both:
        return None
    years = {parse_year(part) for part in both.groups()}
    return years.pop() if len(years) == 1 else None


def _from_era(name: str, year: str) -> int:
    number = 1 if year == "元" else int(year)
    for long, letter, first, _ in ERAS:
        if name in (long, long[0], letter, letter.lower()):
            return first + number - 1
    raise ValueError(name)


def day_name(day: date | None) -> str:
    """A day as an office writes it, 1 April 2026 where one speaks English; before 昭和 the western year.

    Nothing for none.

    >>> day_name(date(2026, 4, 1)), day_name(date(2019, 4, 30)), day_name(date(2019, 5, 1))
    ('令和8年4月1日', '平成31年4月30日', '令和元年5月1日')
    """
    if day is None:
        return ""
    return f"{_year_of(day)}年{day.month}月{day.day}日" if texts.language() == "ja" else f"{day.day} {day:%B %Y}"


def month_name(month: Month) -> str:
    """A month as an office writes it, April 2026 where one speaks English.

    >>> month_name(Month(2026, 4)), month_name(Month(2019, 5))
    ('令和8年4月', '令和元年5月')
    """
    return f"{_year_of(month.start)}年{month.month}月" if texts.language() == "ja" else f"{month.start:%B %Y}"


def _year_of(day: date) -> str:
    """Era and year of a day; the western year before 昭和."""
    era, year = next(((name, day.year - start.year + 1) for name, _, _, start in ERAS if day >= start), ("", day.year))
    return f"{era}{'元' if year == 1 else year}"


def last_day(end: date) -> date:
    """The last day of a half-open period that ends at `end`."""
    return end - timedelta(days=1)


def days(start: date, end: date) -> int:
    """Days in a half-open period. [d]"""
    return (end - start).days


def split_by_month(start: date, end: date) -> Iterator[tuple[Month, int]]:
    """The months of a half-open period with the days in each. [d]

    >>> [(str(month), n) for month, n in split_by_month(date(2024, 3, 20), date(2024, 4, 19))]
    [('2024-03', 12), ('2024-04', 18)]
    """
    while start < end:
        month = Month.of(start)
        stop = min(month.end, end)
        yield month, days(start, stop)
        start = stop

"""How much of a series falls into a month or a year."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from examples.make_kotsukotsu_shi.chance import THOUSAND, dice, rounded
from examples.make_kotsukotsu_shi.series import FIRST, LAST, Series
from examples.make_kotsukotsu_shi.tables import by_key, lines
from kotsukotsu.periods import FiscalYear, Month

# A month strays at most this far from its season and trend. [1/1000]
STRAY = 30


def months(first: FiscalYear = FIRST, last: FiscalYear = LAST) -> Iterator[Month]:
    """Every month from the first year to the last."""
    for number in range(first.number, last.number + 1):
        yield from FiscalYear(number).months()


def monthly(series: Series) -> Iterator[tuple[Month, Decimal]]:
    """The months in which the series runs, each with its quantity. [unit of the item]"""
    rng = dice(series.facility.name, series.item, "months")
    for month in months():
        stray = Decimal(THOUSAND + rng.randint(-STRAY, STRAY)) / THOUSAND
        if series.start <= month.start < series.end:
            yield month, rounded(_expected(series, month) * stray, digits(series.item))


def yearly(series: Series) -> Iterator[tuple[FiscalYear, Decimal]]:
    """The years in which the series runs, each with its quantity. [unit of the item]"""
    for number in range(FIRST.number, LAST.number + 1):
        year = FiscalYear(number)
        if series.start <= year.start and year.end <= series.end:
            yield year, rounded(series.annual, digits(series.item))


def digits(item: str) -> int:
    """Decimals with which an item is billed."""
    name = "distance" if item.startswith("distance_") else item
    return int(by_key("items", "item")[name]["digits"])


def permille(table: str, name: str, column: str) -> Decimal:
    """A cell of the tables of seasons and trends, as a ratio. [1]"""
    key = table.removesuffix("s")
    return Decimal(by_key(table, key)[name][column]) / THOUSAND


def _expected(series: Series, month: Month) -> Decimal:
    season = permille("seasons", series.shape["season"], str(month.month))
    trend = permille("trends", series.shape["trend"], str(month.fiscal_year.number))
    return series.annual * season * trend * _step(series, month)


def _step(series: Series, month: Month) -> Decimal:
    for line in lines("steps"):
        same = line["name"] == series.facility.name and line["item"] == series.item
        if same and line["from"] <= month.start.isoformat() < line["to"]:
            return Decimal(line["permille"]) / THOUSAND
    return Decimal(1)

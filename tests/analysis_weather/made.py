"""Weather files, temperatures and bills made for the tests."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from math import cos, pi

from kotsukotsu.analysis.use_periods import Period
from kotsukotsu.analysis.weather import Temperatures
from kotsukotsu.periods import FiscalYear, Month

HEAD = "ダウンロードした時刻：2025/05/01 10:12:34"
# Means of April to March, about those of a town in Hokkaido. [°C]
MEANS = (6.5, 12.0, 16.5, 21.0, 22.5, 18.0, 11.5, 5.0, -1.5, -4.5, -3.5, 0.5)


def weather_file(*lines: str, head: str = HEAD) -> bytes:
    """The bytes of a download file: CP932, CRLF, the moment, an empty line, then the lines."""
    return ("\r\n".join([head, "", *lines]) + "\r\n").encode("cp932")


TWO_STATIONS = weather_file(
    ",石狩,石狩,石狩,石狩,石狩,石狩,石狩,札幌,札幌,札幌",
    "年月日,降水量の合計(mm),降水量の合計(mm),降水量の合計(mm),降水量の合計(mm),平均気温(℃),平均気温(℃),平均気温(℃),平均気温(℃),平均気温(℃),平均気温(℃)",
    ",,現象なし情報,品質情報,均質番号,,品質情報,均質番号,,品質情報,均質番号",
    "2024/4/1,0.5,0,8,1,3.2,8,1,4.1,8,1",
    "2024/4/2,0,1,8,1,-0.4,5,1,1.0,8,1",
    "2024/4/3,0,1,8,1,,1,1,2.5,4,2",
)


def temperatures(by_day: dict[date, Decimal]) -> Temperatures:
    return Temperatures("石狩", by_day)


def steady(months: dict[Month, float]) -> Temperatures:
    """The same temperature on every day of a month."""
    return temperatures(
        {
            month.start + timedelta(days=n): Decimal(str(value))
            for month, value in months.items()
            for n in range((month.end - month.start).days)
        }
    )


def months_of(*years: int) -> list[Month]:
    return [month for year in years for month in FiscalYear(year).months()]


def steady_years(*years: int, warmer: float = 0.0) -> Temperatures:
    """`MEANS` in every year, each year a little warmer than the one before."""
    months = months_of(*years)
    values = (MEANS[n % 12] + round(warmer * (n // 12), 3) for n in range(len(months)))
    return steady(dict(zip(months, values, strict=True)))


def waves(first: date, length: int) -> Temperatures:
    """A smooth year of daily means with a restless week in it; no chance."""
    return temperatures(
        {
            first + timedelta(days=n): Decimal(
                str(round(9 - 13 * cos(2 * pi * (n + 75) / 365) + 3 * cos(2 * pi * n / 7.3), 2))
            )
            for n in range(length)
        }
    )


def bills(weather: Temperatures, months: list[Month], per_day) -> list[Period]:
    """A period for each month; `per_day` of its mean temperature."""
    found = []
    for month in months:
        values = weather.within(month.start, month.end)
        mean = float(sum(values)) / len(values)
        length = (month.end - month.start).days
        found.append(Period(month.start, month.end, Decimal(repr(per_day(mean) * length))))
    return found

"""The city's invented weather: one station, colder winters in the years in which more was burnt.

The use came first: ``trends.csv`` lets heating rise above its falling line in some years, and ``winters.csv`` makes
those winters colder by as much. Summers differ too, and no use follows them.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from examples.make_kotsukotsu_shi.chance import dice, rounded
from examples.make_kotsukotsu_shi.quantities import months
from examples.make_kotsukotsu_shi.tables import by_key
from kotsukotsu.periods import Month

STATION = "コツコツ（架空）"
HEATED, WARM = (10, 11, 12, 1, 2, 3, 4), (6, 7, 8, 9)
NORMAL, ONE_PLACE = 8, 1


def weather_rows() -> Iterator[dict[str, object]]:
    """Lines of weather.csv, a line for each day."""
    for month in months():
        for day, temperature in _days(month):
            yield {
                "station": STATION, "day": day, "temperature": temperature, "quality": NORMAL, "homogeneity": 1,
                "source": "架空の気象",
            }  # fmt: skip


def _days(month: Month) -> list[tuple[date, Decimal]]:
    """Days stray from the month's mean, and keep it."""
    climate = by_key("climate", "month")[str(month.month)]
    rng = dice("weather", str(month))
    length = (month.end - month.start).days
    swing = Decimal(climate["swing"])
    stray = [swing * Decimal(rng.randint(-1000, 1000)) / 500 for _ in range(length)]
    level = _mean(month, Decimal(climate["mean"])) - sum(stray) / length
    return [(month.start + timedelta(days=n), rounded(level + one, ONE_PLACE)) for n, one in enumerate(stray)]


def _mean(month: Month, usual: Decimal) -> Decimal:
    year = by_key("winters", "fiscal_year")[str(month.fiscal_year.number)]
    if month.month in HEATED:
        return usual - Decimal(year["colder"])
    return usual + Decimal(year["warmer_summer"]) if month.month in WARM else usual

"""Rows of activities.csv for everything that was drawn, still without their ids."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from examples.make_kotsukotsu_shi.chance import rounded
from examples.make_kotsukotsu_shi.facilities import Facility
from examples.make_kotsukotsu_shi.fleet import air_conditioners, driven, fleet
from examples.make_kotsukotsu_shi.meters import meter_of
from examples.make_kotsukotsu_shi.quantities import monthly, yearly
from examples.make_kotsukotsu_shi.series import LAST, Series, all_series
from examples.make_kotsukotsu_shi.tables import by_key, day
from kotsukotsu.periods import FiscalYear

Row = dict[str, Any]


def drawn() -> Iterator[Row]:
    """Every row of every facility, as if nothing were missing or mistyped."""
    for series in all_series():
        yield from _of(series)
    yield from _of_fleet()


def _of(series: Series) -> Iterator[Row]:
    if series.yearly:
        for year, quantity in yearly(series):
            yield _row(series.facility, series.item, year.start, year.end, quantity)
        return
    use = series.shape["use"] or None
    for month, quantity in monthly(series):
        yield _row(series.facility, series.item, month.start, month.end, quantity, use=use)
    yield from _after(series)


def _after(series: Series) -> Iterator[Row]:
    """No use any more: said once a year, because a missing row would not say it."""
    if not day(series.shape["to"]) or series.facility.closed:
        return
    for number in range(FiscalYear.of(series.end).number, LAST.number + 1):
        year = FiscalYear(number)
        row = _row(series.facility, series.item, year.start, year.end, None)
        yield {**row, "basis": "not_occurring", "source": None, "note": "燃料の転換により使用なし"}


def _of_fleet() -> Iterator[Row]:
    for month, item, quantity in driven():
        yield _row(fleet(), item, month.start, month.end, quantity)
    for year, count in air_conditioners():
        yield _row(fleet(), "car_air_conditioner", year.start, year.end, Decimal(count))


def _row(
    facility: Facility, item: str, start: date, end: date, quantity: Decimal | None, *, use: str | None = None
) -> Row:
    line = by_key("items", "item")["distance" if item.startswith("distance_") else item]
    return {
        "facility_id": facility.facility_id,
        "item": item,
        "start": start,
        "end": end,
        "quantity": quantity,
        "unit": line["unit"],
        "basis": "measured",
        "cost_yen": cost(item, start, quantity),
        "source": line["source"],
        "note": None,
        "meter_id": meter_of(facility, item),
        "use": use,
        "replaces": None,
        "posted_at": None,
        "posted_by": None,
    }


def cost(item: str, start: date, quantity: Decimal | None) -> Decimal | None:
    """What the quantity cost in that year, None for what is not bought. [yen]"""
    price = by_key("prices", "item").get(item, {}).get(str(FiscalYear.of(start).number))
    return rounded(quantity * Decimal(price), 0) if price and quantity is not None else None

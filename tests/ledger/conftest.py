"""Builders of rows and views: one school with electricity, whatever a test says besides."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from kotsukotsu.ledger.checks.view import View, view_of
from kotsukotsu.ledger.items import ItemFacts
from kotsukotsu.periods import FiscalYear
from kotsukotsu.schema import Row
from kotsukotsu.schema.city import TABLES, City

ITEMS = (
    ItemFacts("electricity", "電気", "kWh"),
    ItemFacts("kerosene", "灯油", "L"),
    ItemFacts("diesel", "軽油", "L"),
    ItemFacts("lpg", "LPG", "kg", other_units=frozenset({"m3"})),
    ItemFacts("city_gas", "都市ガス", "m3"),
    ItemFacts("car_air_conditioner", "カーエアコン", "vehicle_year", measure="stock"),
    ItemFacts("distance_diesel_truck", "軽油 貨物車", "km"),
    ItemFacts("waste_incinerated_continuous", "ごみ（連続燃焼）", "t"),
)
DATES = ("start", "end", "valid_from", "valid_to", "opened_on", "closed_on")


def typed(row: Row) -> Row:
    """ISO days as dates, shares as decimals."""
    dated = {name: date.fromisoformat(v) if name in DATES and isinstance(v, str) else v for name, v in row.items()}
    return {name: Decimal(v) if name == "share" and v is not None else v for name, v in dated.items()}


def a_row(
    activity_id: str,
    start: str,
    end: str,
    quantity: str | None = "100",
    *,
    item: str = "electricity",
    **more: Any,
) -> Row:
    """A row of activities."""
    base: Row = {
        "activity_id": activity_id,
        "facility_id": "s1",
        "item": item,
        "start": start,
        "end": end,
        "quantity": None if quantity is None else Decimal(quantity),
        "unit": {"kerosene": "L", "diesel": "L", "lpg": "kg", "city_gas": "m3"}.get(item, "kWh"),
        "basis": "measured",
        "cost_yen": None,
        "source": None,
        "note": None,
        "meter_id": None,
        "use": None,
        "replaces": None,
        "posted_at": None,
        "posted_by": None,
    }
    return typed({**base, **more})


def a_year(fy: int, values: Iterable[str | None] = ("100",) * 12, prefix: str = "A", **more: Any) -> list[Row]:
    """Calendar-month rows of a fiscal year, April first; ids A2024-01 … A2024-12."""
    months = FiscalYear(fy).months()
    return [
        a_row(f"{prefix}{fy}-{number:02d}", str(month.start), str(month.end), value, **more)
        for number, (month, value) in enumerate(zip(months, values, strict=False), start=1)
    ]


def a_view(
    rows: Iterable[Row],
    *,
    fys: Iterable[int] = (2024,),
    today: date = date(2025, 6, 1),
    moment: datetime | None = None,
    factors: Iterable[Row] = (),
    **tables: list[Row],
) -> View:
    """The view of a small city; a table given by name replaces the usual one."""
    usual: dict[str, list[Row]] = {
        "departments": [{"department_id": "d1", "name": "教育課"}],
        "facilities": [{"facility_id": "s1", "name": "中央小学校", "department_id": "d1"}],
        "supplies": [{"facility_id": "s1", "item": "electricity", "supplier": "例電力", "share": None}],
    }
    given = {name: [typed(row) for row in table] for name, table in {**usual, **tables}.items()}
    city_tables = {name: given.get(name, []) for name in TABLES} | {"activities": list(rows)}
    settings = {"municipality": {"name": "見本市", "code": "012351", "base_fy": 2013}}
    city = City("見本市", settings, city_tables, [typed(row) for row in factors])
    return view_of(city, ITEMS, fiscal_years=[FiscalYear(fy) for fy in fys], today=today, moment=moment)


@pytest.fixture
def row() -> Callable[..., Row]:
    """Builder of one row."""
    return a_row


@pytest.fixture
def year() -> Callable[..., list[Row]]:
    """Builder of twelve monthly rows."""
    return a_year


@pytest.fixture
def view() -> Callable[..., View]:
    """Builder of a view."""
    return a_view


@pytest.fixture
def facts() -> tuple[ItemFacts, ...]:
    """The items of the small city."""
    return ITEMS

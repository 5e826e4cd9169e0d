"""Rows of the engine as groups, and the small tables that the engine needs beside the ledger."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from itertools import accumulate
from typing import Any

from kotsukotsu.accounting import exact
from kotsukotsu.accounting.model import Group
from kotsukotsu.accounting.suppliers import SupplierIds
from kotsukotsu.catalogue.model import Catalogue
from kotsukotsu.periods import JST, LONG_DAYS, Month, days, split_by_month
from kotsukotsu.schema import cell
from kotsukotsu.schema.city import City

FIRST, LAST = date(1900, 1, 1), date(2999, 12, 31)  # stand for "no beginning known" and "goes on" inside the engine
END_OF_TIME = datetime(2999, 12, 31, tzinfo=JST)


def supplies_table(city: City) -> list[tuple[Any, ...]]:
    """Rows of the engine's table ``supplies``."""
    return [
        (
            row["facility_id"], row["item"], row["meter_id"] or "", row["supplier"], row["menu"] or "",
            cell(row["share"]) or "1", row["valid_from"] or FIRST, row["valid_to"] or LAST,
        )
        for row in city.table("supplies")
    ]  # fmt: skip


def apportionments_table(city: City) -> list[tuple[Any, ...]]:
    """Rows of the engine's table ``apportionments``."""
    return [
        (
            row["facility_id"], row["item"], row["meter_id"] or "", row["to_facility_id"], cell(row["share"]),
            row["valid_from"] or FIRST, row["valid_to"] or LAST,
        )
        for row in city.table("apportionments")
    ]  # fmt: skip


def scope_table(first_fy: int, last_fy: int, moment: datetime | None) -> list[tuple[Any, ...]]:
    """The one row of the engine's table ``scope``; no moment means everything posted so far.

    Inside the engine a moment is Japan time without its zone, as ``activities.csv`` has it.
    """
    return [(first_fy, last_fy, (moment or END_OF_TIME).astimezone(JST).replace(tzinfo=None))]


def portions_table(periods: Iterable[tuple[date, date]]) -> list[tuple[Any, ...]]:
    """Rows of the engine's table ``portions``: the shares of each period's days in its months.

    The shares of a period are decimals that add up to exactly 1: the last one is 1 minus the others. A long period
    is split over fiscal years only.
    """
    return [
        (start, end, fy, month, last, cell(share))
        for start, end in periods
        for (fy, month), (last, share) in _portions(start, end).items()
    ]


def _portions(start: date, end: date) -> dict[tuple[int, int | None], tuple[date, Decimal]]:
    """Last day and share of each month, or of each fiscal year of a long period."""
    counted: dict[tuple[int, int | None], int] = {}
    is_long = days(start, end) > LONG_DAYS
    for month, count in split_by_month(start, end):
        key = (month.fiscal_year.number, None if is_long else month.index)
        counted[key] = counted.get(key, 0) + count
    whole = Decimal(days(start, end))
    shares = {key: (Decimal(count) / whole).quantize(Decimal("1E-18")) for key, count in counted.items()}
    last = next(reversed(shares))
    shares[last] = exact.difference(Decimal(1), exact.total(share for key, share in shares.items() if key != last))
    ends = accumulate(counted.values())
    return {key: (start + timedelta(days=passed - 1), shares[key]) for key, passed in zip(counted, ends, strict=True)}


def groups_of(rows: Iterable[Sequence[Any]], catalogue: Catalogue) -> list[Group]:
    """Groups from the engine's ``years`` or ``months``: the keys, then quantity, rows, missing."""
    ids = SupplierIds(catalogue)
    ordered = sorted(rows, key=lambda row: tuple(map(str, row[:12])))  # an engine answers in any order
    return [_group(row[:12], row[12], int(row[13]), int(row[14]), {}, ids) for row in ordered]


def single_rows(rows: Iterable[Sequence[Any]], catalogue: Catalogue) -> list[Group]:
    """Groups of one row each from the engine's ``identified``."""
    ids = SupplierIds(catalogue)
    names = ("activity_id", "start", "end", "quantity", "source", "note", "meter_id")
    return [_group(row[7:], row[3], 1, int(row[3] is None), dict(zip(names, row, strict=False)), ids) for row in rows]


def _group(
    keys: Sequence[Any],
    quantity: Decimal | None,
    rows: int,
    missing: int,
    row: Mapping[str, Any],
    ids: SupplierIds,
) -> Group:
    facility, item, supplier, menu, use, unit, basis, fy, month, *shares = keys
    return Group(
        facility_id=facility, item=item, supplier=ids.of(item, supplier), menu=menu, use=use, unit=unit, basis=basis,
        fiscal_year=int(fy), month=None if month is None else _month(int(month)),
        share=_share(*shares), quantity=quantity, rows=rows, missing=missing,
        row=row,
    )  # fmt: skip


@lru_cache(maxsize=1 << 10)
def _month(index: int) -> Month:
    return Month.at(index)


@lru_cache(maxsize=1 << 10)
def _share(*shares: str) -> Decimal:
    return exact.product(*map(Decimal, shares))

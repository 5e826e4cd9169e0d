"""A year's bills as data: every number a string."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from kotsukotsu.documents.energy.meters import Meter
from kotsukotsu.energy.bill import Bill, Line, MonthBill
from kotsukotsu.energy.room import Room
from kotsukotsu.energy.site import Site
from kotsukotsu.periods import Month
from kotsukotsu.rounding import plain


def data(site: Site, found: Sequence[Meter]) -> dict[str, Any]:
    """The body."""
    return {
        **head(site),
        "meters": [
            {
                "meter": one.meter_id,
                "buildings": list(one.names),
                "tariff": one.bill.tariffs[-1].tariff_id,
                "status": list(one.bill.statuses),
                "months": [_month(one.bill, month) for month in one.bill.months],
                "by_kind_yen": {kind: plain(yen) for kind, yen in one.bill.by_kind().items()},
                "total_kwh": plain(one.bill.kwh),
                "total_yen": plain(one.bill.total),
                "room": _room(one.room),
            }
            for one in found
        ],
        "total_kwh": plain(sum((one.bill.kwh for one in found), Decimal(0))),
        "total_yen": plain(sum((one.bill.total for one in found), Decimal(0))),
    }


def head(site: Site) -> dict[str, Any]:
    """What every study of a site begins with."""
    return {"site": site.name, "municipality": site.municipality, "fiscal_year": site.fiscal_year.number,
            "synthetic": site.synthetic}  # fmt: skip


def _month(bill: Bill, month: MonthBill) -> dict[str, Any]:
    contract = month.contract
    set_by = contract.set_by if contract else None
    first = bill.months[0].month.index
    return {
        "month": str(month.month),
        "tariff": month.tariff.tariff_id,
        "kwh": plain(month.kwh),
        "maximum_kw": plain(month.maximum.kw),
        "maximum_at": bill.calendar.moment(month.maximum.slot).isoformat(),
        "contract_kw": plain(contract.kw) if contract else None,
        "contract_set_in": None if set_by is None else str(Month.at(first + set_by)),
        "lines": [_line(line) for line in month.lines],
        "total_yen": plain(month.total),
    }


def _line(line: Line) -> dict[str, Any]:
    return {
        "kind": line.kind, "season": line.season, "period": line.period, "quantity": plain(line.quantity),
        "unit": line.unit, "price": plain(line.price), "share": plain(line.share), "yen": plain(line.amount),
        "source": line.source, "status": line.status,
    }  # fmt: skip


def _room(left: Room | None) -> dict[str, str | None] | None:
    if left is None:
        return None
    yearly, monthly = (None, left.yen_per_kw) if left.agreed else (left.yen_per_kw, None)
    return {
        "month": str(left.month), "maximum_kw": plain(left.maximum_kw), "contract_kw": plain(left.contract_kw),
        "left_kw": plain(left.left_kw), "yen_per_kw_year": None if yearly is None else plain(yearly),
        "yen_per_kw_month": None if monthly is None else plain(monthly),
        "set_in": str(left.set_in) if left.set_in else None,
        "last_month": str(left.last_month) if left.last_month else None,
    }  # fmt: skip

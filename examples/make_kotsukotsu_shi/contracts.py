"""Who supplies what and when, and the invented suppliers' factors."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from examples.make_kotsukotsu_shi.series import FIRST, LAST, Series, all_series
from examples.make_kotsukotsu_shi.tables import Line, day, earliest, latest, lines
from kotsukotsu.periods import FiscalYear

ALL_GROUPS = "all"


def supply_rows() -> Iterator[dict[str, object]]:
    """Lines of supplies.csv: each group's contracts, cut to the months in which the facility uses the item."""
    for series in all_series():
        for contract in lines("contracts"):
            if contract["item"] == series.item and contract["group"] in (series.facility.group, ALL_GROUPS):
                yield from _cut(series, contract)


def _cut(series: Series, contract: Line) -> Iterator[dict[str, object]]:
    start = latest(day(contract["valid_from"]), series.start)
    stop = series.end if series.end < LAST.end else None
    end = earliest(day(contract["valid_to"]), stop)
    if start and (end is None or start < end):
        yield {
            "facility_id": series.facility.facility_id,
            "item": series.item,
            "supplier": contract["supplier"],
            "menu": contract["menu"] or None,
            "valid_from": start,
            "valid_to": end,
            "share": Decimal(contract["share"]) if contract["share"] else None,
        }


def factor_rows(item: str) -> Iterator[dict[str, object]]:
    """Lines of factors/<item>.csv: one for each supplier, menu and fiscal year."""
    for number, line in enumerate(lines("factors"), start=1):
        if line["item"] != item:
            continue
        for year in (FiscalYear(n) for n in range(FIRST.number, LAST.number + 1)):
            yield {
                "factor_id": f"kk-{number:02d}-{year.number}",
                "item": item,
                "supplier": line["supplier"],
                "menu": line["menu"] or None,
                "gas": "CO2",
                "value": Decimal(line[str(year.number)]),
                "mass": line["mass"],
                "per": line["per"],
                "valid_from": year.start,
                "valid_to": year.end,
                "source": "架空の係数（コツコツ市の例のために作った値）",
                "locator": f"係数表 {number}行目 {year.number}年度",
                "status": "derived",
            }

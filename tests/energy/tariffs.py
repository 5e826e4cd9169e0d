"""Tariffs to compute by hand."""

from __future__ import annotations

from kotsukotsu.energy.tariff.load import book

HEAD = (
    "tariff_id,name,supplier,voltage,contract_rule,memory_months,penalty_ratio,no_use_share,power_factor,kw_digits,"
    "kwh_digits,line_digits,levy_digits,total_digits,yen_method,tax,levy,fuel_series,market_series,source,status\n"
)
PRICES = "tariff_id,component,season,period,price,valid_from,valid_to,source,status\n"
RATES = "kind,valid_from,valid_to,value,source,status\n"
SEASONS = "tariff_id,season,from_month,to_month\n"
HOURS = "tariff_id,season,days,from_time,to_time,period\n"
ADJUSTMENTS = "series,valid_from,valid_to,price,source,status\n"


def plain(tariff="actual,,,,no,,,,,,truncate,included,no,,", lines="", **more):
    """A tariff `t`: its columns from contract_rule on, and lines of prices as `component,season,period,price`."""
    rows = "".join(f"t,{line},2000-01-01,,test,example\n" for line in lines.split())
    given = {"tariffs": f"{HEAD}t,t,s,high,{tariff},test,example\n", "prices": PRICES + rows}
    return book(given | more)


def dated(head, *lines):
    return head + "".join(f"{line},test,example\n" for line in lines)

"""Options as data: numbers are strings, what is not known is nothing."""

from __future__ import annotations

from typing import Any

from kotsukotsu.energy import exact
from kotsukotsu.energy.options.compare import Compared
from kotsukotsu.energy.options.judged import Judged
from kotsukotsu.energy.site import Site
from kotsukotsu.rounding import plain


def data(site: Site, found: Compared) -> dict[str, Any]:
    """The body of the JSON."""
    return {
        "site": site.name,
        "fiscal_year": site.fiscal_year.number,
        "synthetic": site.synthetic,
        "ranked_by": found.rule,
        "assumptions": [
            {"key": key, "value": plain(row.value), "low": None if row.low is None else plain(row.low),
             "high": None if row.high is None else plain(row.high), "source": row.source, "status": row.status}
            for key, row in found.assumed.rows.items()
        ],
        "options": [{"rank": place, **_option(one), "dominated_by": found.beaten.get(one.option.option_id)}
                    for place, one in enumerate(found.ranked, 1)],
        "looked_at": found.one.option.option_id,
        "pairs": [{"part": pair.component, "saved_yen_per_year": told(pair.saved_yen), "has_price": pair.has_price,
                   "without": _short(pair.without)} for pair in found.pairs],
        "forms": [{"form": way.form, "missing": list(way.missing),
                   **({} if way.found is None else {**_money(way.found), **_cash(way.found)})} for way in found.forms],
        "fair_ppa_yen_per_kwh": {like: told(price) for like, price in found.fair.items()},
        "sensitivity": [
            {"key": one.key, "low": plain(one.values[0]), "high": plain(one.values[1]),
             "npv_yen": [told(value) for value in one.npvs], "tonnes_co2": [told(value) for value in one.tonnes],
             "first": list(one.firsts), "npv_is_zero_at": told(one.turns_at)}
            for one in found.swings
        ],
    }  # fmt: skip


def told(value: float | None) -> str | None:
    """A number as text."""
    return None if value is None else plain(exact.decimal(value))


def _option(one: Judged) -> dict[str, Any]:
    option, year = one.option, one.year
    return {
        "id": option.option_id, "name": option.name, "form": option.form,
        "sizes": {key: told(getattr(option.sizes, key)) for key in option.sizes.__dataclass_fields__},
        **_money(one), **_short(one), "bill_yen": told(year.bill_yen), "sun_kwh": told(year.sun_kwh),
        "unused_kwh": told(year.unused_kwh), "bought_kwh": told(year.bought_kwh), "sold_kwh": told(year.sold_kwh),
        "short_kwh": told(year.short_kwh), "yen_per_tonne": told(one.yen_per_tonne),
        "programme_less_bill_yen": told(year.gap_yen), "source": option.source,
    }  # fmt: skip


def _money(one: Judged) -> dict[str, str | None]:
    return {"npv_yen": told(one.npv), "whole_yen": told(one.whole_worth), "first_yen": told(one.cash.flows[0]),
            "irr": told(one.irr), "payback_years": told(one.payback), "lcoe_yen_per_kwh": told(one.lcoe)}  # fmt: skip


def _short(one: Judged) -> dict[str, str | None]:
    return {"running_yen": told(one.running_yen), "contract_kw": told(one.year.contract_kw),
            "tonnes_co2": told(one.tonnes), "p10_hours": told(one.hours[0]),
            "p50_hours": told(one.hours[1])}  # fmt: skip


def _cash(one: Judged) -> dict[str, Any]:
    lines = {name: [told(yen) for yen in years] for name, years in one.cash.lines.items()}
    return {"cash_yen": [told(yen) for yen in one.cash.flows], "lines_yen": lines}

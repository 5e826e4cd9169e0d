from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

from kotsukotsu.planning.portfolio_model import COST, Form, Option, Problem, Programme

DATA = Path(__file__).parent / "data" / "portfolios"
SMALL = sorted(path.stem for path in DATA.glob("6x3_*.json"))


def instance(name: str, form: Form = COST, *, target: Decimal | None = None) -> Problem:
    told = json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"), parse_float=Decimal, parse_int=Decimal)
    years = int(told["years"])
    ratios = [factor / told["grid_factor"][0] for factor in told["grid_factor"]]
    wanted = told["target_t"] if target is None else target
    return Problem(
        options=tuple(_option(row, ratios) for row in told["measures"]),
        first_fy=2026,
        budgets=tuple(told["budget"]),
        programmes=tuple(
            Programme(key, row["rate"], (row["yearly_limit"],) * years) for key, row in told["subsidies"].items()
        ),
        exclusive=tuple(tuple(group) for group in told["exclusive"]),
        requires=tuple((later, earlier) for later, earlier in told["requires"]),
        targets={years - 1: wanted} if form == COST else {},
        discount_rate=told["discount_rate"],
        form=form,
    )


def _option(row: dict, ratios: list[Decimal]) -> Option:
    return Option(
        key=row["id"],
        facility=row["facility"],
        kind=row["kind"],
        saving=tuple(_saving(row, ratio) for ratio in ratios),
        capex=row["capex"],
        running=row["running"],
        earliest=int(row["first_year"]),
        renewal_year=None if row["renewal_year"] is None else int(row["renewal_year"]),
        renewal_discount=row["renewal_discount"],
        programme=row["subsidy"],
    )


def _saving(row: dict, ratio: Decimal) -> Decimal:
    return (row["saving_t"] * (ratio if row["electric"] else 1)).quantize(Decimal("1e-9"))

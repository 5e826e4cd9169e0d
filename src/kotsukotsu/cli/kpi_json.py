"""An indicator as JSON."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from kotsukotsu.planning.kpis import Kpi
from kotsukotsu.rounding import plain


def body(one: Kpi) -> dict[str, Any]:
    """Aim, today's counts, where they come from and how far they reach; null for what is not known."""
    return {
        "kpi": one.aim.kpi,
        "name": one.aim.name,
        "numerator": _text(one.numerator),
        "denominator": _text(one.denominator),
        "unit": one.aim.unit,
        "pct": _text(one.pct),
        "aim_fy": one.aim.aim_fy,
        "aim_pct": plain(one.aim.aim_pct),
        "missing": _text(one.missing),
        "origin": one.origin,
        "asked": None if one.reach is None else one.reach.asked,
        "counted": None if one.reach is None else one.reach.counted,
        "status": one.aim.status,
    }


def _text(value: Decimal | None) -> str | None:
    return None if value is None else plain(value)

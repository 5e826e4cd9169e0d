"""The figures by which a year of dispatch is known, each with how it is counted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kotsukotsu import texts
from kotsukotsu.documents.energy.study import Part, figure
from kotsukotsu.documents.table import Row, Table
from kotsukotsu.energy import exact, kpis
from kotsukotsu.energy.dispatch.model import Battery, Solar, fixed
from kotsukotsu.energy.slots import HOURS
from kotsukotsu.rounding import plain

if TYPE_CHECKING:
    from kotsukotsu.documents.energy.dispatch_study import Dispatched

DIGITS = {"percent": 1, "kwh": 0, "times": 1}  # by unit


def figures(found: Dispatched) -> Iterator[tuple[str, float, str]]:
    """Name, value and unit of each that there is: without sun or battery some are not."""
    whole, assets = slice(0, found.meter.slots), found.meter.assets

    def kwh(name: str) -> float:
        return float(found.flow(name)[whole].sum()) * HOURS

    could = HOURS * sum(float(one.per_kw.sum()) * fixed(one.kw) for one in assets if isinstance(one, Solar))
    left = max(0.0, could - kwh("sun"))
    each = (
        ("self_sufficiency", found.own(whole), "percent"),
        ("self_consumption", _percent(kpis.self_consumption(could, kwh("sell"), left)), "percent"),
        ("curtailed", left if could else None, "kwh"),
        ("cycles", kpis.cycles(kwh("battery_out"), _content(found)), "times"),
    )
    yield from ((name, float(value), unit) for name, value, unit in each if value is not None)


def part(found: Dispatched) -> Part:
    """The table of them."""
    rows: tuple[Row, ...] = tuple(
        (_label(name), figure(exact.decimal(value), DIGITS[unit]), _label(unit), _label(f"{name}.rule"))
        for name, value, unit in figures(found)
    )
    heads = tuple(_label(f"head.{key}") for key in ("what", "value", "unit", "rule"))
    return Part("known", _label("title"), tables=(Table(_label("title"), "", heads, rows),))


def data(found: Dispatched) -> dict[str, str]:
    """The same as data."""
    return {name: plain(exact.decimal(value)) for name, value, _ in figures(found)}


def _content(found: Dispatched) -> float:
    return sum(fixed(one.kwh) for one in found.meter.assets if isinstance(one, Battery))


def _percent(share: float | None) -> float | None:
    return None if share is None else 100 * share


def _label(key: str) -> str:
    return texts.label(f"energy.dispatch.known.{key}")

"""The state of every measure and indicator at the end of a fiscal year."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kotsukotsu import texts
from kotsukotsu.accounting import exact
from kotsukotsu.documents.printing import Figure, Printer, decimals
from kotsukotsu.documents.starts import start
from kotsukotsu.documents.table import Row, Table
from kotsukotsu.periods import FiscalYear
from kotsukotsu.planning.kpis import Kpi
from kotsukotsu.planning.measures import library
from kotsukotsu.rounding import Rounding
from kotsukotsu.schema import Row as Line
from kotsukotsu.schema.city import City

STATES = ("done", "doing", "planned", "stopped", "unknown")
THOUSANDTH = Decimal("0.001")
_FILE = re.compile(r"([a-z_]+)\.csv")


@dataclass(frozen=True, slots=True)
class KindOf:
    """All measures of one kind: how many are in which state, and what they are estimated to cost. [1000 yen]"""

    key: str
    name: str
    counts: Mapping[str, int]
    cost: Figure

    @property
    def total(self) -> int:
        """How many there are."""
        return sum(self.counts.values())


def states(city: City, fy: int) -> dict[str, str]:
    """State of each measure at the end of a fiscal year; ``unknown`` where nobody reported one."""
    said = {row["measure_id"]: row["state"] for row in city.table("progress") if row["fiscal_year"] == fy}
    return {row["measure_id"]: said.get(row["measure_id"], "unknown") for row in city.table("measures")}


def kinds(city: City, fy: int) -> tuple[KindOf, ...]:
    """The kinds of measures in the order of the library."""
    known, state = library(), states(city, fy)
    rows: dict[str, list[Line]] = {}
    for row in city.table("measures"):
        rows.setdefault(row["measure"], []).append(row)
    order = {key: index for index, key in enumerate(known)}
    return tuple(
        _kind(key, known[key].name if key in known else key, rows[key], state)
        for key in sorted(rows, key=lambda key: order.get(key, len(order)))
    )


def _kind(key: str, name: str, rows: Sequence[Line], state: Mapping[str, str]) -> KindOf:
    counts = {one: sum(state[row["measure_id"]] == one for row in rows) for one in STATES}
    costs = [row["cost_yen"] for row in rows]
    known = None if None in costs else exact.product(exact.total(costs), THOUSANDTH)
    return KindOf(key, name, counts, decimals(known, 0))


def kinds_table(city: City, fy: int, saved: Mapping[str, Decimal], rounding: Rounding) -> Table:
    """Kinds of measures down, states across.

    Parameters
    ----------
    saved : mapping
        Kind to what its measures would save together; one without an effect is left open. [t-CO2e/year]
    """
    found, printer = kinds(city, fy), Printer(rounding)
    rows: tuple[Row, ...] = tuple(
        (
            one.name, _count(one.total), *(_count(one.counts[state]) for state in STATES),
            printer.emission(saved.get(one.key)), one.cost,
        )
        for one in found
    )  # fmt: skip
    sums = [sum(one.counts[state] for one in found) for state in STATES]
    costs = [one.cost.exact for one in found]
    cost = decimals(None if None in costs else exact.total(cost for cost in costs if cost is not None), 0)
    effect = printer.emission(exact.total(saved.values()) if saved else None)
    total: Row = (texts.label("total"), _count(sum(sums)), *map(_count, sums), effect, cost)
    heads = (
        texts.label("measure.head.kind"), texts.label("measure.head.count"),
        *(texts.label(f"state.{state}") for state in STATES), texts.label("measure.head.effect", unit=printer.unit),
        texts.label("measure.head.cost"),
    )  # fmt: skip
    return Table(
        texts.label("measure.table", year=FiscalYear(fy).name), texts.label("measure.unit"), heads, rows,
        (total,) if found else (), texts.label("measure.note"),
    )  # fmt: skip


def each_table(city: City, fy: int, facility: Callable[[str], str]) -> Table:
    """Every measure with its facility, state and remark."""
    said = {row["measure_id"]: row for row in city.table("progress") if row["fiscal_year"] == fy}
    known, state = library(), states(city, fy)
    rows: tuple[Row, ...] = tuple(
        (
            known[row["measure"]].name if row["measure"] in known else row["measure"], facility(row["facility_id"]),
            texts.label(f"state.{state[row['measure_id']]}"),
            start(row),
            said[row["measure_id"]]["text"] or "" if row["measure_id"] in said else "",
        )
        for row in city.table("measures")
    )  # fmt: skip
    heads = tuple(texts.label(f"measure.head.{name}") for name in ("kind", "facility", "state", "from", "text"))
    return Table(texts.label("measure.each", year=FiscalYear(fy).name), "", heads, rows)


def kpi_table(found: Sequence[Kpi], fy: int) -> Table:
    """Indicators with numerator, denominator, value, aim and where the counts come from."""
    rows: tuple[Row, ...] = tuple(_kpi(one) for one in found)
    heads = tuple(
        texts.label(f"kpi.head.{name}")
        for name in ("name", "numerator", "denominator", "unit", "value", "aim", "aim_fy", "origin")
    )
    return Table(texts.label("kpi.table", year=FiscalYear(fy).name), "", heads, rows, (), texts.label("kpi.note"))


def _kpi(one: Kpi) -> Row:
    return (
        one.aim.name, decimals(one.numerator, 0), decimals(one.denominator, 0), one.aim.unit,
        decimals(one.pct, 1, "%"), decimals(one.aim.aim_pct, 0, "%"), FiscalYear(one.aim.aim_fy).short_name,
        _origin(one.counted_in),
    )  # fmt: skip


def _origin(text: str) -> str:
    """Where a count comes from, registers by their names instead of their files."""
    known = texts.entries()
    return _FILE.sub(lambda found: texts.label(f"kpi.register.{found[1]}") if f"kpi.register.{found[1]}" in known
                     else found[0], text)  # fmt: skip


def _count(value: int) -> Figure:
    return decimals(Decimal(value), 0)

"""Emissions of many facilities or many bodies at once, from sums that already name supplier, menu and use."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kotsukotsu.accounting import exact
from kotsukotsu.accounting.columns import DIGITS, QUANTITY, Coded, Codes, products, totals
from kotsukotsu.accounting.picks import Pick, pick
from kotsukotsu.accounting.suppliers import SupplierIds
from kotsukotsu.catalogue.in_force import Demand, Law
from kotsukotsu.catalogue.policy import Policy
from kotsukotsu.findings import Finding

Cell = tuple[str, str, int]  # place (facility or municipality), item, fiscal year
Kind = tuple[str, str, str, str, str, int]  # what picks a factor: item, supplier, menu, use, unit, fiscal year
CELL = ("place", "item", "fiscal_year")
KIND = ("item", "supplier", "menu", "use", "unit", "fiscal_year")
RESULT = (*CELL, "gas", "thirds")
SUMS = pa.schema(
    [
        *((name, pa.string()) for name in ("place", "item", "supplier", "menu", "use", "unit")),
        ("fiscal_year", pa.int32()),
        ("quantity", QUANTITY),
        ("missing", pa.int64()),
    ]
)


@dataclass(frozen=True, slots=True)
class Portfolio:
    """Exact emissions of every cell that could be computed, and findings for the others.

    Attributes
    ----------
    cells : Table
        Columns place, item, fiscal_year, gas, and `thirds`, three times the tonnes of the gas. [t]
    gwp : mapping
        Gas and fiscal year to the global warming potential of the year's policy. [t-CO2e/t]
    incomplete : frozenset of Cell
        Cells in which some row has no quantity; what is there is counted, what is missing is not taken as zero.
    problems : tuple of Finding
        N-01 no single factor (the cell is left out whole), N-02 rows without a quantity, N-03 rows without a date,
        N-04 fuel without a use, of which only the CO2 is counted.
    """

    cells: pa.Table
    gwp: Mapping[tuple[str, int], Decimal]
    incomplete: frozenset[Cell]
    problems: tuple[Finding, ...]

    def lines(self) -> Iterator[tuple[Cell, str, Decimal]]:
        """Cell, gas, and three times the tonnes, one after the other. [t]"""
        for place, item, fy, gas, thirds in _rows(self.cells):
            yield (place, item, fy), gas, thirds

    def co2e(self) -> dict[Cell, Decimal]:
        """Emission of every cell, all gases. [t-CO2e]"""
        sums: dict[Cell, Decimal] = {}
        for cell, gas, thirds in self.lines():
            amount = exact.product(thirds, self.gwp[gas, cell[2]])
            sums[cell] = exact.total((sums[cell], amount)) if cell in sums else amount
        return {cell: exact.whole(thirds) for cell, thirds in sums.items()}


def emissions(sums: pa.Table, law: Law, policy_of: Callable[[int], Policy]) -> Portfolio:
    """Emissions per cell and gas.

    Parameters
    ----------
    sums : Table
        Result of ``portfolio_facility`` or ``portfolio_municipality``: the place, then item, supplier, menu, use,
        unit, fiscal_year, quantity [unit], and missing, the number of rows without a quantity.
    policy_of : callable
        Fiscal year to the policy that picks its factors.

    Notes
    -----
    A cell with a row for which there is not exactly one factor has no value at all: part of a sum is no sum.
    """
    named = sums.combine_chunks().rename_columns(SUMS.names).cast(SUMS)
    has_year = pc.is_valid(named["fiscal_year"])
    return _Cells(named.filter(has_year), law, policy_of).portfolio(_undated(named.filter(pc.invert(has_year))))


class _Cells:
    """Rows of dated sums, each with its cell and its kind; of each kind the law is asked once."""

    def __init__(self, rows: pa.Table, law: Law, policy_of: Callable[[int], Policy]) -> None:
        self.rows, self.law = rows, law
        coded = Coded(rows, ("place", *KIND))
        self.cell = coded.together(CELL)
        _, first, self.kind = np.unique(coded.together(KIND), return_index=True, return_inverse=True)
        kinds = _rows(rows.select(KIND).take(first))
        self.kinds: list[Kind] = [(*(name or "" for name in key[:-1]), key[-1]) for key in kinds]
        suppliers = SupplierIds(law.catalogue)
        self.picks = [_pick(kind, suppliers, law, policy_of) for kind in self.kinds]
        self.stopped = np.array([bool(found.problem) for found in self.picks], dtype=bool)[self.kind]
        self.missing = pc.greater(rows["missing"], 0).to_numpy()

    def portfolio(self, undated: tuple[Finding, ...]) -> Portfolio:
        """The whole cells, and what is wrong with the others."""
        pairs = list(zip(self.kinds, self.picks, strict=True))
        gwp = {(gas, kind[-1]): gwp.value for kind, found in pairs for gas, _, gwp in found.factors}
        incomplete = frozenset(_rows(self.rows.select(CELL).filter(pa.array(self.missing))))
        return Portfolio(self._whole(), gwp, incomplete, (*self._problems(), *undated))

    def _whole(self) -> pa.Table:
        there = pc.is_valid(self.rows["quantity"]).to_numpy() & ~np.isin(self.cell, self.cell[self.stopped])
        gases = sorted({gas for found in self.picks for gas, _, _ in found.factors})
        return _together([self._of_gas(gas, there) for gas in gases])

    def _of_gas(self, gas: str, there: Codes) -> pa.Table:
        thirds = [_thirds(found, gas) for found in self.picks]
        chosen = there & np.array([value is not None for value in thirds], dtype=bool)[self.kind]
        factors = [value if value is not None else Decimal(0) for value in thirds]  # a zero here is never chosen
        amounts = products(self.rows["quantity"].filter(pa.array(chosen)), factors, self.kind[chosen])
        rows, summed = totals(amounts, self.cell[chosen], np.flatnonzero(chosen))
        named = self.rows.select(CELL).take(rows)
        gases = pa.array([gas], pa.string()).take(pa.array(np.zeros(len(summed), dtype=np.int64)))
        return pa.table([*named.columns, gases, summed], names=list(RESULT))

    def _problems(self) -> Iterator[Finding]:
        doubtful = np.array([self._asks_use(kind) for kind in self.kinds], dtype=bool)[self.kind]
        for number in np.unique(self.kind[self.stopped | self.missing | doubtful]):
            here = self.kind == number
            data = _data(self.kinds[number], self.law)
            if problem := self.picks[number].problem:
                places = len(np.unique(self.cell[here]))
                yield Finding("N-01", data=data | {"cause": problem[0], "detail": problem[1], "places": places})
            if rows := pc.sum(self.rows["missing"].filter(pa.array(here))).as_py():
                places = len(np.unique(self.cell[here & self.missing]))
                yield Finding("N-02", data=data | {"rows": int(rows), "places": places})
            if not problem and self._asks_use(self.kinds[number]):
                yield Finding("N-04", data=data | {"places": len(np.unique(self.cell[here]))})

    def _asks_use(self, kind: Kind) -> bool:
        """Whether the item has gases that go by a use, and none is named."""
        item, use = kind[0], kind[3]
        return not use and any(gases for (fuel, _), gases in self.law.catalogue.uses.items() if fuel == item)


def _together(tables: Sequence[pa.Table]) -> pa.Table:
    """One table of all gases, with the most decimals that one of them has."""
    if not tables:
        return _nothing()
    decimals = max(table.schema.field("thirds").type.scale for table in tables)
    kind = pa.decimal256(DIGITS, decimals)
    place = RESULT.index("thirds")
    return pa.concat_tables(table.set_column(place, "thirds", table["thirds"].cast(kind)) for table in tables)


def _pick(kind: Kind, suppliers: SupplierIds, law: Law, policy_of: Callable[[int], Policy]) -> Pick:
    item, supplier, menu, use, unit, fy = kind
    demand = Demand(item, use, suppliers.of(item, supplier), menu, fy, None)
    return pick(law, policy_of(fy), demand, unit)


def _thirds(found: Pick, gas: str) -> Decimal | None:
    """Three times the tonnes of a gas per unit of the bill, None where the kind has none. [t/unit]"""
    for name, factor, _ in found.factors:
        if name == gas:
            return exact.product(found.ratio, factor.thirds)
    return None


def _data(kind: Kind, law: Law) -> dict[str, object]:
    item, supplier, menu, use, _, fy = kind
    named = {"item": law.catalogue.items.get(item, item), "item_id": item, "supplier": supplier, "menu": menu}
    return {**named, "use": use, "fiscal_year": fy}


def _undated(rows: pa.Table) -> tuple[Finding, ...]:
    places = len(rows["place"].unique())
    return (Finding("N-03", data={"places": places}),) if places else ()


def _nothing() -> pa.Table:
    kinds = (pa.string(), pa.string(), pa.int32(), pa.string(), pa.decimal256(1, 0))
    return pa.table([pa.array([], kind) for kind in kinds], names=list(RESULT))


def _rows(table: pa.Table) -> Sequence[tuple[Any, ...]]:
    return list(zip(*(column.to_pylist() for column in table.columns), strict=True))

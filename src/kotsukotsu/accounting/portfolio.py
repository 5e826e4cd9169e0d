"""Emissions of many facilities or many bodies at once, from sums that already name supplier and menu.

Products are made a column at a time, in decimals of 76 digits, which hold every digit of a sum of 38 times a factor
of 37; a factor that needs more is an error of Arrow, never rounded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kotsukotsu.accounting import exact
from kotsukotsu.accounting.picks import Pick, pick
from kotsukotsu.accounting.suppliers import SupplierIds
from kotsukotsu.catalogue.in_force import Demand, Law
from kotsukotsu.catalogue.policy import Policy
from kotsukotsu.findings import Finding

Cell = tuple[str, str, int]  # place (facility or municipality), item, fiscal year
Codes = np.ndarray[tuple[int], np.dtype[np.int64]]
CELL = ("place", "item", "fiscal_year")
KIND = ("item", "supplier", "menu", "unit", "fiscal_year")  # what picks a factor
SUM_DIGITS, SUM_DECIMALS, FACTOR_DIGITS = 38, 6, 37


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
        N-01 no single factor (the cell is left out whole), N-02 rows without a quantity, N-03 rows without a date.
    """

    cells: pa.Table
    gwp: Mapping[tuple[str, int], Decimal]
    incomplete: frozenset[Cell]
    problems: tuple[Finding, ...]

    def lines(self) -> Iterator[tuple[Cell, str, Decimal]]:
        """Cell, gas and three times the tonnes, one after the other."""
        for place, item, fy, gas, thirds in zip(*(column.to_pylist() for column in self.cells.columns), strict=True):
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
        Result of ``portfolio_facility`` or ``portfolio_municipality``: the place, then item, supplier, menu, unit,
        fiscal_year, quantity [unit], and missing, the number of rows without a quantity.
    policy_of : callable
        Fiscal year to the policy that picks its factors.

    Notes
    -----
    A cell with a row for which there is not exactly one factor has no value at all: part of a sum is no sum.
    """
    named = sums.rename_columns(["place", *sums.column_names[1:]])
    undated = named.filter(pc.is_null(named["fiscal_year"]))
    dated = named.filter(pc.is_valid(named["fiscal_year"])) if undated.num_rows else named
    kinds, kind = _distinct(dated, KIND)
    picks = [_pick(key, law, policy_of) for key in _names(law, kinds)]
    cells, cell = _distinct(dated, CELL)
    stopped = np.array([bool(found.problem) for found in picks], dtype=bool)[kind]
    usable = ~np.isin(cell, cell[stopped]) & pc.is_valid(dated["quantity"]).to_numpy()
    missing = pc.greater(dated["missing"], 0).to_numpy()
    return Portfolio(
        cells=_summed(dated.append_column("cell", pa.array(cell)).filter(usable), kind[usable], picks, cells),
        gwp={(gas, key[4]): gwp.value for key, found in zip(_keys(kinds), picks, strict=True) for gas, _, gwp in found.factors},
        incomplete=frozenset(_keys(cells.take(np.unique(cell[missing])))),
        problems=(*_problems(dated, kind, kinds, picks, law), *_undated(undated)),
    )  # fmt: skip


def _distinct(table: pa.Table, columns: Sequence[str]) -> tuple[pa.Table, Codes]:
    """The distinct values of some columns, and for each row which of them it has."""
    codes: Codes = np.zeros(table.num_rows, dtype=np.int64)
    for column in columns:
        coded = pc.fill_null(table[column], "" if column != "fiscal_year" else 0).combine_chunks().dictionary_encode()
        codes = codes * len(coded.dictionary) + coded.indices.to_numpy()
    _, first, which = np.unique(codes, return_index=True, return_inverse=True)
    return table.select(columns).take(first), which


def _keys(table: pa.Table) -> list[tuple[str, ...]]:
    return list(zip(*(column.to_pylist() for column in table.columns), strict=True))


def _names(law: Law, kinds: pa.Table) -> list[Demand]:
    suppliers = SupplierIds(law.catalogue)
    return []


def _summed(rows: pa.Table, kind: Codes, picks: Sequence[Pick], cells: pa.Table) -> pa.Table:
    return rows

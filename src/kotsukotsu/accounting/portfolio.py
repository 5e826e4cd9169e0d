"""Emissions of many facilities or many bodies at once, from sums that already name supplier and menu."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from kotsukotsu.accounting import exact
from kotsukotsu.accounting.picks import pick
from kotsukotsu.accounting.suppliers import SupplierIds
from kotsukotsu.catalogue.in_force import Demand, Law
from kotsukotsu.catalogue.policy import Policy
from kotsukotsu.findings import Finding

Cell = tuple[str, str, int]  # place (facility or municipality), item, fiscal year
Key = tuple[str, str, str, str, int]  # item, supplier, menu, unit, fiscal year
Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Portfolio:
    """Exact emissions of every cell that could be computed, and findings for the others.

    Attributes
    ----------
    thirds : mapping
        Gas to cell to three times the tonnes. [t]
    gwp : mapping
        Gas and fiscal year to the global warming potential of the year's policy. [t-CO2e/t]
    incomplete : frozenset of Cell
        Cells in which some row has no quantity; what is there is counted, what is missing is not taken as zero.
    problems : tuple of Finding
        N-01 no single factor (the cell is left out whole), N-02 rows without a quantity.
    """

    thirds: Mapping[str, Mapping[Cell, Decimal]]
    gwp: Mapping[tuple[str, int], Decimal]
    incomplete: frozenset[Cell]
    problems: tuple[Finding, ...]

    def co2e(self) -> dict[Cell, Decimal]:
        """Emission of every cell, all gases. [t-CO2e]"""
        sums: dict[Cell, Decimal] = {}
        for gas, cells in self.thirds.items():
            for cell, thirds in cells.items():
                _add(sums, cell, exact.product(thirds, self.gwp[gas, cell[2]]))
        return {cell: exact.whole(thirds) for cell, thirds in sums.items()}


@dataclass(slots=True)
class _Kind:
    """All that one key needs, looked up once: for each gas three times the tonnes per unit, and its cells so far."""

    factors: tuple[tuple[dict[Cell, Decimal], Decimal], ...]
    problem: tuple[str, str] | None = None
    rows: int = 0
    missing: int = 0
    stopped: set[Cell] = field(default_factory=set)
    incomplete: set[Cell] = field(default_factory=set)


def emissions(rows: Iterable[Row], law: Law, policy_of: Callable[[int], Policy]) -> Portfolio:
    """Emissions per cell and gas.

    Parameters
    ----------
    rows : iterable of tuple
        Result of ``portfolio_facility`` or ``portfolio_municipality``: place, item, supplier, menu, unit, fiscal
        year, quantity [unit], number of rows, number of rows without a quantity.
    policy_of : callable
        Fiscal year to the policy that picks its factors.

    Notes
    -----
    A cell with a row for which there is not exactly one factor has no value at all: part of a sum is no sum.
    """
    sums = _Sums(law, policy_of)
    for row in rows:
        kind = sums.kinds.get(row[1:6]) or sums.kind(row[1:6])
        cell, quantity = (row[0], row[1], row[5]), row[6]
        if row[8] or kind.problem:
            _note(kind, cell, row[7], row[8])
        if quantity is not None:
            for cells, per_unit in kind.factors:
                _add(cells, cell, exact.product(quantity, per_unit))
    return sums.result()


def _add(sums: dict[Cell, Decimal], cell: Cell, amount: Decimal) -> None:
    sums[cell] = exact.total((sums[cell], amount)) if cell in sums else amount


def _note(kind: _Kind, cell: Cell, rows: int, missing: int) -> None:
    kind.missing += int(missing)
    if kind.problem:
        kind.rows += int(rows)
        kind.stopped.add(cell)
    if missing:
        kind.incomplete.add(cell)


class _Sums:
    """The cells of every gas, and the kinds of rows met so far."""

    def __init__(self, law: Law, policy_of: Callable[[int], Policy]) -> None:
        self._law, self._policy_of = law, policy_of
        self._suppliers = SupplierIds(law.catalogue)
        self._thirds: dict[str, dict[Cell, Decimal]] = {}
        self._gwp: dict[tuple[str, int], Decimal] = {}
        self.kinds: dict[Key, _Kind] = {}

    def kind(self, key: Key) -> _Kind:
        """What a key needs; asked of the law once."""
        item, supplier, menu, unit, fy = key
        demand = Demand(item, "", self._suppliers.of(item, supplier), menu, fy, None)
        found = pick(self._law, self._policy_of(fy), demand, unit)
        self._gwp |= {(gas, fy): gwp.value for gas, _, gwp in found.factors}
        factors = tuple(
            (self._thirds.setdefault(gas, {}), exact.product(found.ratio, factor.thirds))
            for gas, factor, _ in found.factors
        )
        self.kinds[key] = _Kind(factors, found.problem)
        return self.kinds[key]

    def result(self) -> Portfolio:
        """The whole cells, and what is wrong with the others."""
        for cell in {cell for kind in self.kinds.values() for cell in kind.stopped}:
            for cells in self._thirds.values():
                cells.pop(cell, None)
        incomplete = frozenset(cell for kind in self.kinds.values() for cell in kind.incomplete)
        problems = tuple(finding for key, kind in self.kinds.items() for finding in _findings(key, kind, self._law))
        return Portfolio(self._thirds, self._gwp, incomplete, problems)


def _findings(key: Key, kind: _Kind, law: Law) -> Iterable[Finding]:
    item, supplier, menu, _, fy = key
    known = law.catalogue.items.get(item)
    data: dict[str, object] = {"item": known.name_ja if known else item, "item_id": item, "supplier": supplier}
    data |= {"menu": menu, "fiscal_year": fy}
    if kind.problem:
        cause, detail = kind.problem
        stopped = {"cause": cause, "detail": detail, "rows": kind.rows, "places": len(kind.stopped)}
        yield Finding("N-01", data=data | stopped)
    if kind.missing:
        yield Finding("N-02", data=data | {"rows": kind.missing, "places": len(kind.incomplete)})

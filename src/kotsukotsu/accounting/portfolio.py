"""Emissions of many facilities or many bodies at once, from sums that already name supplier and menu."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
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


@dataclass(frozen=True, slots=True)
class Portfolio:
    """Exact emissions of every cell that could be computed, and findings for the others.

    Attributes
    ----------
    thirds : mapping
        Cell and gas to three times the tonnes. [t]
    gwp : mapping
        Fiscal year and gas to the global warming potential of the year's policy. [t-CO2e/t]
    incomplete : frozenset of Cell
        Cells in which some row has no quantity; what is there is counted, what is missing is not taken as zero.
    problems : tuple of Finding
        N-01 no single factor (the cell is left out whole), N-02 rows without a quantity.
    """

    thirds: Mapping[tuple[Cell, str], Decimal]
    gwp: Mapping[tuple[int, str], Decimal]
    incomplete: frozenset[Cell]
    problems: tuple[Finding, ...]

    def co2e(self) -> dict[Cell, Decimal]:
        """Emission of every cell, all gases. [t-CO2e]"""
        sums: dict[Cell, Decimal] = {}
        for (cell, gas), thirds in self.thirds.items():
            amount = exact.product(thirds, self.gwp[cell[2], gas])
            sums[cell] = exact.total((sums[cell], amount)) if cell in sums else amount
        return {cell: exact.whole(thirds) for cell, thirds in sums.items()}


@dataclass(slots=True)
class _Kind:
    """All that one key needs, looked up once: per gas three times the tonnes per unit; and what went wrong."""

    thirds: tuple[tuple[str, Decimal], ...]
    gwp: tuple[tuple[str, Decimal], ...] = ()
    problem: tuple[str, str] | None = None
    rows: int = 0
    missing: int = 0
    stopped: set[Cell] = field(default_factory=set)
    incomplete: set[Cell] = field(default_factory=set)


def emissions(rows: Iterable[Sequence[Any]], law: Law, policy_of: Callable[[int], Policy]) -> Portfolio:
    """Emissions per cell and gas.

    Parameters
    ----------
    rows : iterable
        Result of ``portfolio_facility`` or ``portfolio_municipality``: place, item, supplier, menu, unit, fiscal
        year, quantity [unit], number of rows, number of rows without a quantity.
    policy_of : callable
        Fiscal year to the policy that picks its factors.

    Notes
    -----
    A cell with a row for which there is not exactly one factor has no value at all: part of a sum is no sum.
    """
    kinds: dict[Key, _Kind] = {}
    suppliers = SupplierIds(law.catalogue)
    thirds: dict[tuple[Cell, str], Decimal] = {}
    for place, item, supplier, menu, unit, fy, quantity, count, missing in rows:
        key = (item, supplier, menu, unit, fy)
        kind = kinds.get(key) or kinds.setdefault(key, _kind(key, suppliers, law, policy_of))
        cell = (place, item, fy)
        if missing or kind.problem:
            _note(kind, cell, count, missing)
        if quantity is None:
            continue
        for gas, per_unit in kind.thirds:
            amount = exact.product(quantity, per_unit)
            here = (cell, gas)
            thirds[here] = exact.total((thirds[here], amount)) if here in thirds else amount
    return _result(thirds, kinds, law)


def _kind(key: Key, suppliers: SupplierIds, law: Law, policy_of: Callable[[int], Policy]) -> _Kind:
    item, supplier, menu, unit, fy = key
    demand = Demand(item, "", suppliers.of(item, supplier), menu, int(fy), None)
    found = pick(law, policy_of(int(fy)), demand, unit)
    thirds = tuple((gas, exact.product(found.ratio, factor.thirds)) for gas, factor, _ in found.factors)
    return _Kind(thirds, tuple((gas, gwp.value) for gas, _, gwp in found.factors), found.problem)


def _note(kind: _Kind, cell: Cell, count: int, missing: int) -> None:
    kind.missing += int(missing)
    if kind.problem:
        kind.rows += int(count)
        kind.stopped.add(cell)
    if missing:
        kind.incomplete.add(cell)


def _result(thirds: dict[tuple[Cell, str], Decimal], kinds: Mapping[Key, _Kind], law: Law) -> Portfolio:
    stopped = frozenset(cell for kind in kinds.values() for cell in kind.stopped)
    return Portfolio(
        thirds={key: value for key, value in thirds.items() if key[0] not in stopped} if stopped else thirds,
        gwp={(key[4], gas): gwp for key, kind in kinds.items() for gas, gwp in kind.gwp},
        incomplete=frozenset(cell for kind in kinds.values() for cell in kind.incomplete),
        problems=tuple(finding for key, kind in kinds.items() for finding in _findings(key, kind, law)),
    )


def _findings(key: Key, kind: _Kind, law: Law) -> Iterable[Finding]:
    item, supplier, menu, _, fy = key
    known = law.catalogue.items.get(item)
    data: dict[str, object] = {
        "item": known.name_ja if known else item,
        "item_id": item,
        "supplier": supplier,
        "menu": menu,
    }
    data |= {"fiscal_year": fy}
    if kind.problem:
        cause, detail = kind.problem
        yield Finding(
            "N-01", data=data | {"cause": cause, "detail": detail, "rows": kind.rows, "places": len(kind.stopped)}
        )
    if kind.missing:
        yield Finding("N-02", data=data | {"rows": kind.missing, "places": len(kind.incomplete)})

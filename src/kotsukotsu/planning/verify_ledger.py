"""Printed totals against the city's own rows, where it still has them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction

from kotsukotsu.accounting.inventory import Inventory
from kotsukotsu.accounting.model import Line
from kotsukotsu.accounting.sectors import ORDER
from kotsukotsu.planning.verify_claims import Claim, Figure
from kotsukotsu.planning.verify_interval import exactly
from kotsukotsu.planning.verify_print import Print
from kotsukotsu.schema import Row

FILE = "totals.csv"
_KEYS: Mapping[str, Callable[[Line], str]] = {
    "item": lambda line: line.item,
    "gas": lambda line: line.gas,
    "facility_id": lambda line: line.group.facility_id,
    "sector": lambda line: line.sector,
}


def claims_of(printed: Iterable[Row], inventories: Mapping[int, Inventory]) -> Iterator[Claim]:
    """Each printed total of a year that can be recomputed.

    Parameters
    ----------
    printed : iterable of rows
        Schema ``printed_totals``.
    inventories : mapping
        Fiscal year to its inventory.
    """
    for line, row in enumerate(printed, start=2):
        result = inventories.get(row["fiscal_year"])
        if result is not None and row["sector"] in (None, "", *ORDER):
            yield _claim(Figure(row["tonnes_co2e"], f"{FILE} {line}行目"), result, row)


def of_headline(print_: Print, inventories: Mapping[int, Inventory]) -> Iterator[Claim]:
    """The totals that the text names."""
    for fy, result in inventories.items():
        if figure := print_.said("total", f"fy{fy}"):
            yield _claim(figure, result, {})


def _claim(figure: Figure, result: Inventory, row: Row) -> Claim:
    wanted = {key: row[key] for key in _KEYS if row.get(key)}
    lines = (line for line in result.lines if all(_KEYS[key](line) == value for key, value in wanted.items()))
    computed: Decimal = result.total_of(lines)
    return Claim("ledger", figure, Fraction(computed), exactly(computed), ())

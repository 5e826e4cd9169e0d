"""The inventories as data in long form: one line for each year, code and gas, in full precision.

Heads are plain ASCII names; a code table says what they mean (行政データにおける機械可読性に関するルール).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache

from kotsukotsu.accounting.inventory import Inventory, InventoryRow
from kotsukotsu.documents.model import Names, Overview
from kotsukotsu.rounding import plain

COLUMNS = ("facility", "item", "gas")
NUMBERS = ("quantity", "tonnes", "tonnes_co2e", "comparable_tonnes_co2e")
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
Value = str | int | Decimal | None


def records(
    found: Overview, results: Mapping[int, Inventory], names: Names, columns: Sequence[str] = COLUMNS
) -> Iterator[dict[str, Value]]:
    """One record for each line of the inventories by `columns`, years in order.

    A quantity belongs to the item: where a line stands for each gas, the same quantity stands in each.
    """
    states = {year.fy: year.state for year in found.years}
    for fy, result in sorted(results.items()):
        for row in result.rows(columns):
            yield _record(found, fy, states[fy], row, names)


def _record(found: Overview, fy: int, state: str, row: InventoryRow, names: Names) -> dict[str, Value]:
    keys: dict[str, Value] = {}
    for column, code in row.keys.items():
        keys[column] = code
        if column != "gas":
            keys[f"{column}_name"] = names[column](code)
    return {
        "municipality_code": found.code,
        "municipality": found.city,
        "fiscal_year": fy,
        **keys,
        "gas": row.gas,
        "quantity": row.quantity,
        "unit": row.unit,
        "tonnes": row.tonnes,
        "tonnes_co2e": row.tonnes_co2e,
        "comparable_tonnes_co2e": row.comparable_tonnes_co2e,
        "status": row.status,
        "has_estimates": "yes" if row.has_estimates else "no",
        "year_state": state,
    }


def csv_cell(value: Value) -> str | int:
    """A value as a cell of a CSV file: numbers with every digit, texts harmless and on one line."""
    if isinstance(value, Decimal):
        return plain(value)
    return "" if value is None else _text_cell(value) if isinstance(value, str) else value


@lru_cache(maxsize=1 << 14)
def _text_cell(text: str) -> str:
    return harmless(" ".join(text.splitlines()))


def harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula.

    >>> harmless("=1+1"), harmless("市役所")
    ("'=1+1", '市役所')
    """
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text

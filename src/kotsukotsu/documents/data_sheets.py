"""Sheets for machines: long form, heads in the first row, no merged cells, a code table and metadata."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from kotsukotsu import texts, units
from kotsukotsu.accounting.inventory import Inventory
from kotsukotsu.documents.data import FORMULA_SIGNS, NUMBERS, Value, records
from kotsukotsu.documents.model import Names, Overview
from kotsukotsu.rounding import plain

WIDTH = 18


def write_data(
    book: Any, found: Overview, results: Mapping[int, Inventory], names: Names, columns: Sequence[str]
) -> tuple[int, list[str]]:
    """The sheet データ; how many lines it has, and its heads.

    A number stands twice: as a number, of which Excel keeps 15 digits, and as a text with all of them.
    """
    rows = [_with_texts(record) for record in records(found, results, names, columns)]
    heads = list(rows[0])
    _sheet(book, "data", heads, ([*row.values()] for row in rows))
    return len(rows), heads


def _with_texts(record: Mapping[str, Value]) -> dict[str, Value]:
    found: dict[str, Value] = {}
    for name, value in record.items():
        found[name] = value
        if name in NUMBERS:
            found[f"{name}_text"] = plain(value) if isinstance(value, Decimal) else None
    return found


def write_codes(
    book: Any, results: Mapping[int, Inventory], names: Names, columns: Sequence[str], heads: Sequence[str]
) -> None:
    """The sheet コード表: what each head and each code means."""
    catalogue = next(iter(results.values())).law.catalogue
    heads_told: list[list[Value]] = [["column", head, texts.label(f"doc.column.{_plain_head(head)}")] for head in heads]
    codes: list[list[Value]] = [
        [column, code, names[column](code)]
        for column in columns
        if column != "gas"
        for code in sorted({row.keys[column] for result in results.values() for row in result.rows((column,))})
    ]
    used = {row.unit for result in results.values() for row in result.rows(("item",)) if row.unit}
    statuses = [["status", status.status, status.name_ja] for status in catalogue.statuses.values()]
    states = [["year_state", state, texts.label(f"doc.year_state.{state}")] for state in ("complete", "incomplete")]
    named_units = [["unit", unit, units.find(unit).name_ja] for unit in sorted(used)]
    _sheet(book, "codes", ["kind", "code", "name"], [*heads_told, *codes, *named_units, *statuses, *states])


def _plain_head(head: str) -> str:
    """Columns of names and of full precision are told by their ending."""
    for ending in ("_name", "_text"):
        if head.endswith(ending):
            return ending.strip("_")
    return head


def write_metadata(book: Any, found: Overview, results: Mapping[int, Inventory], count: int) -> None:
    """The sheet メタデータ: what the data are, of when, by which rules, and how they are written."""
    policy: list[list[Value]] = [
        [f"policy_{index}", f"{label}：{text}"] for index, (label, text) in enumerate(found.policy, 1)
    ]
    rows: list[list[Value]] = [
        ["title", texts.label("doc.title", city=found.city, year=found.year.label)],
        ["municipality_code", found.code],
        ["municipality", found.city],
        ["invented", texts.label("doc.invented") if found.invented else "no"],
        ["made_on", found.made.isoformat()],
        ["fiscal_years", ",".join(str(fy) for fy in sorted(results))],
        ["incomplete_fiscal_years", ",".join(str(year.fy) for year in found.years if year.is_incomplete)],
        ["base_fiscal_year", str(found.base_fy)],
        ["rows", count],
        ["catalogue", found.catalogue],
        *policy,
        ["encoding", texts.label("doc.meta.encoding")],
        ["blank", texts.label("doc.meta.blank")],
        ["precision", texts.label("doc.meta.precision")],
        ["quantity", texts.label("doc.meta.quantity")],
    ]
    _sheet(book, "meta", ["key", "value"], rows)


def _sheet(book: Any, name: str, heads: Sequence[str], rows: Iterable[Sequence[Value]]) -> None:
    sheet = book.add_worksheet(texts.label(f"doc.sheet.{name}"))
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, len(heads) - 1, WIDTH)
    quoted = book.add_format({"quote_prefix": True})  # stays a text also when it is edited
    for column, head in enumerate(heads):
        sheet.write_string(0, column, head)
    for row, values in enumerate(rows, 1):
        for column, value in enumerate(values):
            if isinstance(value, str):
                sheet.write_string(row, column, value, quoted if value.startswith(FORMULA_SIGNS) else None)
            elif value is not None:
                sheet.write_number(row, column, value)

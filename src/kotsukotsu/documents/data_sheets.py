"""Data for machines: long form, a code table and metadata, the same for XLSX, CSV and JSON.

Rules: デジタル庁「行政データにおける機械可読性に関するルール」; a test runs the importer's own checks over every sheet.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from kotsukotsu import texts, units
from kotsukotsu.accounting.inventory import Inventory
from kotsukotsu.documents.data import FORMULA_SIGNS, NUMBERS, Value, records
from kotsukotsu.documents.model import Names, Overview
from kotsukotsu.rounding import plain

WIDTH = 18
DATA, CODES, META = "data", "codes", "meta"
Record = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class DataSheet:
    """A table for machines: `name` is the key of its title, heads are plain ASCII names."""

    name: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]

    @property
    def records(self) -> list[dict[str, Value]]:
        """The rows by their heads."""
        return [dict(zip(self.heads, row, strict=True)) for row in self.rows]


def data_sheets(
    found: Overview, results: Mapping[int, Inventory], names: Names, columns: Sequence[str]
) -> tuple[DataSheet, DataSheet, DataSheet]:
    """データ, コード表 and メタデータ of the inventories by some columns."""
    rows = list(records(found, results, names, columns))
    data = DataSheet(DATA, tuple(rows[0]), tuple(tuple(row.values()) for row in rows))
    return data, _codes(results, names, columns, data.heads), _metadata(found, results, len(rows))


def _codes(results: Mapping[int, Inventory], names: Names, columns: Sequence[str], heads: Sequence[str]) -> DataSheet:
    """What each head and each code means."""
    catalogue = next(iter(results.values())).law.catalogue
    numbers = [f"{head}_text" for head in heads if head in NUMBERS]
    heads_told = [("column", head, texts.label(f"doc.column.{_plain_head(head)}")) for head in (*heads, *numbers)]
    codes = [
        (column, code, names[column](code))
        for column in columns
        if column != "gas"
        for code in sorted({row.keys[column] for result in results.values() for row in result.rows((column,))})
        if code
    ]
    used = {row.unit for result in results.values() for row in result.rows(("item",)) if row.unit}
    is_japanese = texts.language() == "ja"
    statuses = [
        ("status", one.status, one.name_ja if is_japanese else one.name_en) for one in catalogue.statuses.values()
    ]
    states = [("year_state", state, texts.label(f"doc.year_state.{state}")) for state in ("complete", "incomplete")]
    named_units = [("unit", unit, units.find(unit).name_ja) for unit in sorted(used)]
    return DataSheet(
        CODES, ("kind", "code", "name"), (*heads_told, *codes, *named_units, *statuses, *states)
    )  # fmt: skip


def _plain_head(head: str) -> str:
    """Columns of names and of full precision are told by their ending."""
    for ending in ("_name", "_text"):
        if head.endswith(ending):
            return ending.strip("_")
    return head


def _metadata(found: Overview, results: Mapping[int, Inventory], count: int) -> DataSheet:
    """What the data are, of when, by which rules, how they are written, and what was stated before."""
    city = next(iter(results.values())).city
    policy = [
        (f"policy_{index}", f"{label}{texts.label('sign.colon')}{text}")
        for index, (label, text) in enumerate(found.policy, 1)
    ]
    wishes = city.settings.get("publication", {})
    history = [
        (f"history_{index}", texts.label("doc.meta.history", day=row["stated_on"], fy=row["fiscal_year"],
                                         tonnes=row["tonnes_co2e"], reason=row["reason"]))
        for index, row in enumerate(city.table("restatements"), 1)
    ]  # fmt: skip
    rows: list[tuple[Value, ...]] = [
        ("title", texts.label("doc.title", city=found.city, year=found.year.label)),
        ("municipality_code", found.code),
        ("municipality", found.city),
        ("invented", texts.label("doc.invented") if found.invented else "no"),
        ("made_on", found.made.isoformat()),
        ("fiscal_years", ",".join(str(fy) for fy in sorted(results))),
        ("incomplete_fiscal_years", ",".join(str(year.fy) for year in found.years if year.is_incomplete)),
        ("base_fiscal_year", str(found.base_fy)),
        ("rows", count),
        ("catalogue", found.catalogue),
        *policy,
        ("licence", str(wishes.get("licence", "")) or texts.label("doc.meta.no_licence")),
        ("contact", str(wishes.get("contact", "")) or found.city),
        ("encoding", texts.label("doc.meta.encoding")),
        ("blank", texts.label("doc.meta.blank")),
        ("precision", texts.label("doc.meta.precision")),
        ("quantity", texts.label("doc.meta.quantity")),
        *history,
    ]
    return DataSheet(META, ("key", "value"), tuple(rows))


def with_texts(sheet: DataSheet) -> DataSheet:
    """Each number twice: as a number, of which Excel keeps 15 digits, and as a text with all of them."""
    heads: list[str] = []
    for head in sheet.heads:
        heads += [head, f"{head}_text"] if head in NUMBERS else [head]
    rows = tuple(tuple(_twice(sheet.heads, row)) for row in sheet.rows)
    return DataSheet(sheet.name, tuple(heads), rows)


def _twice(heads: Sequence[str], row: Sequence[Value]) -> list[Value]:
    found: list[Value] = []
    for head, value in zip(heads, row, strict=True):
        found.append(value)
        if head in NUMBERS:
            found.append(plain(value) if isinstance(value, Decimal) else None)
    return found


def write_sheet(book: Any, sheet: DataSheet) -> None:
    """The sheet in a workbook: heads in the first row, no merged cell, no formula, no format with a meaning."""
    made = book.add_worksheet(texts.label(f"doc.sheet.{sheet.name}"))
    made.freeze_panes(1, 0)
    made.set_column(0, len(sheet.heads) - 1, WIDTH)
    quoted = book.add_format({"quote_prefix": True})  # stays a text also when it is edited
    for column, head in enumerate(sheet.heads):
        made.write_string(0, column, head)
    for row, values in enumerate(sheet.rows, 1):
        for column, value in enumerate(values):
            if isinstance(value, str):
                made.write_string(row, column, value, quoted if value.startswith(FORMULA_SIGNS) else None)
            elif value is not None:
                made.write_number(row, column, value)

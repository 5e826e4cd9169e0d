"""The downloads: the same three tables as one workbook, as CSV files and as one JSON document."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from io import BytesIO, StringIO

import xlsxwriter

from kotsukotsu.accounting.inventory import Inventory
from kotsukotsu.documents.data import COLUMNS, Value, csv_cell
from kotsukotsu.documents.data_sheets import DataSheet, data_sheets, with_texts, write_sheet
from kotsukotsu.documents.model import Names, Overview
from kotsukotsu.documents.workbook import OPTIONS, describe
from kotsukotsu.rounding import plain

STEM = "emissions"


def downloads(
    found: Overview, results: Mapping[int, Inventory], names: Names, columns: Sequence[str] = COLUMNS
) -> dict[str, bytes]:
    """The files by name: ``emissions.xlsx``, ``emissions.csv`` with its codes and metadata, ``emissions.json``."""
    sheets = data_sheets(found, results, names, columns)
    data, codes, meta = sheets
    return {
        f"{STEM}.xlsx": workbook_of(found, sheets),
        f"{STEM}.csv": csv_of(data.heads, data.rows),
        f"{STEM}-codes.csv": csv_of(codes.heads, codes.rows),
        f"{STEM}-metadata.csv": csv_of(meta.heads, meta.rows),
        f"{STEM}.json": json_of(sheets),
    }


def workbook_of(found: Overview, sheets: Sequence[DataSheet]) -> bytes:
    """A workbook for machines alone."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, OPTIONS)
    describe(book, found)
    for sheet in sheets:
        write_sheet(book, with_texts(sheet))
    book.close()
    return out.getvalue()


def csv_of(heads: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """CSV: UTF-8 with a byte order mark, which Excel needs; one line for each record; no cell is a formula."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(heads)
    writer.writerows([csv_cell(value) for value in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def json_of(sheets: Sequence[DataSheet]) -> bytes:
    """One document, a value in each line; a number is a text with every digit."""
    data, codes, meta = sheets
    metadata = {str(row["key"]): row["value"] for row in meta.records}
    parts = {"metadata": _members(metadata, 1), "codes": _listed(codes), "rows": _listed(data)}
    body = ",\n".join(f' "{name}": {text}' for name, text in parts.items())
    return f"{{\n{body}\n}}\n".encode()


def _listed(sheet: DataSheet) -> str:
    return "[\n" + ",\n".join(f"  {_members(record, 2)}" for record in sheet.records) + "\n ]"


def _members(record: Mapping[str, Value], depth: int) -> str:
    """An object with each member in a line; the encoder of Python that does so itself takes ten times as long."""
    end = "\n" + " " * depth
    text = json.dumps(record, ensure_ascii=False, separators=(f",{end} ", ": "), default=_digits)
    return f"{{{end} {text[1:-1]}{end}}}"


def _digits(value: object) -> str:
    return plain(value) if isinstance(value, Decimal) else str(value)

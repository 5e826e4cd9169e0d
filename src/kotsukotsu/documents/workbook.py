"""Excel workbooks: sheets to print, and sheets for machines (データ, コード表, メタデータ)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, time
from io import BytesIO
from typing import Any

import xlsxwriter

from kotsukotsu import texts
from kotsukotsu.accounting.inventory import Inventory
from kotsukotsu.documents import sentences, tables
from kotsukotsu.documents.data import COLUMNS
from kotsukotsu.documents.data_sheets import data_sheets, with_texts, write_sheet
from kotsukotsu.documents.model import Names, Overview
from kotsukotsu.documents.print_sheets import Sheets
from kotsukotsu.documents.table import Table

OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def overview_workbook(found: Overview, results: Mapping[int, Inventory], names: Names) -> bytes:
    """The workbook of a series of years.

    Sheets 総括, 項目別, 所管課別, 施設別 and 推移 to print, then データ (facility, item, gas), コード表 and メタデータ.
    """
    series = [tables.series(found, kind) for kind in ("sector", "item")]
    return _workbook(found, results, names, COLUMNS, [("series", series)])


def inventory_workbook(found: Overview, result: Inventory, names: Names, columns: Sequence[str]) -> bytes:
    """The workbook of one year; the sheet データ has the columns asked for."""
    return _workbook(found, {result.fy: result}, names, columns, [])


def _workbook(
    found: Overview,
    results: Mapping[int, Inventory],
    names: Names,
    columns: Sequence[str],
    more: Sequence[tuple[str, list[Table]]],
) -> bytes:
    out = BytesIO()
    book = xlsxwriter.Workbook(out, OPTIONS)
    describe(book, found)
    sheets = Sheets(book, found)
    sheets.add("summary", _summary(found), [sentences.headline(found), *sentences.below_the_headline(found)])
    sheets.add("items", [tables.items(found)])
    sheets.add("departments", [tables.parts(found, "department", found.departments)])
    sheets.add("facilities", [tables.facilities(found)])
    for name, made in more:
        sheets.add(name, made)
    for sheet in data_sheets(found, results, names, columns):
        write_sheet(book, with_texts(sheet))
    book.close()
    return out.getvalue()


def _summary(found: Overview) -> list[Table]:
    kinds = (("sector", found.sectors), ("gas", found.gases))
    return [*(tables.parts(found, kind, parts) for kind, parts in kinds), tables.statuses(found).without_last()]


def describe(book: Any, found: Overview) -> None:
    """Title and day; nothing of the machine or of the moment, so that the same figures make the same file."""
    book.set_properties(
        {
            "title": texts.label("doc.title", city=found.city, year=found.year.label),
            "author": found.city,
            "created": datetime.combine(found.made, time(0), UTC),
        }
    )

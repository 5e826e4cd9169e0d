"""The report's tables as sheets to print."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

import xlsxwriter

from kotsukotsu.documents import sentences
from kotsukotsu.documents.print_sheets import Sheets
from kotsukotsu.documents.registry import Registry
from kotsukotsu.documents.report.source import Source
from kotsukotsu.documents.table import Table
from kotsukotsu.documents.workbook import OPTIONS, describe

SHEETS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("summary", ("years", "sector", "gas", "statuses")),
    ("goals", ("goals", "kpis")),
    ("items", ("item", "last.item")),
    ("departments", ("department", "last.department")),
    ("why", ("effects.last", "effects.base")),
    ("facilities", ("facilities",)),
    ("risers", ("risers",)),
    ("measures", ("kinds", "each")),
    ("told", ("opinions", "errata", "statements")),
)


def workbook(source: Source, registry: Registry, mark: str) -> bytes:
    """A4 sheets across; `mark` stands in the header of every page. A sheet without figures is left out."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, OPTIONS)
    describe(book, source.found)
    sheets = Sheets(book, source.found, mark)
    for name, keys in SHEETS:
        made = _there(registry, keys)
        if made:
            sheets.add(name, made, [sentences.headline(source.found)] if name == "summary" else ())
    book.close()
    return out.getvalue()


def _there(registry: Registry, keys: Sequence[str]) -> list[Table]:
    return [registry.tables[key] for key in keys if key in registry.tables and registry.tables[key].rows]

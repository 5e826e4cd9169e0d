"""The answers as sheets to print and to copy from."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO

import xlsxwriter

from kotsukotsu.documents.model import Overview
from kotsukotsu.documents.print_sheets import Sheets
from kotsukotsu.documents.table import Table
from kotsukotsu.documents.workbook import OPTIONS, describe


def workbook(found: Overview, made: Mapping[str, Table], mark: str) -> bytes:
    """One sheet for each table, by the name of its sheet (``doc.sheet.<name>``)."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, OPTIONS)
    describe(book, found)
    sheets = Sheets(book, found, mark)
    for name, table in made.items():
        sheets.add(name, [table])
    book.close()
    return out.getvalue()

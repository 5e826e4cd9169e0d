"""Bytes of a received file as a book; what it is follows from its content, never from its name."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from python_calamine import CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from kotsukotsu.errors import ImportFileError
from kotsukotsu.importers import csv_book, ods_extras, xls_extras, xlsx_extras
from kotsukotsu.importers.encoding import same_signs
from kotsukotsu.importers.extras import Extras, TooLargeError
from kotsukotsu.importers.model import EMPTY, Book, Cell, Sheet

MAX_BYTES = 50_000_000
MAX_UNPACKED_BYTES = 300_000_000
MAX_SHEETS = 1_000
# A double holds 15 decimal digits for certain, and Excel neither keeps nor shows more.
_EXCEL_DIGITS = 15
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_NOT_TABLES = (
    (b"%PDF", "PDF"),
    (b"<html", "HTML"),
    (b"<!doctype html", "HTML"),
    (b"<table", "HTML"),
    (b"{\\rtf", "RTF"),
)


def open_book(data: bytes, name: str) -> Book:
    """The sheets of a file.

    Parameters
    ----------
    data : bytes
        The whole file.
    name : str
        Its name, for messages only.

    Raises
    ------
    ImportFileError
        IM-01 empty, IM-02 no text, IM-03 another kind of file, IM-04 damaged, IM-05 password, IM-06 too large.
    """
    if not data.strip():
        raise ImportFileError("IM-01", file=name)
    if len(data) > MAX_BYTES:
        raise ImportFileError("IM-06", file=name, limit=f"{MAX_BYTES // 1_000_000} MB")
    try:
        return _open(data, name)
    except TooLargeError as error:
        raise ImportFileError("IM-06", file=name, limit=str(error)) from None


def _open(data: bytes, name: str) -> Book:
    if data.startswith(b"PK"):
        return _open_zip(data, name)
    if data.startswith(_OLE):
        if xls_extras.is_encrypted(data):
            raise ImportFileError("IM-05", file=name)
        return _open_excel(data, name, "xls", xls_extras.scan(data))
    head = data[:512].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    for start, kind in _NOT_TABLES:
        if head.startswith(start.lower()):
            raise ImportFileError("IM-03", file=name, kind=kind)
    return csv_book.open_csv(data, name)


def _limit(size: int, largest: int) -> None:
    if size > largest:
        raise TooLargeError(f"{largest:,}")


def _open_zip(data: bytes, name: str) -> Book:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _limit(sum(info.file_size for info in archive.infolist()), MAX_UNPACKED_BYTES)
            names = set(archive.namelist())
            if "xl/workbook.xml" in names:
                return _open_excel(data, name, "xlsx", xlsx_extras.scan(archive))
            if "content.xml" in names:
                return _open_excel(data, name, "ods", ods_extras.scan(archive))
    except (TooLargeError, ImportFileError):
        raise
    except Exception as error:  # noqa: BLE001 - zipfile and the XML parser have no common error for a damaged file
        raise ImportFileError("IM-04", file=name, detail=type(error).__name__) from None
    raise ImportFileError("IM-03", file=name, kind="ZIP")


def _open_excel(data: bytes, name: str, kind: Any, extras: dict[str, Extras]) -> Book:
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as workbook:
            _limit(len(workbook.sheet_names), MAX_SHEETS)
            sheets = tuple(
                _sheet(workbook, meta, extras.get(meta.name))
                for meta in workbook.sheets_metadata
                if meta.typ == SheetTypeEnum.WorkSheet
            )
    except (KeyboardInterrupt, SystemExit, TooLargeError):
        raise
    except PasswordError:
        raise ImportFileError("IM-05", file=name) from None
    except BaseException as error:  # noqa: BLE001 - a panic of the Rust reader is no Exception
        raise ImportFileError("IM-04", file=name, detail=type(error).__name__) from None
    return Book(name, kind, sheets)


def _sheet(workbook: CalamineWorkbook, meta: Any, extras: Extras | None) -> Sheet:
    known = extras or Extras(checked=False)
    source = workbook.get_sheet_by_name(meta.name)
    rows = [[_cell(value) for value in row] for row in source.to_python(skip_empty_area=False)]
    for (row, column), cell in known.special.items():
        _put(rows, row, column, cell)
    merged = source.merged_cell_ranges
    areas = known.merged if merged is None else [(a, b, c, d) for (a, b), (c, d) in merged]
    return Sheet(
        meta.name,
        tuple(tuple(row) for row in rows),
        tuple(areas),
        frozenset(known.hidden_rows),
        frozenset(known.hidden_columns),
        meta.visible == SheetVisibleEnum.Visible,
        known.formulas,
        known.objects,
        known.checked,
    )


def _put(rows: list[list[Cell]], row: int, column: int, cell: Cell) -> None:
    while len(rows) <= row:
        rows.append([])
    rows[row].extend([EMPTY] * (column + 1 - len(rows[row])))
    rows[row][column] = cell


def _cell(value: Any) -> Cell:
    if isinstance(value, bool):
        return Cell(value, "boolean")
    if isinstance(value, int | float):
        return Cell(exact(value), "number")
    if isinstance(value, datetime):
        return Cell(value.date(), "date")
    if isinstance(value, date):
        return Cell(value, "date")
    if isinstance(value, time | timedelta):
        return Cell(str(value), "time")
    text = same_signs(value)
    return Cell(text, "text") if text.strip() else EMPTY


def exact(value: float) -> Decimal:
    """The decimal number that a person typed into Excel.

    Notes
    -----
    Excel stores doubles; what was typed has at most 15 digits and comes back unchanged. A formula may leave noise
    beyond them (0.30000000000000004), which Excel itself does not show.

    Examples
    --------
    >>> exact(0.1), exact(1234.0), exact(0.1 + 0.2)
    (Decimal('0.1'), Decimal('1234'), Decimal('0.3'))
    """
    if isinstance(value, int):
        return Decimal(value)
    number = Decimal(repr(value))
    if len(number.as_tuple().digits) > _EXCEL_DIGITS + 1 and number.is_finite():
        number = Decimal(f"{value:.{_EXCEL_DIGITS}g}")
    if number.is_finite() and number == number.to_integral_value():
        return number.quantize(Decimal(1)) if number.adjusted() < 28 else number
    return number

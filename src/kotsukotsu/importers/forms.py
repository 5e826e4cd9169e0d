"""The Excel entry form of a department; filled in, it comes back through the layout ``entry_form``."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

import xlsxwriter

from kotsukotsu import texts, units
from kotsukotsu.importers import forms_guide
from kotsukotsu.importers.forms_look import Look
from kotsukotsu.importers.model import column_name
from kotsukotsu.periods import FiscalYear, era_year

MonthValue = Decimal | Literal["-"] | None
TITLE, DEPARTMENT, HINT, HEADER = range(4)
FIRST = HEADER + 1
_ERA_LETTERS = {"令和": "R", "平成": "H", "昭和": "S"}
_WIDTHS = {
    "fid": 6, "fac": 17, "iid": 7.5, "item": 9.5, "meter": 8, "unit": 5, "part": 6.5,
    "month": 7.2, "sum": 8.8, "est": 6.5, "note": 12,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class FormRow:
    """One quantity that is asked for, by month.

    Attributes
    ----------
    last_year : sequence
        April to March of the year before: a quantity, ``"-"`` not used, None not known. [unit]
    """

    facility_id: str
    facility: str
    item: str
    item_name: str
    unit: str
    meter: str = ""
    last_year: Sequence[MonthValue] = ()


@dataclass(frozen=True)
class Form:
    """A department's form for one fiscal year.

    Attributes
    ----------
    by_reading : bool
        4月分 is the quantity read in April (検針月), not that used in April.
    """

    city: str
    department: str
    fiscal_year: FiscalYear
    rows: tuple[FormRow, ...]
    due: str = ""
    by_reading: bool = False


def form(spec: Form) -> bytes:
    """The form as an xlsx without macros.

    Parameters
    ----------
    spec : Form
        Whom it asks for what.

    Returns
    -------
    bytes
        The file: sheet 「入力」 (protected but for the yellow cells, A4 landscape) and 「記入のしかた」.
    """
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        book.set_properties({"title": _title(spec), "company": spec.city})
        look = Look(book)
        sheet = book.add_worksheet(_text("IM-F5"))
        columns = _columns(spec)
        _page(sheet, spec, columns)
        _head(sheet, look, spec, columns)
        for index, row in enumerate(spec.rows):
            first = index == 0 or spec.rows[index - 1].facility_id != row.facility_id
            _rows(sheet, look, spec, columns, row, FIRST + 2 * index, first)
        forms_guide.write(book, look, spec.fiscal_year, by_reading=spec.by_reading)
    return out.getvalue()


def _text(code: str, **data: Any) -> str:
    """Forms are in Japanese whatever the language of the user: their headings are read back."""
    return texts.statement(code, data, "ja")


def _title(spec: Form) -> str:
    return f"{spec.fiscal_year.label()} {_text('IM-F1')}"


def _columns(spec: Form) -> list[str]:
    """Kinds of the columns; 計器番号 only where one facility has several meters."""
    before = ["fid", "fac", "iid", "item", *(["meter"] if any(row.meter for row in spec.rows) else []), "unit", "part"]
    return [*before, *["month"] * 12, "sum", "est", "note"]


def _page(sheet: Any, spec: Form, columns: Sequence[str]) -> None:
    last = FIRST + 2 * len(spec.rows) - 1
    for column, kind in enumerate(columns):
        sheet.set_column(column, column, _WIDTHS[kind])
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(left=0.3, right=0.3, top=0.5, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEADER)
    sheet.print_area(0, 0, max(last, FIRST), len(columns) - 1)
    sheet.set_footer(f"&L&8{spec.city} {spec.department}".replace("&&", "&") + "&R&8&P / &N")
    sheet.freeze_panes(FIRST, columns.index("month"))
    sheet.protect("", {"format_columns": True, "format_rows": True})
    sheet.hide_gridlines(2)


def _head(sheet: Any, look: Look, spec: Form, columns: Sequence[str]) -> None:
    sheet.set_row(TITLE, 26)
    sheet.set_row(HINT, 20)
    sheet.set_row(HEADER, 30)
    sheet.write_string(TITLE, 0, _title(spec), look.title)
    head = f"{spec.city}　{_text('IM-F2', department=spec.department)}"
    sheet.write_string(DEPARTMENT, 0, head, look.subtitle)
    if spec.due:
        sheet.write_string(TITLE, len(columns) - 1, _text("IM-F3", due=spec.due), look.due)
    sheet.write_string(HINT, 0, _text("IM-F4"), look.hint)
    months = iter(spec.fiscal_year.months())
    for column, kind in enumerate(columns):
        text = f"{next(months).month}月" if kind == "month" else _text(f"IM-C-{kind}")
        sheet.write_string(HEADER, column, text, look.heading(kind))


def _rows(sheet: Any, look: Look, spec: Form, columns: Sequence[str], row: FormRow, at: int, first: bool) -> None:
    """Yellow cells of the year asked for above last year's grey ones."""
    sheet.set_row(at, 19)
    sheet.set_row(at + 1, 14)
    month = columns.index("month")
    for line, year in ((at, spec.fiscal_year), (at + 1, FiscalYear(spec.fiscal_year.number - 1))):
        asked = line == at
        labels = {
            "fid": row.facility_id, "fac": row.facility, "iid": row.item, "item": row.item_name,
            "meter": row.meter, "unit": units.find(row.unit).name_ja, "part": _short(year),
        }  # fmt: skip
        for column, kind in enumerate(columns[:month]):
            sheet.write_string(line, column, labels[kind], look.label(kind, asked=asked, first=first and asked))
    for index in range(12):
        sheet.write_blank(at, month + index, None, look.entry(first=first))
        _write_past(sheet, look, at + 1, month + index, row.last_year[index] if index < len(row.last_year) else None)
    _sums(sheet, look, row, at, month, first)
    for column in (month + 13, month + 14):
        sheet.write_blank(at, column, None, look.remark(first=first))
        sheet.write_blank(at + 1, column, None, look.past(0))
    _rules(sheet, look, at, month)


def _short(year: FiscalYear) -> str:
    era, number = era_year(year.number)
    return f"{_ERA_LETTERS[era]}{number}年度"


def _write_past(sheet: Any, look: Look, row: int, column: int, value: MonthValue) -> None:
    if isinstance(value, Decimal):
        sheet.write_number(row, column, float(value), look.past(_decimals(value)))
    else:
        sheet.write_string(row, column, value or "", look.past(0))


def _decimals(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _sums(sheet: Any, look: Look, row: FormRow, at: int, month: int, first: bool) -> None:
    past = [value for value in row.last_year if isinstance(value, Decimal)]
    stored: dict[int, Any] = {at: "", at + 1: float(sum(past)) if past else ""}
    for line, value in stored.items():
        cells = f"{column_name(month)}{line + 1}:{column_name(month + 11)}{line + 1}"
        formula = f'=IF(COUNT({cells})=0,"",SUM({cells}))'
        decimals = max((_decimals(figure) for figure in past), default=0)
        form_ = look.total(first=first) if line == at else look.past(decimals)
        sheet.write_formula(line, month + 12, formula, form_, value)


def _rules(sheet: Any, look: Look, at: int, month: int) -> None:
    """What may be entered, and what is worth a second look beside last year."""
    entry, past = f"{column_name(month)}{at + 1}", f"{column_name(month)}{at + 2}"
    area = (at, month, at, month + 11)
    sheet.data_validation(
        *area,
        {
            "validate": "custom",
            "value": f'=OR(AND(ISNUMBER({entry}),{entry}>=0),{entry}="-")',
            "error_title": _text("IM-F9"),
            "error_message": _text("IM-F8"),
        },
    )
    numbers = f"ISNUMBER({entry}),ISNUMBER({past})"
    doubtful = f"=AND({numbers},OR({entry}>2*{past},{entry}<{past}/2))"
    sheet.conditional_format(*area, {"type": "formula", "criteria": doubtful, "format": look.doubtful})
    decimal = f"=AND(ISNUMBER({entry}),{entry}<>INT({entry}))"
    decimal_area = (at, month, at, month + 12)
    sheet.conditional_format(*decimal_area, {"type": "formula", "criteria": decimal, "format": look.decimal})

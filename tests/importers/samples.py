"""Files as departments send them, made from plain data: every layout, and every way to spoil one.

``python tests/importers/samples.py FOLDER`` writes them all, to be looked at.
"""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import CoveredTableCell, Table, TableCell, TableRow
from odf.text import P

Grid = list[list[Any]]
MONTHS = [f"{month}月" for month in (4, 5, 6, 7, 8, 9, 10, 11, 12, 1, 2, 3)]
FACILITIES = (
    ("F001", "市役所本庁舎"),
    ("F002", "㈱髙﨑プール"),
    ("F003", "こつこつ小学校"),
    ("F004", "北部浄化センター"),
)
SUPPLY_POINTS = {"0312345678901234567890": "F001", "0312345678901234567891": "F003"}


def quantity(facility: int, month: int) -> Decimal:
    """An invented quantity with one decimal."""
    return Decimal(1000 * (facility + 1) + 37 * month) + Decimal(month % 3) / 10


def facility_months(rows: Mapping[str, Sequence[Any]], title: str, unit: str, *, totals: bool = True) -> Grid:
    """Facilities down, months across, title above, total row and column, a note below."""
    grid: Grid = [[title], [f"（単位：{unit}）"], ["施設名", *MONTHS, "計"]]
    grid += [[name, *values, _sum(values)] for name, values in rows.items()]
    if totals:
        columns = [_sum(column) for column in zip(*rows.values(), strict=True)]
        grid.append(["合　計", *columns, _sum(columns)])
    return [*grid, [], ["※検針日の関係で月がずれることがあります。"]]


def _sum(values: Sequence[Any]) -> Decimal:
    return sum((value for value in values if isinstance(value, Decimal)), Decimal(0))


def facility_sheet(name: str, items: Mapping[tuple[str, str], Sequence[Any]], year: str) -> Grid:
    """One facility: items down with their unit, months across."""
    grid: Grid = [[f"{year} エネルギー使用量調べ"], ["施設名", name], [], ["項目", "単位", *MONTHS, "合計"]]
    return grid + [[item, unit, *values, _sum(values)] for (item, unit), values in items.items()]


def long_list(rows: Sequence[tuple[str, str, str, Any, str]]) -> Grid:
    """Year and month, facility, item, quantity, unit."""
    return [["年月", "施設名", "種別", "使用量", "単位", "備考"], *[[*row, ""] for row in rows]]


def bills(rows: Sequence[tuple[str, str, str, Any, Any]]) -> Grid:
    """A retailer's file: supply point, period from its first to its last day, kWh and yen."""
    head = ["供給地点特定番号", "使用期間開始日", "使用期間終了日", "使用電力量(kWh)", "請求金額(円)"]
    return [head, *[list(row) for row in rows]]


def as_xlsx(
    sheets: Mapping[str, Grid],
    *,
    merged: Mapping[str, Sequence[tuple[int, int, int, int]]] | None = None,
    hidden_rows: Mapping[str, Sequence[int]] | None = None,
    hidden_sheets: Sequence[str] = (),
) -> bytes:
    """An Excel file; a text that begins with = becomes a formula without stored result."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        day = book.add_format({"num_format": "yyyy/m/d"})
        for name, grid in sheets.items():
            sheet = book.add_worksheet(name)
            for row, line in enumerate(grid):
                for column, value in enumerate(line):
                    _write_xlsx(sheet, row, column, value, day)
            for area in (merged or {}).get(name, ()):
                sheet.merge_range(*area, grid[area[0]][area[1]])
            for row in (hidden_rows or {}).get(name, ()):
                sheet.set_row(row, None, None, {"hidden": True})
            if name in hidden_sheets:
                sheet.hide()
    return out.getvalue()


def _write_xlsx(sheet: Any, row: int, column: int, value: Any, day: Any) -> None:
    if isinstance(value, date):
        sheet.write_datetime(row, column, value, day)
    elif isinstance(value, int | float | Decimal):
        sheet.write_number(row, column, float(value))
    elif isinstance(value, str) and value.startswith("=#"):
        sheet.write_formula(row, column, "=1/0", None, value[1:])
    elif isinstance(value, str) and value.startswith("="):
        sheet.write_formula(row, column, value, None, "")
    elif value is not None:
        sheet.write_string(row, column, value)


def as_xls(sheets: Mapping[str, Grid], *, hidden_rows: Mapping[str, Sequence[int]] | None = None) -> bytes:
    """A file of Excel 97 to 2003."""
    book = xlwt.Workbook(encoding="utf-8")
    for name, grid in sheets.items():
        sheet = book.add_sheet(name)
        for row, line in enumerate(grid):
            for column, value in enumerate(line):
                if value is not None:
                    sheet.write(row, column, float(value) if isinstance(value, Decimal) else value)
        for row in (hidden_rows or {}).get(name, ()):
            sheet.row(row).hidden = True
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def as_ods(
    sheets: Mapping[str, Grid],
    *,
    hidden_rows: Mapping[str, Sequence[int]] | None = None,
    spans: Mapping[str, Mapping[tuple[int, int], int]] | None = None,
) -> bytes:
    """A LibreOffice file; `spans` joins a cell with those to its right."""
    document = OpenDocumentSpreadsheet()
    for name, grid in sheets.items():
        table = Table(name=name)
        for row, line in enumerate(grid):
            hidden = row in (hidden_rows or {}).get(name, ())
            element = TableRow(visibility="collapse") if hidden else TableRow()
            covered = 0
            for column, value in enumerate(line):
                if covered:
                    element.addElement(CoveredTableCell())
                    covered -= 1
                    continue
                width = (spans or {}).get(name, {}).get((row, column), 1)
                element.addElement(_ods_cell(value, width))
                covered = width - 1
            table.addElement(element)
        document.spreadsheet.addElement(table)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _ods_cell(value: Any, width: int) -> Any:
    span = {"numbercolumnsspanned": width} if width > 1 else {}
    if value is None or value == "":
        return TableCell(**span)
    if isinstance(value, int | float | Decimal):
        cell = TableCell(valuetype="float", value=str(value), **span)
    else:
        cell = TableCell(valuetype="string", **span)
    cell.addElement(P(text=str(value)))
    return cell


def as_csv(grid: Grid, encoding: str = "utf-8-sig", delimiter: str = ",") -> bytes:
    """A CSV in an encoding of Python; ``utf-16-le`` has no mark."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows([["" if value is None else value for value in row] for row in grid])
    return out.getvalue().encode(encoding)


def usual_rows() -> dict[str, list[Any]]:
    """A year of every facility."""
    return {name: [quantity(index, month) for month in range(12)] for index, (_, name) in enumerate(FACILITIES)}


def usual_facility_months() -> Grid:
    """The clean facility × month sheet."""
    return facility_months(usual_rows(), "令和６年度 電気使用量", "kWh")


def usual_facility_sheets() -> dict[str, Grid]:
    """The clean workbook with a sheet for each facility."""
    kinds = (("電気使用量", "kWh"), ("都市ガス", "㎥"), ("Ａ重油", "L"))
    return {
        name: facility_sheet(
            name, {kind: [quantity(f + k, m) for m in range(12)] for k, kind in enumerate(kinds)}, "令和6年度"
        )
        for f, (_, name) in enumerate(FACILITIES)
    }


def usual_long_list() -> Grid:
    """The clean long list."""
    rows = []
    for f, (_, name) in enumerate(FACILITIES):
        for month in range(12):
            year = 2024 + (month > 8)
            rows.append((f"{year}年{MONTHS[month]}", name, "灯油", quantity(f, month), "L"))
    return long_list(rows)


def usual_bills() -> Grid:
    """The clean bills: one ends on the 14th, the next begins on the 15th."""
    return bills(
        [
            (number, f"2024/{month - 1:02}/15", f"2024/{month:02}/14", quantity(f, month), 25 * month)
            for f, number in enumerate(SUPPLY_POINTS)
            for month in range(4, 10)
        ]
    )


def messy_facility_months() -> Grid:
    """△, full-width, units in cells, 〃, signs of every kind, and a wrong total."""
    rows = usual_rows()
    first, second, third, fourth = rows.values()
    first[0:6] = ["１，２３４．５kWh", "△12", "(12)", "1.5千kWh", "約1,200", " 1,234 "]
    second[0:6] = ["-", "…", None, Decimal(0), "－", "不明"]
    third[0:3] = ["〃", "去年並み", "=#REF!"]
    fourth[0:2] = ["=A1", date(2024, 1, 2)]
    grid = facility_months(rows, "令和６年度 電気使用量", "kWh")
    grid[3][13] = Decimal(99)
    grid.insert(7, ["市立体育館（新）", *[Decimal(5)] * 12, Decimal(60)])
    return grid


SAMPLES: dict[str, Callable[[], bytes]] = {
    "facility_months.xlsx": lambda: as_xlsx({"電気": usual_facility_months()}),
    "facility_months.xls": lambda: as_xls({"電気": usual_facility_months()}),
    "facility_months.ods": lambda: as_ods({"電気": usual_facility_months()}),
    "facility_months_utf8.csv": lambda: as_csv(usual_facility_months(), "utf-8"),
    "facility_months_utf8_bom.csv": lambda: as_csv(usual_facility_months(), "utf-8-sig"),
    "facility_months_cp932.csv": lambda: as_csv(usual_facility_months(), "cp932"),
    "facility_months_utf16.csv": lambda: as_csv(usual_facility_months(), "utf-16", "\t"),
    "facility_months_utf16_no_bom.csv": lambda: as_csv(usual_facility_months(), "utf-16-le", ";"),
    "facility_sheets.xlsx": lambda: as_xlsx(usual_facility_sheets()),
    "facility_sheets.xls": lambda: as_xls(usual_facility_sheets()),
    "long_list.csv": lambda: as_csv(usual_long_list(), "cp932"),
    "bills.csv": lambda: as_csv(usual_bills(), "cp932"),
    "messy.xlsx": lambda: as_xlsx(
        {"電気": messy_facility_months(), "旧": usual_facility_months()},
        merged={"電気": [(0, 0, 0, 13)]},
        hidden_rows={"電気": [5]},
        hidden_sheets=["旧"],
    ),
    "truncated.xlsx": lambda: as_xlsx({"電気": usual_facility_months()})[:3000],
}


def main(folder: Path) -> None:
    """Write every sample."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, make in SAMPLES.items():
        (folder / name).write_bytes(make())


if __name__ == "__main__":
    main(Path(sys.argv[1]))

"""An OpenDocument sheet: facilities down, months across; 0, -, … and blank mean different things."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

from examples.make_kotsukotsu_inbox.book import settle
from examples.make_kotsukotsu_inbox.dress import dressed
from examples.make_kotsukotsu_inbox.tables import lines, slip, title
from examples.make_kotsukotsu_inbox.truth import months, names, value

UNCLEAR = "…"
Cell = Decimal | str


def write(path: Path) -> None:
    """Write the document."""
    document = OpenDocumentSpreadsheet()
    table = Table(name="灯油")
    for cells in _rows(path.name):
        table.addElement(_row(cells))
    document.spreadsheet.addElement(table)
    document.save(str(path))
    settle(path)


def _rows(file: str) -> list[list[Cell]]:
    listed = [*names(file), *(line["name"] for line in _unknown(file))]
    head: list[Cell] = ["施設名", *(f"令和{m.year - 2018}年{m.month}月" for m in months(file))]
    return [
        [title(file)["title"]],
        [title(file)["above"]],
        [],
        head,
        *([name, *_cells(file, name)] for name in listed),
        [],
        [title(file)["below"]],
        [title(file)["person"]],
    ]


def _unknown(file: str) -> list[dict[str, str]]:
    return [line for line in lines("slips") if line["slip"] == "unknown_name" and line["file"] == file]


def _cells(file: str, name: str) -> list[Cell]:
    if slip("unknown_name", file, name):
        return [Decimal(20 + index) for index in range(len(months(file)))]
    return [_cell(file, name, index) for index in range(len(months(file)))]


def _cell(file: str, name: str, index: int) -> Cell:
    month = months(file)[index]
    if slip("unclear", file, name, str(month)):
        return UNCLEAR
    quantity = value(file, name, "kerosene", month)
    return "" if quantity is None else dressed(quantity, "ℓ", file, name, str(index))


def _row(cells: list[Cell]) -> TableRow:
    row = TableRow()
    for cell in cells:
        if isinstance(cell, Decimal):
            element = TableCell(valuetype="float", value=str(cell))
            element.addElement(P(text=f"{cell:,}"))
        else:
            element = TableCell(valuetype="string") if cell else TableCell()
            element.addElement(P(text=cell))
        row.addElement(element)
    return row

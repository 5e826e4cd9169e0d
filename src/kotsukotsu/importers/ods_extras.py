"""Hidden rows and columns, joined cells and error cells of an ods, from its XML (OpenDocument 1.2)."""

from __future__ import annotations

import zipfile
from xml.etree import ElementTree as ET

from kotsukotsu.importers.extras import Extras, limit
from kotsukotsu.importers.model import Cell

_HIDDEN = ("collapse", "filter")


def scan(archive: zipfile.ZipFile) -> dict[str, Extras]:
    """Facts of every sheet by its name.

    Raises
    ------
    TooLargeError
        If a sheet's used area would not fit into memory.
    """
    found: dict[str, Extras] = {}
    with archive.open("content.xml") as file:
        for _, node in ET.iterparse(file):  # noqa: S314 - bounded; expat stops bombs
            if _local(node.tag) == "table":
                found[_get(node, "name")] = _Table().read(node)
                node.clear()
    return found


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _get(node: ET.Element, name: str, default: str = "") -> str:
    return next((value for key, value in node.attrib.items() if _local(key) == name), default)


class _Table:
    def __init__(self) -> None:
        self.extras = Extras()
        self.row = self.hidden_column = self.width = 0

    def read(self, table: ET.Element) -> Extras:
        for node in table.iter():
            tag = _local(node.tag)
            if tag == "table-row":
                self._row(node)
            elif tag == "table-column":
                self._column(node)
            elif tag == "frame":
                self.extras.objects = True
        return self.extras

    def _column(self, node: ET.Element) -> None:
        repeat = int(_get(node, "number-columns-repeated", "1"))
        if _get(node, "visibility") in _HIDDEN and repeat < 1000:
            self.extras.hidden_columns.update(range(self.hidden_column, self.hidden_column + repeat))
        self.hidden_column += repeat

    def _row(self, node: ET.Element) -> None:
        repeat = int(_get(node, "number-rows-repeated", "1"))
        if self._cells(node):
            limit(self.row + repeat, self.width)
            if _get(node, "visibility") in _HIDDEN:
                self.extras.hidden_rows.update(range(self.row, self.row + repeat))
        self.row += repeat

    def _cells(self, node: ET.Element) -> bool:
        column, filled = 0, False
        for cell in node:
            repeat = int(_get(cell, "number-columns-repeated", "1"))
            if len(cell) or _get(cell, "value-type"):
                filled = True
                self.width = max(self.width, column + repeat)
                self._cell(cell, column)
            column += repeat
        return filled

    def _cell(self, cell: ET.Element, column: int) -> None:
        down = int(_get(cell, "number-rows-spanned", "1"))
        right = int(_get(cell, "number-columns-spanned", "1"))
        if down > 1 or right > 1:
            self.extras.merged.append((self.row, column, self.row + down - 1, column + right - 1))
        self.extras.formulas += bool(_get(cell, "formula"))
        shown = "".join(cell.itertext()).strip()
        if shown.startswith(("#", "Err:")) and _get(cell, "formula"):
            self.extras.special[self.row, column] = Cell(shown, "error")

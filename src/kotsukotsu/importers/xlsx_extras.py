"""Hidden rows and columns, error cells and formulas without a value of an xlsx, from its XML (ECMA-376)."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from posixpath import join, normpath
from xml.etree import ElementTree as ET

from kotsukotsu.importers.extras import Extras, limit
from kotsukotsu.importers.model import Cell

_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_MAX_COLUMNS = 16_384


def scan(archive: zipfile.ZipFile) -> dict[str, Extras]:
    """Facts of every sheet by its name.

    Raises
    ------
    TooLargeError
        If a sheet's used area would not fit into memory.
    """
    return {name: _scan_sheet(archive, path) for name, path in _paths(archive) if path in archive.namelist()}


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _paths(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    relations = ET.fromstring(archive.read("xl/_rels/workbook.xml.rels"))  # noqa: S314 - bounded; expat stops bombs
    targets = {node.get("Id"): node.get("Target", "") for node in relations}
    for node in ET.fromstring(archive.read("xl/workbook.xml")).iter():  # noqa: S314 - bounded; expat stops bombs
        if _local(node.tag) == "sheet":
            identifier = next((value for key, value in node.attrib.items() if _local(key) == "id"), None)
            target = targets.get(identifier, "")
            path = target[1:] if target.startswith("/") else normpath(join("xl", target))
            yield node.get("name", ""), path


def _scan_sheet(archive: zipfile.ZipFile, path: str) -> Extras:
    extras = Extras()
    row = column = -1
    height = width = 0
    with archive.open(path) as file:
        for event, node in ET.iterparse(file, events=("start", "end")):  # noqa: S314 - bounded; expat stops bombs
            tag = _local(node.tag)
            if tag == "row" and event == "start":
                row, column = int(node.get("r", row + 2)) - 1, -1
                _hide_row(extras, node, row)
            elif tag == "c" and event == "end":
                row, column = _position(node.get("r"), row, column + 1)
                _special(extras, node, row, column)
                height, width = max(height, row + 1), max(width, column + 1)
                limit(height, width)
                node.clear()
            elif event == "end":
                _other(extras, node, tag)
    return extras


def _hide_row(extras: Extras, node: ET.Element, row: int) -> None:
    if node.get("hidden") in ("1", "true"):
        extras.hidden_rows.add(row)


def _position(reference: str | None, row: int, column: int) -> tuple[int, int]:
    found = _REFERENCE.fullmatch(reference or "")
    if not found:
        return row, column
    number = 0
    for letter in found[1]:
        number = number * 26 + ord(letter) - 64
    return int(found[2]) - 1, number - 1


def _special(extras: Extras, node: ET.Element, row: int, column: int) -> None:
    parts = {_local(child.tag): child.text or "" for child in node}
    if "f" in parts:
        extras.formulas += 1
    if node.get("t") == "e":
        extras.special[row, column] = Cell(parts.get("v", ""), "error")
    elif "f" in parts and not parts.get("v") and node.get("t") != "str":
        extras.special[row, column] = Cell(None, "uncomputed")


def _other(extras: Extras, node: ET.Element, tag: str) -> None:
    if tag == "col" and node.get("hidden") in ("1", "true"):
        first, last = int(node.get("min", 1)), min(int(node.get("max", 1)), _MAX_COLUMNS)
        extras.hidden_columns.update(range(first - 1, last))
    elif tag in ("drawing", "legacyDrawing", "picture"):
        extras.objects = extras.objects or tag != "legacyDrawing"

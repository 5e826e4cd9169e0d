"""A table as Pandoc's tree: native cells, its head repeated on every page."""

from __future__ import annotations

from typing import Any

from kotsukotsu.documents.render.model import Placed
from kotsukotsu.documents.render.table_rows import shown_rows
from kotsukotsu.documents.render.widths import SIZES, layout

Node = dict[str, Any]
NO_ATTRIBUTES: list[Any] = ["", [], []]


def cell_style(size: float, *, strong: bool) -> str:
    """Name of the paragraph style of a cell, one for each size of letters [pt]."""
    return f"{'Table Total' if strong else 'Table Text'} {size:g}"


CELL_STYLES = tuple((cell_style(size, strong=strong), size, strong) for size in SIZES for strong in (False, True))


def table(placed: Placed, room: float) -> Node:
    """The table without its caption, which is a paragraph of its own above the unit."""
    made, shape = placed.table, layout(placed, room)
    specs = [
        [{"t": "AlignRight" if index in made.numbers else "AlignLeft"}, {"t": "ColWidth", "c": share / 100}]
        for index, share in enumerate(shape.shares)
    ]
    head = _row(made.headings, shape.size, strong=True)
    first_total = len(made.rows)
    rows = [
        _row(tuple(map(str, row)), shape.size, strong=index >= first_total)
        for index, row in enumerate(shown_rows(made))
    ]
    body = [NO_ATTRIBUTES, 0, [], rows]
    return {"t": "Table", "c": [NO_ATTRIBUTES, [None, []], specs, [NO_ATTRIBUTES, [head]], [body], [NO_ATTRIBUTES, []]]}


def _row(cells: tuple[str, ...], size: float, *, strong: bool) -> list[Any]:
    return [NO_ATTRIBUTES, [_cell(text, cell_style(size, strong=strong)) for text in cells]]


def _cell(text: str, style: str) -> list[Any]:
    inlines: list[Node] = []
    for line in text.split("\n"):
        inlines += [{"t": "LineBreak"}, {"t": "Str", "c": line}] if inlines else [{"t": "Str", "c": line}]
    block = {"t": "Div", "c": [["", [], [["custom-style", style]]], [{"t": "Para", "c": inlines}]]}
    return [NO_ATTRIBUTES, {"t": "AlignDefault"}, 1, 1, [block]]

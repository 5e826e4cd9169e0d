"""Pieces of HTML in which every text is escaped; nothing else in the package writes a tag around a text."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from kotsukotsu import texts
from kotsukotsu.documents.printing import Figure
from kotsukotsu.documents.table import Cell, Row, Table

UNIT = "t-CO2e"


def element(tag: str, inner: str, **attributes: str) -> str:
    """A tag around HTML; attributes are escaped, ``class_`` and ``data_x`` become ``class`` and ``data-x``."""
    named = "".join(
        f' {name.strip("_").replace("_", "-")}="{escape(value)}"' for name, value in attributes.items() if value
    )
    return f"<{tag}{named}>{inner}</{tag}>"


def text(tag: str, content: str, **attributes: str) -> str:
    """A tag around a text; a unit is not broken at the end of a line."""
    return element(tag, unbroken(escape(content)), **attributes)


def unbroken(inner: str) -> str:
    """HTML in which the unit stays on one line."""
    return inner.replace(UNIT, f'<span class="unbroken">{UNIT}</span>')


def lines(tag: str, contents: Iterable[str]) -> str:
    """A tag around each text; nothing for an empty one."""
    return "".join(text(tag, content) for content in contents if content)


def disclosure(summary: str, inner: str) -> str:
    """Something that opens on demand."""
    return element("details", text("summary", summary) + inner)


def table(made: Table) -> str:
    """A table that scrolls by itself on a small screen; units at its top right."""
    numbers = made.numbers
    heads = "".join(
        text("th", heading, scope="col", class_="number" if index in numbers else "")
        for index, heading in enumerate(made.headings)
    )
    body = "".join(_row(row, "") for row in made.rows)
    totals = "".join(_row(row, "total") for row in made.totals)
    inner = text("caption", made.title) + element("thead", element("tr", heads)) + element("tbody", body + totals)
    unit = text("p", made.unit, class_="unit") if made.unit else ""
    box = element("div", element("table", inner), class_="scroll", role="region", tabindex="0", aria_label=made.title)
    return unit + box + (text("p", made.note, class_="note") if made.note else "")


def _row(row: Row, kind: str) -> str:
    head = next((index for index, cell in enumerate(row) if isinstance(cell, str)), 0)
    return element("tr", "".join(_cell(cell, index == head) for index, cell in enumerate(row)), class_=kind)


def _cell(cell: Cell, is_head: bool) -> str:
    if isinstance(cell, Figure):
        return text("td", cell.text, class_="number")
    return text("th", cell, scope="row") if is_head else text("td", cell)


def as_table(made: Table, summary: str = "") -> str:
    """A table behind 「表で見る」, or behind words of its own."""
    return disclosure(summary or texts.label("doc.as_table"), table(made))

"""Pieces of HTML in which every text is escaped; nothing else in the package writes a tag around a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from pathlib import Path
from types import MappingProxyType

from kotsukotsu import texts
from kotsukotsu.documents import page_font
from kotsukotsu.documents.charts.model import Chart
from kotsukotsu.documents.printing import Figure
from kotsukotsu.documents.table import Cell, Row, Table

UNIT = re.compile(r"(?:[\d,.]*\d )?t-CO2e")
Links = Mapping[tuple[int, int], Mapping[str, str]]  # row and column of a cell, to the attributes of its link
NO_LINKS: Links = MappingProxyType({})


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
    """HTML in which the unit stays on one line with the number before it."""
    return UNIT.sub(r'<span class="unbroken">\g<0></span>', inner)


def lines(tag: str, contents: Iterable[str]) -> str:
    """A tag around each text; nothing for an empty one."""
    return "".join(text(tag, content) for content in contents if content)


def disclosure(summary: str, inner: str) -> str:
    """Something that opens on demand."""
    return element("details", text("summary", summary) + inner)


def table(made: Table, links: Links = NO_LINKS, *, is_stacked: bool = False) -> str:
    """A table that scrolls by itself on a small screen; units at its top right.

    Parameters
    ----------
    is_stacked : bool
        Whether a row is a block there instead, with the heading before each value.
    """
    numbers = made.numbers
    heads = "".join(
        text("th", heading, scope="col", class_="number" if index in numbers else "")
        for index, heading in enumerate(made.headings)
    )
    labels = made.headings if is_stacked else ("",) * len(made.headings)
    body = "".join(_row(row, labels, number, links) for number, row in enumerate(made.rows))
    totals = "".join(_row(row, labels, len(made.rows), NO_LINKS, "total") for row in made.totals)
    inner = text("caption", made.title) + element("thead", element("tr", heads)) + element("tbody", body + totals)
    unit = text("p", made.unit, class_="unit") if made.unit else ""
    whole = element("table", inner, class_="stacked" if is_stacked else "")
    box = element("div", whole, class_="scroll", role="group", tabindex="0", aria_label=made.title)
    return unit + box + (text("p", made.note, class_="note") if made.note else "")


def _row(row: Row, labels: Sequence[str], number: int, links: Links, kind: str = "") -> str:
    head = next((index for index, cell in enumerate(row) if isinstance(cell, str)), 0)
    cells = (
        _cell(cell, "" if index == head else labels[index], index == head, links.get((number, index)))
        for index, cell in enumerate(row)
    )
    return element("tr", "".join(cells), class_=kind)


def _cell(cell: Cell, label: str, is_head: bool, link: Mapping[str, str] | None) -> str:
    said = cell.text if isinstance(cell, Figure) else cell
    inner = text("a", said, **link) if link else unbroken(escape(said))
    if isinstance(cell, Figure):
        return element("td", inner, class_="number", data_label=label)
    return element("th", inner, scope="row") if is_head else element("td", inner, data_label=label)


def as_table(made: Table, summary: str = "", links: Links = NO_LINKS) -> str:
    """A table behind 「表で見る」, or behind words of its own."""
    return disclosure(summary or texts.label("doc.as_table"), table(made, links))


def figure(chart: Chart) -> str:
    """Title, measure, picture (for a wide and for a narrow screen), note and table."""
    return element("figure", _shown(chart) + as_table(chart.table))


def beside(chart: Chart) -> str:
    """A figure that stands alone, with its table beside it where the screen is wide enough."""
    return element("figure", element("div", _shown(chart)) + element("div", table(chart.table)), class_="pair")


def _shown(chart: Chart) -> str:
    words = text("h3", chart.title) + text("p", chart.subtitle, class_="subtitle")
    if len(chart.pictures) == 1:
        pictures = element("div", chart.pictures[0], class_="narrow")
    else:
        wide, narrow = chart.pictures
        pictures = element("div", wide, class_="when-wide") + element("div", narrow, class_="when-narrow narrow")
    note = text("p", chart.note, class_="note") if chart.note else ""
    return element("div", words + pictures, class_="shown") + note


def pair(charts: Iterable[Chart | None]) -> str:
    """Figures beside each other where the screen is wide enough; nothing for a chart that there is not."""
    figures = "".join(figure(chart) for chart in charts if chart)
    return element("div", figures, class_="pair") if figures else ""


def section(title: str, ident: str, inner: str) -> str:
    """A part of a page with its heading."""
    return element("section", text("h2", title, id=ident) + inner)


def document(title: str, header: str, main: str, footer: str) -> str:
    """One HTML file that needs nothing else: no script, no network; it opens from a USB stick.

    Parameters
    ----------
    header, main, footer : str
        HTML of the three parts.
    """
    css = (Path(__file__).parent / "page.css").read_text(encoding="utf-8")
    head = (
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title>{_style(css)}"
    )
    body = text("a", texts.label("doc.skip"), class_="skip", href="#content")
    body += element("header", header) + element("main", main, id="content") + element("footer", footer)
    return whole_page(head, body, texts.language())


def whole_page(head: str, body: str, language: str, more: str = "") -> str:
    """The page with the font that goes with it, which has the characters of more text too."""
    font = page_font.rule(head + body + more)
    page = element("html", element("head", head + _style(font)) + element("body", body), lang=language)
    return f"<!DOCTYPE html>\n{page}\n"


def _style(css: str) -> str:
    return f"<style>{css}</style>" if css else ""

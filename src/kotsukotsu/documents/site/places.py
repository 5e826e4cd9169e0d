"""The pages of the facilities: a list, and one page each."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kotsukotsu import texts
from kotsukotsu.documents.charts.picture import FONTS
from kotsukotsu.documents.facilities.drawn import peers_words, pictures
from kotsukotsu.documents.facilities.model import Sheet
from kotsukotsu.documents.html import as_table, element, lines, section, table, text
from kotsukotsu.documents.html import pair as charts_beside
from kotsukotsu.documents.site.model import Site
from kotsukotsu.documents.site.pages import CHARTS_OF_FACILITIES, Page
from kotsukotsu.documents.site.shell import address, page, to

_PLAIN = re.compile(r"[a-z0-9][a-z0-9_-]{0,40}", re.ASCII)
RESERVED = {"index", "con", "prn", "aux", "nul"}


def file_names(codes: Iterable[str]) -> dict[str, str]:
    """A name for each facility's page: its code where that is a plain name on every computer, else a number.

    >>> file_names(["f001", "../x", "F001"])
    {'f001': 'f001', '../x': 'no-2', 'F001': 'no-3'}
    """
    found: dict[str, str] = {}
    for number, code in enumerate(codes, 1):
        is_plain = _PLAIN.fullmatch(code) and code not in RESERVED and not code.startswith(("no-", "com", "lpt"))
        found[code] = code if is_plain else f"no-{number}"
    return found


def index(site: Site) -> Page:
    """Every facility by emission, with its change."""
    here = address("facilities/index", texts.language())
    drawn = [chart for chart in site.drawn if chart.ident in CHARTS_OF_FACILITIES]
    order = {part.code: rank for rank, part in enumerate(site.found.facilities)}
    ranked = sorted(site.sheets.sheets, key=lambda sheet: order.get(sheet.code, len(order)))
    heads = ("rank", "facility", "department", "total", "share", "before", "base")
    head = "".join(
        text("th", texts.label(f"site.list.{name}", unit=site.found.unit), scope="col",
             class_="" if name in ("facility", "department") else "number")
        for name in heads
    )  # fmt: skip
    body = "".join(_row(site, sheet, here) for sheet in ranked)
    caption = texts.label("doc.table.facilities", year=site.found.year.label)
    inner = text("caption", caption) + element("thead", element("tr", head)) + element("tbody", body)
    box = element("div", element("table", inner), class_="scroll", role="group", tabindex="0", aria_label=caption)
    main = text("p", texts.label("site.facilities", count=len(ranked)))
    main += section(texts.label("site.list"), "list", box)
    main += section(texts.label("doc.section.charts"), "charts", charts_beside(drawn))
    return page(site, "facilities/index", texts.label("site.page.facilities"), main)


def _row(site: Site, sheet: Sheet, here: str) -> str:
    link = text("a", sheet.name, href=to(here, address(f"facilities/{site.files[sheet.code]}", texts.language())))
    facts = dict(sheet.facts)
    department = facts.get(texts.label("sheet.fact.department"), "")
    numbers = (sheet.total, sheet.share, sheet.rate_before, sheet.rate_base)
    cells = (
        text("td", sheet.rank or texts.none(), class_="number")
        + element("th", link, scope="row")
        + text("td", department)
    )
    return element("tr", cells + "".join(text("td", str(number), class_="number") for number in numbers))


def facility(site: Site, sheet: Sheet) -> Page:
    """One facility: its figures, charts with tables, causes, measures, what the department says."""
    main = _facts(sheet) + _key_figures(site, sheet)
    main += section(texts.label("site.facility.why"), "why", _why(sheet))
    main += section(texts.label("site.facility.charts"), "charts", _charts(site, sheet))
    main += section(texts.label("site.facility.use"), "use", table(sheet.items))
    main += section(texts.label("site.facility.act"), "act", _acts(sheet))
    return page(site, f"facilities/{site.files[sheet.code]}", sheet.name, main)


def _facts(sheet: Sheet) -> str:
    return element("dl", "".join(text("dt", label) + text("dd", value) for label, value in sheet.facts))


def _key_figures(site: Site, sheet: Sheet) -> str:
    told = (
        ("total", f"{sheet.total} {site.found.unit}"),
        ("rate_before", f"{sheet.rate_before}%"),
        ("rate_base", f"{sheet.rate_base}%"),
        ("share", f"{sheet.share}%"),
    )
    cards = (
        text("dt", texts.label(f"sheet.key.{name}")) + text("dd", value.replace(f"{texts.none()}%", texts.none()))
        for name, value in told
    )
    return element("dl", "".join(element("div", card) for card in cards), class_="cards")


def _why(sheet: Sheet) -> str:
    told = [*sheet.causes, *sheet.explained]
    return element("ul", lines("li", told)) if told else text("p", texts.label("sheet.nothing"))


def _charts(site: Site, sheet: Sheet) -> str:
    drawn = pictures(sheet, site.sheets)
    made = {"years": sheet.years, "months": sheet.months}
    figures = []
    for kind, svg in drawn.items():
        words = text("h3", texts.label(f"sheet.part.{kind}", unit=site.found.unit))
        below = as_table(made[kind]) if kind in made else ""
        note = text("p", peers_words(sheet.peers), class_="note") if kind == "peers" and sheet.peers else ""
        picture = svg.replace(f' font-family="{FONTS}"', "")
        figures.append(element("figure", words + picture + note + below))
    return element("div", "".join(figures), class_="pair") or text("p", texts.label("sheet.nothing"))


def _acts(sheet: Sheet) -> str:
    told = table(sheet.measures) if sheet.measures.rows else text("p", texts.label("sheet.no_measures"))
    for review in sheet.reviews:
        said = text("p", review.text) + (text("p", review.by, class_="note") if review.by else "")
        told += element("blockquote", said)
    return told + (table(sheet.countermeasures) if sheet.countermeasures.rows else "")

"""The pages of the city: home, emissions, targets, measures, corrections."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from kotsukotsu import texts
from kotsukotsu.documents import sentences, tables
from kotsukotsu.documents.charts import Chart
from kotsukotsu.documents.html import as_table, element, figure, lines, pair, section, table, text, unbroken
from kotsukotsu.documents.site.model import Site
from kotsukotsu.documents.site.shell import address, page, to
from kotsukotsu.documents.table import Table

CHARTS_OF_FACILITIES = ("facilities", "reach")
LARGEST = 5
Page = tuple[str, str]


def home(site: Site) -> Page:
    """One sentence with the total and the change, one chart, and where to read on."""
    found = site.found
    main = element("p", headline(site), class_="headline")
    main += text("p", site.goals.verdict, class_="verdict") if site.goals else ""
    main += section(texts.label("site.years"), "years", figure(site.drawn[0]))
    main += section(texts.label("site.why"), "why", _bullets(site.why))
    main += section(texts.label("site.act"), "act", _acts(site))
    main += section(texts.label("site.largest"), "largest", _largest(site))
    main += section(texts.label("site.more"), "more", _more())
    return page(site, "index", texts.label("doc.title", city=found.city, year=found.year.label), main)


def headline(site: Site) -> str:
    """The sentence with its total set off."""
    total = f"{site.found.totals.total} {site.found.unit}"
    before, _, after = sentences.headline(site.found).partition(total)
    return unbroken(escape(before)) + element("strong", escape(total)) + unbroken(escape(after))


def _bullets(told: Sequence[str]) -> str:
    return element("ul", lines("li", told)) if told else text("p", texts.label("site.nothing"))


def _acts(site: Site) -> str:
    """How many measures there are and how far they are."""
    link = _link("measures", texts.label("site.all_measures"))
    return table(site.tables["kinds"], is_stacked=True) + element("p", link)


def _largest(site: Site) -> str:
    """The facilities with the largest emission, each with its page."""
    rows = [
        element(
            "li", _link(f"facilities/{site.files[part.code]}", part.name) + escape(f" {part.tonnes} {site.found.unit}")
        )
        for part in site.found.emitting[:LARGEST]
        if part.code in site.files
    ]
    return element("ol", "".join(rows)) + element("p", _link("facilities/index", texts.label("site.all_facilities")))


def _more() -> str:
    names = ("emissions", "targets", "data", "method", "corrections")
    return element("ul", "".join(element("li", _link(name, texts.label(f"site.page.{name}"))) for name in names))


def _link(name: str, words: str) -> str:
    """A link from the home page."""
    here = address("index", texts.language())
    return text("a", words, href=to(here, address(name, texts.language())))


def emissions(site: Site) -> Page:
    """Charts with their tables: by year, item, sector, gas, department."""
    found = site.found
    first = [chart for chart in site.drawn if chart.ident not in CHARTS_OF_FACILITIES]
    main = lines("p", sentences.below_the_headline(found))
    main += section(texts.label("doc.section.charts"), "charts", figure(first[0]) + pair(first[1:]))
    main += section(texts.label("doc.section.items"), "items", table(tables.items(found)))
    kinds = (("sector", found.sectors), ("gas", found.gases))
    shown = "".join(element("div", table(tables.parts(found, kind, parts))) for kind, parts in kinds)
    departments = tables.parts(found, "department", found.departments)
    hidden = as_table(departments, texts.label("doc.as_table.of", title=departments.title))
    main += section(texts.label("doc.section.kinds"), "kinds", shown + hidden)
    series = "".join(as_table(made, texts.label("doc.as_table.of", title=made.title)) for made in _series(site))
    main += section(texts.label("site.series"), "series", series)
    return page(site, "emissions", texts.label("site.page.emissions"), main)


def _series(site: Site) -> list[Table]:
    return [tables.series(site.found, kind) for kind in ("sector", "item")]


def targets(site: Site) -> Page:
    """Goals, the path to them, and where the year stands."""
    if site.goals is None:
        return page(site, "targets", texts.label("site.page.targets"), text("p", texts.label("site.no_goals")))
    chart: Chart = site.goals.chart
    apart = texts.label(
        "site.gap", gap=site.goals.gap, use=site.goals.gap_of_use, factors=site.goals.gap_of_factors,
        unit=site.found.unit,
    )  # fmt: skip
    known = site.goals.gap_of_use.exact is not None
    main = section(texts.label("site.path"), "path", figure(chart) + (text("p", apart) if known else ""))
    main += section(texts.label("site.kpis"), "kpis", table(site.tables["kpis"], is_stacked=True))
    return page(site, "targets", texts.label("site.page.targets"), main)


def measures(site: Site) -> Page:
    """What the city does: kinds, indicators, and every measure with its state."""
    main = section(texts.label("site.kinds"), "kinds", table(site.tables["kinds"], is_stacked=True))
    main += section(texts.label("site.kpis"), "kpis", table(site.tables["kpis"], is_stacked=True))
    main += section(texts.label("site.each"), "each", table(site.tables["each"], is_stacked=True))
    if site.tables["opinions"].rows:
        main += section(texts.label("site.opinions"), "opinions", table(site.tables["opinions"], is_stacked=True))
    return page(site, "measures", texts.label("site.page.measures"), main)


def corrections(site: Site) -> Page:
    """What was wrong in earlier publications, and what was stated before."""
    wrong, stated = site.tables["errata"], site.tables["statements"]
    main = text("p", texts.label("site.corrections"))
    main += table(wrong) if wrong.rows else text("p", texts.label("site.no_errata"))
    main += section(stated.title, "statements", table(stated)) if stated.rows else ""
    return page(site, "corrections", texts.label("site.page.corrections"), main)

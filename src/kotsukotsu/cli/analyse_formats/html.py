"""An analysis as one HTML file that needs nothing else: no script, no network."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from kotsukotsu import documents, texts
from kotsukotsu.cli.analyse_formats import View, charts, tables
from kotsukotsu.cli.analyse_formats.charts import Drawn
from kotsukotsu.documents.html import as_table, element, lines, table, text
from kotsukotsu.documents.table import Table
from kotsukotsu.store.folder import write_file

TOLD = 20  # facilities of which the page says something
STYLE = "page.css"


def write(view: View) -> None:
    """To the file asked for; the command refuses this format without one."""
    if view.out:
        write_file(view.out, html(view))


def html(view: View) -> str:
    """The page: sentences, causes, where, index series, what is said of facilities, intensity, findings."""
    title = tables.title(view)
    css = (Path(documents.__file__).parent / STYLE).read_text(encoding="utf-8")
    head = (
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
        f"{text('title', title)}<style>{css}</style>"
    )
    said = (("doc.invented", view.invented), ("an.incomplete", not view.complete))
    banner = "".join(text("p", texts.label(code), class_="banner") for code, is_so in said if is_so)
    body = text("a", texts.label("doc.skip"), class_="skip", href="#content")
    body += element("header", banner + text("h1", title)) + element("main", _main(view), id="content") + _footer(view)
    page = element("html", element("head", head) + element("body", body), lang=texts.language())
    return f"<!DOCTYPE html>\n{page}\n"


def _main(view: View) -> str:
    first, *others = view.report.sentences
    said = text("p", first.text, class_="headline") + lines("p", (one.text for one in others))
    kinds = "".join(_hidden(tables.ranked(view, kind)) for kind in ("item", "department", "sector", "use"))
    causes = "".join(_hidden(tables.by(view, kind)) for kind in ("item", "facility"))
    causes += _hidden(tables.chain(view)) if view.report.chain else ""
    return "".join(
        (
            said,
            _section("effects", _pair([charts.causes(view)]) + causes),
            _section("facilities", _pair([charts.facilities(view), charts.pareto(view)]) + kinds),
            _section("index", _index(view)),
            _section("facility_sentences", table(tables.sentences(view, TOLD))),
            _section("intensity", _hidden(tables.intensity(view))),
            _section("findings", _findings(view)),
        )
    )


def _findings(view: View) -> str:
    return table(tables.findings(view)) if view.findings else text("p", texts.label("an.no_findings"))


def _hidden(made: Table) -> str:
    return as_table(made, made.title)


def _section(name: str, inner: str) -> str:
    return element("section", text("h2", texts.label(f"an.section.{name}"), id=name) + inner)


def _pair(drawn: Iterable[Drawn | None]) -> str:
    return element("div", "".join(_figure(chart) for chart in drawn if chart), class_="pair")


def _index(view: View) -> str:
    drawn = charts.index(view)
    return _figure(drawn) if drawn else text("p", texts.label("an.no_index"))


def _figure(drawn: Drawn) -> str:
    """Title, measure, picture (for a wide and for a narrow screen) and table."""
    words = text("h3", drawn.title) + text("p", drawn.subtitle, class_="subtitle")
    if len(drawn.pictures) == 1:
        pictures = element("div", drawn.pictures[0], class_="narrow")
    else:
        wide, narrow = drawn.pictures
        pictures = element("div", wide, class_="when-wide") + element("div", narrow, class_="when-narrow narrow")
    return element("figure", words + pictures + as_table(drawn.table))


def _footer(view: View) -> str:
    said = texts.label(
        "doc.footer", city=view.city, year=view.report.voice.year, catalogue=view.head["catalogue"],
        made=view.made.isoformat(),
    )  # fmt: skip
    return element("footer", text("p", said))

"""An analysis as one HTML file that needs nothing else: no script, no network."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kotsukotsu import texts
from kotsukotsu.documents.analysis import charts, more_tables, past, tables
from kotsukotsu.documents.analysis.view import View
from kotsukotsu.documents.charts.model import Chart
from kotsukotsu.documents.html import as_table, beside, document, figure, lines, pair, section, table, text
from kotsukotsu.documents.table import Table
from kotsukotsu.periods import day_name

TOLD = 20  # facilities of which the page says something


def html(view: View) -> str:
    """The page: sentences, causes, where, index series, what is said of facilities, intensity, findings."""
    title = tables.title(view)
    said = (("doc.invented", view.invented), ("an.incomplete", not view.complete))
    banner = "".join(text("p", texts.label(code), class_="banner") for code, is_so in said if is_so)
    return document(title, banner + text("h1", title), _main(view), _footer(view))


def _main(view: View) -> str:
    first, *others = view.report.sentences
    said = text("p", first.text, class_="headline") + lines("p", (one.text for one in others))
    kinds = "".join(_hidden(tables.ranked(view, kind)) for kind in ("item", "department", "sector", "use"))
    causes = "".join(_hidden(tables.by(view, kind)) for kind in ("item", "facility"))
    causes += _hidden(tables.chain(view)) if view.report.chain else ""
    energy, other, waste = charts.energy(view), charts.others(view), charts.waste(view)
    drills = "".join(_drill(view, one) for one in past.drills(view))
    absent = _absent({"energy": energy, "others": other, "waste": waste, "drills": drills})
    return "".join(
        (
            said,
            _section("effects", beside(charts.causes(view)) + causes),
            _section("past", _figures(charts.totals(view), energy)),
            _section("energies", _figures(charts.rates(view)) + pair([charts.shares(view), charts.changes(view)])),
            _section("facilities", pair([charts.facilities(view), charts.pareto(view)]) + kinds),
            _section("main", _figures(charts.main(view))),
            _section("drills", drills),
            _section("others", _figures(other, waste)),
            _section("index", _index(view)),
            *_more(view),
            _section("facility_sentences", table(tables.sentences(view, TOLD))),
            _section("intensity", table(tables.quartiles(view)) + _hidden(tables.intensity(view))),
            _section("findings", absent + _findings(view)),
        )
    )


def _absent(drawn: Mapping[str, object]) -> str:
    """Which figures there are no rows for, so that none is missed in silence."""
    names = [texts.label(f"an.absent.{name}") for name, found in drawn.items() if not found]
    return text("p", texts.label("an.absent", figures=texts.label("an.and").join(names))) if names else ""


def _more(view: View) -> Iterator[str]:
    """What was asked for beside the report, a section each."""
    more = view.more
    if more.weather:
        yield _section("weather", table(more_tables.weather(view, more.weather, TOLD)))
    if more.measured:
        yield _section("measured", table(more_tables.measured(view, more.measured)))
    if more.unusual is not None:
        yield _section("unusual", table(more_tables.unusual(view, more.unusual)))
    if more.proposals is not None:
        yield _section("proposals", table(more_tables.proposals(view, more.proposals)))
    if more.units:
        yield _section("units", "".join(table(more_tables.energy_units(view, unit)) for unit in more.units))


def _findings(view: View) -> str:
    return table(tables.findings(view)) if view.findings else text("p", texts.label("an.no_findings"))


def _hidden(made: Table) -> str:
    return as_table(made, made.title)


def _figures(*drawn: Chart | None) -> str:
    return "".join(figure(chart) for chart in drawn if chart)


def _drill(view: View, one: past.Drill) -> str:
    """A facility: emission by energy, electricity's emission beside its use, and what the numbers say."""
    said = view.report.facility_sentences.get(one.facility, ())
    words = text("p", tables.joined(said)) if said else ""
    return _figures(charts.of_facility(view, one), charts.electricity(view, one)) + words


def _section(name: str, inner: str) -> str:
    """A section; none where there is nothing to show."""
    if not inner:
        return ""
    return section(texts.label(f"an.section.{name}"), name, inner)


def _index(view: View) -> str:
    drawn = charts.index(view)
    return figure(drawn) if drawn else text("p", texts.label("an.no_index"))


def _footer(view: View) -> str:
    said = texts.label(
        "doc.footer", city=view.city, year=view.report.voice.year, catalogue=view.head["catalogue"],
        made=day_name(view.made),
    )  # fmt: skip
    return text("p", said)

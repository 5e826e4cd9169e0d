"""One HTML file that needs nothing else: no script, no network; it opens from a USB stick."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from kotsukotsu import texts
from kotsukotsu.documents import sentences, tables
from kotsukotsu.documents.charts import Chart, charts
from kotsukotsu.documents.html import as_table, document, element, figure, lines, pair, section, table, text, unbroken
from kotsukotsu.documents.model import Overview, Year
from kotsukotsu.documents.table import Table
from kotsukotsu.findings import Finding

FACILITIES = 50
CHARTS_OF_FACILITIES = ("facilities", "reach")
SHOWN_FINDINGS = 5


def html(found: Overview) -> str:
    """The page.

    Order: whether the city is invented, the total and its change, charts, items, facilities, where the figures come
    from, findings.
    """
    drawn = charts(found)
    title = texts.label("doc.title", city=found.city, year=found.year.label)
    return document(title, _header(found, title), _main(found, drawn), text("p", sentences.footer(found)))


def _header(found: Overview, title: str) -> str:
    banner = text("p", texts.label("doc.invented"), class_="banner") if found.invented else ""
    return banner + text("h1", title)


def _main(found: Overview, drawn: Sequence[Chart]) -> str:
    first = [chart for chart in drawn if chart.ident not in CHARTS_OF_FACILITIES]
    of_facilities = [chart for chart in drawn if chart.ident in CHARTS_OF_FACILITIES]
    return "".join(
        (
            element("p", _headline(found), class_="headline"),
            lines("p", sentences.below_the_headline(found)),
            _section("charts", figure(first[0]) + pair(first[1:])),
            _section("items", table(tables.items(found))),
            _section("kinds", _kinds(found)),
            _section("facilities", pair(of_facilities) + _hidden(tables.facilities(found, FACILITIES))),
            _section("source", _source(found)),
            _section("findings", _findings(found)),
        )
    )


def _kinds(found: Overview) -> str:
    """Sectors and gases in view, departments on demand: there are many."""
    shown = (("sector", found.sectors), ("gas", found.gases))
    tables_shown = "".join(element("div", table(tables.parts(found, kind, parts))) for kind, parts in shown)
    return tables_shown + _hidden(tables.parts(found, "department", found.departments))


def _hidden(made: Table) -> str:
    return as_table(made, texts.label("doc.as_table.of", title=made.title))


def _section(name: str, inner: str) -> str:
    return section(texts.label(f"doc.section.{name}"), name, inner)


def _headline(found: Overview) -> str:
    """The sentence with its total set off."""
    total = f"{found.totals.total} {found.unit}"
    before, _, after = sentences.headline(found).partition(total)
    return unbroken(escape(before)) + element("strong", escape(total)) + unbroken(escape(after))


def _source(found: Overview) -> str:
    told = (*found.policy, (texts.label("doc.policy.label.catalogue"), found.catalogue))
    policy = element("dl", "".join(text("dt", label) + text("dd", value) for label, value in told))
    trace = text("p", sentences.trace(found)) + text("code", sentences.trace_command(found))
    unconfirmed = text("p", sentences.unconfirmed(found))
    return policy + unconfirmed + table(tables.statuses(found)) + trace


def _findings(found: Overview) -> str:
    told = [_findings_of(year) for year in reversed(found.years) if year.findings and _is_told(found, year)]
    return "".join(told) or text("p", texts.label("doc.findings.none"))


def _is_told(found: Overview, year: Year) -> bool:
    return year.fy == found.year.fy or year.is_incomplete


def _findings_of(year: Year) -> str:
    kinds: dict[str, list[Finding]] = {}
    for finding in year.findings:
        kinds.setdefault(finding.code, []).append(finding)
    title = texts.label("doc.findings.year", year=year.label, count=len(year.findings))
    return text("h3", title) + element("ul", "".join(_kind(found) for found in kinds.values()), class_="findings")


def _kind(found: Sequence[Finding]) -> str:
    """Findings of one kind: the first ones in full, what to do once."""
    severity = found[0].severity
    mark = text("span", texts.label(f"doc.severity.{severity}"), class_=f"severity {severity}")
    shown = "".join(element("div", escape(_one(finding))) for finding in found[:SHOWN_FINDINGS])
    left = len(found) - SHOWN_FINDINGS
    more = text("div", texts.label("doc.findings.more", count=left)) if left > 0 else ""
    advice = text("div", f"→ {found[0].advice()}", class_="note") if found[0].advice() else ""
    return element("li", element("div", mark + escape(found[0].code)) + shown + more + advice)


def _one(finding: Finding) -> str:
    if not finding.where:
        return finding.message()
    return texts.label("doc.findings.one", place=finding.where, message=finding.message())

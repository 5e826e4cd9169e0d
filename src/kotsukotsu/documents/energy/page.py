"""A study as one HTML file that needs nothing else: no script, no network."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from kotsukotsu import texts
from kotsukotsu.documents.charts.model import Chart
from kotsukotsu.documents.energy.study import Part, Study
from kotsukotsu.documents.html import as_table, document, element, figure, lines, pair, section, table, text
from kotsukotsu.findings import Finding, by_severity

SHOWN = 5


def html(study: Study) -> str:
    """The page: what to know first, what was found, the parts, findings."""
    header = "".join(text("p", one, class_="banner") for one in study.banners) + text("h1", study.title)
    headline, *rest = study.sentences
    main = text("p", headline, class_="headline") + lines("p", rest)
    main += "".join(_part(part) for part in study.parts) + _findings(study.findings)
    return document(study.title, header, main, text("p", study.footer))


def _part(part: Part) -> str:
    """Wide pictures stand alone, narrow ones beside each other."""
    wide = "".join(figure(chart) for chart in part.charts if _is_wide(chart))
    beside = pair(chart for chart in part.charts if not _is_wide(chart))
    shown = "".join(table(made) for made in part.tables)
    hidden = "".join(as_table(made, texts.label("doc.as_table.of", title=made.title)) for made in part.closed)
    return section(part.title, part.ident, wide + beside + shown + hidden)


def _is_wide(chart: Chart) -> bool:
    return len(chart.pictures) > 1


def _findings(found: Sequence[Finding]) -> str:
    if not found:
        return ""
    kinds: dict[str, list[Finding]] = {}
    for finding in by_severity(found):
        kinds.setdefault(finding.code, []).append(finding)
    items = "".join(element("li", _kind(each)) for each in kinds.values())
    return section(texts.label("energy.findings"), "findings", element("ul", items, class_="findings"))


def _kind(found: Sequence[Finding]) -> str:
    """Findings of one code: the first ones, and once what to do."""
    severity = found[0].severity
    mark = text("span", texts.label(f"doc.severity.{severity}"), class_=f"severity {severity}") + escape(found[0].code)
    said = "".join(text("div", _one(finding)) for finding in found[:SHOWN])
    more = text("div", texts.label("doc.findings.more", count=len(found) - SHOWN)) if len(found) > SHOWN else ""
    advice = text("div", f"→ {found[0].advice()}", class_="note") if found[0].advice() else ""
    return element("div", mark) + said + more + advice


def _one(finding: Finding) -> str:
    if not finding.where:
        return finding.message()
    return texts.label("doc.findings.one", place=finding.where, message=finding.message())

"""A city's outlook, and a choice of measures, each as one HTML file: no script, no network."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from kotsukotsu import texts
from kotsukotsu.documents.html import (
    NO_LINKS,
    Links,
    as_table,
    beside,
    document,
    figure,
    lines,
    pair,
    section,
    table,
    text,
)
from kotsukotsu.documents.planning import portfolio_tables, tables
from kotsukotsu.documents.planning.charts import lines as paths
from kotsukotsu.documents.planning.charts import portfolio, shares
from kotsukotsu.documents.planning.outlook import Outlook
from kotsukotsu.documents.planning.proposal import Proposal
from kotsukotsu.documents.table import Table
from kotsukotsu.periods import day_name

FACILITIES = 50
TOLD = 5  # findings of a code


def outlook(found: Outlook) -> str:
    """Where the city stands, its path and projections, sectors, facilities, indicators, findings."""
    parts = [targets(found)]
    if found.facilities:
        parts.append(
            section(texts.label("pp.section.facilities"), "facilities", table(tables.facilities(found, FACILITIES)))
        )
    printed = table(tables.printed_kpis(found)) if found.printed_kpis else ""
    parts.append(section(texts.label("pp.section.kpis"), "kpis", pair([shares.kpis(found.kpis)]) + printed))
    parts.append(section(texts.label("pp.section.findings"), "findings", _findings(tables.findings(found))))
    return _page(tables.title(found), tables.sentences(found), "".join(parts), found)


def targets(found: Outlook, links: Links = NO_LINKS) -> str:
    """The path with its milestones, and the sectors' parts; `links` of the table of what was emitted."""
    history = as_table(made := tables.history(found), made.title, links)
    path = figure(paths.outlook(found)) + table(tables.milestones(found)) + history
    return section(texts.label("pp.section.path"), "path", path) + section(
        texts.label("pp.section.sectors"), "sectors", _sectors(found)
    )


def _sectors(found: Outlook) -> str:
    if found.sectors is None:
        return text("p", texts.label("plan.no_sectors"))
    compared = table(tables.compared(found)) if found.compared else ""
    chart = shares.sectors(found)
    return (beside(chart) if chart else table(tables.sectors(found))) + compared


def proposal(found: Proposal) -> str:
    """The plan: what it saves year by year, at which cost, within which budget, and how sure that is."""
    parts = (
        choice(found),
        section(texts.label("pp.section.kpis"), "kpis", pair([shares.kpis(found.kpis)])),
        section(texts.label("pp.section.assumptions"), "assumptions", table(portfolio_tables.assumptions(found))),
        section(texts.label("pp.section.findings"), "findings", _findings(portfolio_tables.findings(found))),
    )
    return _page(portfolio_tables.title(found), portfolio_tables.sentences(found), "".join(parts), found)


def choice(found: Proposal, links: Links = NO_LINKS) -> str:
    """The chosen measures and what they save; budgets, scenarios, what binds. `links` of the table of the measures."""
    wide = [portfolio.wedges(found), portfolio.curve(found)]
    narrow = [portfolio.budget(found), portfolio.scenarios(found)]
    unmet = table(portfolio_tables.unmet(found)) if found.unmet else ""
    uncertain = _hidden(portfolio_tables.chance(found)) if found.chance else ""
    binding = table(portfolio_tables.binding(found)) if found.binding else ""
    chosen = "".join(figure(one) for one in wide if one) + _measures(found, links)
    return section(texts.label("pp.section.plan"), "plan", unmet + chosen) + section(
        texts.label("pp.section.budget"), "budget", pair(narrow) + binding + uncertain
    )


def _measures(found: Proposal, links: Links) -> str:
    return table(portfolio_tables.measures(found), links) if found.chosen else text("p", texts.label("pp.no_measures"))


def _findings(made: Table) -> str:
    """The first findings of each code, and how many more there are; the workbook has all."""
    if not made.rows:
        return text("p", texts.label("an.no_findings"))
    counted = Counter[object]()
    kept = []
    for row in made.rows:
        counted[row[0]] += 1
        if counted[row[0]] <= TOLD:
            kept.append(row)
    rest = len(made.rows) - len(kept)
    note = texts.label("doc.findings.more", count=rest) if rest else ""
    return table(replace(made, rows=tuple(kept), note=note))


def _hidden(made: Table) -> str:
    return as_table(made, made.title)


def _page(title: str, said: list[str], main: str, found: Outlook | Proposal) -> str:
    banner = text("p", texts.label("doc.invented"), class_="banner") if found.invented else ""
    first, *others = said
    body = text("p", first, class_="headline") + lines("p", others) + main
    footer = text("p", texts.label("pp.footer", city=found.city, made=day_name(found.made)))
    return document(title, banner + text("h1", title), body, footer)

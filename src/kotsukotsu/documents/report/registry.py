"""Everything that the yearly report may place, each under its name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kotsukotsu import texts
from kotsukotsu.documents import sentences, tables
from kotsukotsu.documents.analysis import tables as analysis
from kotsukotsu.documents.analysis.charts import causes
from kotsukotsu.documents.analysis.view import View
from kotsukotsu.documents.model import Part
from kotsukotsu.documents.pictures import picture_of
from kotsukotsu.documents.printing import Figure
from kotsukotsu.documents.registry import Behind, Number, Registry
from kotsukotsu.documents.report.risers import risers
from kotsukotsu.documents.report.source import Source
from kotsukotsu.documents.sentences import size
from kotsukotsu.documents.table import Table

KINDS = ("sector", "gas", "item", "department")
FACILITIES = 20
COLUMNS = {"factors": (0, 1, 2, 3, 4, 5, 7)}  # of a table that is too wide for the paper


def registry_of(source: Source) -> Registry:
    """Numbers, words, tables and pictures of a year."""
    registry = Registry()
    registry.add(_numbers(source))
    registry.say(_words(source))
    registry.tables.update(_tables(source))
    for chart in source.drawn:
        registry.pictures[f"chart.{chart.ident}"] = picture_of(
            chart, texts.bracketed(chart.table.title, source.found.unit)
        )
    if source.goals:
        registry.pictures["chart.goals"] = picture_of(source.goals.chart, texts.label("goal.chart"))
    for name, view in (("base", source.since_base), ("last", source.since_last)):
        if view is not None and not source.found.is_base:
            registry.pictures[f"chart.causes.{name}"] = picture_of(causes(view), analysis.title(view))
    return registry


def _numbers(source: Source) -> Iterator[Number]:
    found, totals = source.found, source.found.totals
    rule = dict(found.policy)[texts.label("doc.policy.label.rounding")]
    rate = texts.label("pd.rule.rate")
    yield _number("total", totals.total, rule, Behind(source.fy))
    yield _number("total.base", totals.base, rule, Behind(found.base_fy))
    yield _number("total.change", totals.change, rule)
    yield _number("total.rate", totals.rate, rate)
    yield _number("total.moved", _unsigned(totals.rate), rate)
    yield _number("total.comparable", totals.comparable, rule)
    yield _number("total.comparable.rate", totals.comparable_rate, rate)
    yield _number("unconfirmed", totals.unconfirmed, rule)
    yield _number("unconfirmed.share", totals.unconfirmed_share, rate)
    if source.goals:
        yield _number("path", source.goals.on_path, rule)
        yield _number("path.gap", source.goals.gap, rule)
        yield _number("path.gap.use", source.goals.gap_of_use, rule)
        yield _number("path.gap.factors", source.goals.gap_of_factors, rule)


def _number(key: str, figure: Figure, rule: str, behind: Behind | None = None) -> Number:
    return Number(key, texts.label(f"report.n.{key}"), figure, rule, behind)


def _unsigned(figure: Figure) -> Figure:
    return replace(figure, text=size(figure.text))


def _words(source: Source) -> dict[str, str]:
    found = source.found
    rate = found.totals.rate.exact
    return {
        "city": found.city, "unit": found.unit, "year": found.year.label, "year.base": found.base_label,
        "year.before": source.sheets.before, "catalogue": found.catalogue,
        "headline": sentences.headline(found), "below": " ".join(sentences.below_the_headline(found)),
        "direction": "" if rate is None else texts.label("pd.less" if rate < 0 else "pd.more"),
        "verdict": source.goals.verdict if source.goals else "",
        "why.last": _sentences(source.since_last), "why.base": "" if found.is_base else _sentences(source.since_base),
        "policy": sentences.policy(found.policy),
        "unconfirmed.told": sentences.unconfirmed(found),
        "invented": texts.label("doc.invented") if found.invented else "",
    }  # fmt: skip


def _sentences(view: View | None) -> str:
    return texts.label("render.between").join(sentence.text for sentence in view.report.sentences) if view else ""


def _tables(source: Source) -> dict[str, Table]:
    found = source.found
    parts: dict[str, tuple[Part, ...]] = {"sector": found.sectors, "gas": found.gases, "department": found.departments}
    made = {kind: tables.parts(found, kind, lines) for kind, lines in parts.items()}
    made |= {"item": _few(tables.items(found), (0, 1, 2, 3, 4, 5, 6, 7)), "years": tables.by_year(found)}
    made |= {"statuses": tables.statuses(found).without_last(), "facilities": tables.facilities(found, FACILITIES)}
    made["goals"] = source.goals.chart.table if source.goals else Table("", "", (), ())
    made |= {name: _few(table, COLUMNS[name]) if name in COLUMNS else table for name, table in source.tables.items()}
    if source.since_last:
        made |= {f"last.{kind}": _few(analysis.ranked(source.since_last, kind), (1, 2, 3, 6, 7)) for kind in KINDS[2:]}
        made |= {f"last.{kind}": _few(analysis.ranked(source.since_last, kind), (1, 2, 3, 6, 7)) for kind in KINDS[:1]}
        made["effects.last"] = analysis.effects(source.since_last)
    if not found.is_base:
        made["effects.base"] = analysis.effects(source.since_base)
    return {**made, "risers": risers(source)}


def _few(made: Table, columns: tuple[int, ...]) -> Table:
    """Some columns of a table."""
    rows = tuple(tuple(row[index] for index in columns) for row in made.rows)
    totals = tuple(tuple(row[index] for index in columns) for row in made.totals)
    return replace(made, headings=tuple(made.headings[index] for index in columns), rows=rows, totals=totals)

"""The plan as one document: its figures under their names, its texts filled with them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kotsukotsu import texts
from kotsukotsu.documents.by_hand import by_hand
from kotsukotsu.documents.plan.criteria import criteria
from kotsukotsu.documents.plan.facts import facts
from kotsukotsu.documents.plan.goals import goals
from kotsukotsu.documents.plan.passages import notes, passages
from kotsukotsu.documents.plan.schemes import drawings
from kotsukotsu.documents.plan.setting import Plan
from kotsukotsu.documents.plan.source import Source
from kotsukotsu.documents.plan.state import state
from kotsukotsu.documents.plan.tables import tables
from kotsukotsu.documents.prose import filled, parts, unused
from kotsukotsu.documents.registry import Registry
from kotsukotsu.documents.render.model import Document
from kotsukotsu.findings import Finding
from kotsukotsu.periods import day_name

PLAN, SUMMARY = "plan", "summary"


@dataclass(frozen=True, slots=True)
class Made:
    """A document, and what its reader must know of its texts."""

    document: Document
    findings: tuple[Finding, ...]


def registry_of(source: Source) -> Registry:
    """Everything that the plan of a city may place."""
    registry = Registry()
    facts(source, registry)
    state(source, registry)
    goals(source, registry)
    tables(source, registry)
    years = tuple(goal.fiscal_year for goal in source.goals.milestones)
    drawings(source.plan, source.base_fy, source.fy, years, registry, source.overview.city)
    criteria(registry)
    passages(source, registry)
    notes(registry)
    return registry


def plan_document(source: Source, registry: Registry, own: Mapping[str, str]) -> Made:
    """The plan with the city's own texts in place of ours, or after them."""
    made = parts(PLAN, own)
    plan, city = source.plan, source.overview.city
    title = plan.texts["title"] or texts.label("pd.title", city=city)
    document = Document(
        title, cover_years(plan), city, source.made, filled(made, registry), footer(source, title), cover(source),
        texts.label("render.draft"), chapters=True, contents=True, colophon=colophon(source, title),
        language=texts.language(),
    )  # fmt: skip
    return Made(document, (*source.findings, *by_hand(made, registry), *unused(own)))


def summary_document(source: Source, registry: Registry, own: Mapping[str, str]) -> Made:
    """The summary on two pages: the state, the aims, the measures."""
    made = parts(SUMMARY, own)
    title = texts.label("pd.summary.title", city=source.overview.city)
    document = Document(
        title, f"{source.overview.city}{texts.gap()}{cover_years(source.plan)}", source.overview.city, source.made,
        filled(made, registry), footer(source, title), mark=texts.label("render.draft"), numbered=False,
        language=texts.language(),
    )  # fmt: skip
    return Made(document, (*source.findings, *by_hand(made, registry), *unused(own)))


def cover_years(plan: Plan) -> str:
    """The years of the plan."""
    return texts.label("pd.subtitle", first=plan.year(plan.first_fy), last=plan.year(plan.last_fy))


def footer(source: Source, title: str) -> str:
    """City, title and version, at the foot of every page."""
    catalogue = source.overview.catalogue
    shown = title.removeprefix(source.overview.city).strip(" :\u3000")
    return texts.label(
        "pd.footer", city=source.overview.city, title=shown, catalogue=catalogue, made=day_name(source.made)
    )


def cover(source: Source) -> tuple[str, ...]:
    """Lines of the cover: that the city is invented, month of issue, city."""
    invented = (texts.label("pd.invented"),) if source.overview.invented else ()
    issued = (source.plan.texts["issued"],) if source.plan.texts["issued"] else ()
    return (*invented, *issued, source.overview.city)


def colophon(source: Source, title: str) -> tuple[tuple[str, str], ...]:
    """What stands on the last page; a line that the city did not give is left out."""
    plan: Plan = source.plan
    made = texts.label("pd.colophon.made.value", made=day_name(source.made), catalogue=source.overview.catalogue)
    rows = [("title", title), ("issued", plan.texts["issued"]), ("office", plan.texts["office"]),
            ("address", plan.texts["address"]), ("contact", plan.texts["contact"]), ("made", made)]  # fmt: skip
    return tuple((texts.label(f"pd.colophon.{key}"), value) for key, value in rows if value)

"""One section of a document by itself, with the numbers that it has within the whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from kotsukotsu import texts
from kotsukotsu.documents.plan import document as plan
from kotsukotsu.documents.plan.document import Made
from kotsukotsu.documents.prose import Part, parts
from kotsukotsu.documents.registry import Registry
from kotsukotsu.documents.render.fit import fit
from kotsukotsu.documents.render.html import fragment
from kotsukotsu.documents.render.model import Block, Paragraph, Text
from kotsukotsu.documents.render.numbering import numbered
from kotsukotsu.documents.render.template import blocks
from kotsukotsu.documents.report import document as report
from kotsukotsu.documents.report.registry import registry_of
from kotsukotsu.documents.table import Table
from kotsukotsu.sessions import plan_paper, report_paper
from kotsukotsu.sessions.publication import publication
from kotsukotsu.sessions.session import Session

OF_PLAN = {"plan": plan.plan_document, "summary": plan.summary_document}
OF_REPORT = {"report": report.report_document, "question": report.question_document,
             "drafting": report.drafting_document}  # fmt: skip
PLAN, REPORT = "plan", "report"
CUT = Paragraph((Text(""),), "cut")  # parts the blocks of a section from the others


@dataclass(frozen=True, slots=True)
class Material:
    """Everything that the sections of some documents may place."""

    source: Any
    registry: Registry


def kind_of(document: str) -> str:
    """Which material a document is made of."""
    return PLAN if document in OF_PLAN else REPORT


def material(session: Session, document: str, fy: int, made: date) -> Material:
    """The figures of a year, in the language spoken now.

    Raises
    ------
    FactorError, PlanError
        If they cannot be computed.
    """
    if kind_of(document) == PLAN:
        source = plan_paper.source_of(session, fy, made)
        return Material(source, plan.registry_of(source))
    yearly = report_paper.source_of(publication(session, fy, made))
    registry = registry_of(yearly)
    registry.tables["enclosures"] = Table(texts.label("draft.enclosures"), "", ("",), ())
    return Material(yearly, registry)


def html(given: Material, document: str, part: str, own: Mapping[str, str]) -> str:
    """A section as HTML.

    Raises
    ------
    DocumentError
        If a text of the document cannot be read.
    """
    whole: list[Block] = []
    for one in parts(document, own):
        is_part = _name(one, document) == part
        found = blocks(one.text, one.file, given.registry)
        whole += [CUT, *found, CUT] if is_part else found
    counted = numbered(fit(replace(_document(given, document, own).document, blocks=tuple(whole))))
    return fragment(_between(counted.blocks))


def usable(registry: Registry) -> list[tuple[str, str, str]]:
    """Everything that a text may place: how it is written, what it prints, what it means."""
    found = [
        (one.key, f"{one.figure.text} {one.figure.unit}".strip(), one.meaning) for one in registry.numbers.values()
    ]
    found += [(key, said, "") for key, said in registry.words.items()]
    found += [(f"table {key}", "", one.title) for key, one in registry.tables.items() if one.title]
    found += [(f"chart {key}", "", one.caption) for key, one in registry.pictures.items()]
    return [(f"{{{{ {name} }}}}", prints, meaning) for name, prints, meaning in found]


def _document(given: Material, document: str, own: Mapping[str, str]) -> Made:
    if document in OF_PLAN:
        return OF_PLAN[document](given.source, given.registry, own)
    return OF_REPORT[document](given.source, given.registry, own, texts.label("render.draft"))


def _name(part: Part, document: str) -> str:
    """Name of the section to which a text belongs: that of its file without number, folder and ``-add``."""
    stem = part.file.rpartition("/")[2].removesuffix(".md")
    return stem.removesuffix("-add") if part.is_own else f"{document}-{stem.partition('-')[2]}"


def _between(counted: tuple[Block, ...]) -> list[Block]:
    cuts = [index for index, block in enumerate(counted) if block == CUT]
    pairs = zip(cuts[::2], cuts[1::2], strict=True)
    return [block for first, last in pairs for block in counted[first + 1 : last]]

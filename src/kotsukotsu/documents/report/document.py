"""The report as one document."""

from __future__ import annotations

from collections.abc import Mapping

from kotsukotsu import texts
from kotsukotsu.documents import sentences
from kotsukotsu.documents.by_hand import by_hand
from kotsukotsu.documents.plan.document import Made
from kotsukotsu.documents.prose import filled, parts, unused
from kotsukotsu.documents.registry import Registry
from kotsukotsu.documents.render.model import Document
from kotsukotsu.documents.report.source import Source
from kotsukotsu.periods import day_name

REPORT, QUESTION, DRAFTING = "report", "question", "drafting"


def report_document(source: Source, registry: Registry, own: Mapping[str, str], mark: str) -> Made:
    """The yearly report with the city's own texts in place of ours, or after them."""
    found, made = source.found, parts(REPORT, own)
    title = texts.label("report.title", city=found.city)
    invented = (texts.label("doc.invented"),) if found.invented else ()
    document = Document(
        title, texts.label("report.subtitle", year=found.year.label), found.city, source.made, filled(made, registry),
        sentences.footer(found), (*invented, day_name(source.made), found.city), mark, contents=True,
        language=texts.language(),
    )  # fmt: skip
    findings = found.year.findings
    return Made(document, (*findings, *by_hand(made, registry), *unused(own)))


def question_document(source: Source, registry: Registry, own: Mapping[str, str], mark: str) -> Made:
    """One page for a question in the council."""
    title = texts.label("question.title", year=source.found.year.label)
    return _short(QUESTION, title, source, registry, own, mark)


def drafting_document(source: Source, registry: Registry, own: Mapping[str, str], mark: str) -> Made:
    """The draft of the decision to publish (起案), with its enclosures."""
    return _short(DRAFTING, texts.label("draft.title"), source, registry, own, mark)


def _short(name: str, title: str, source: Source, registry: Registry, own: Mapping[str, str], mark: str) -> Made:
    """A document without cover, contents and numbers."""
    found, made = source.found, parts(name, own)
    invented = (texts.label("doc.invented"),) if found.invented else ()
    document = Document(
        title, texts.gap().join((found.city, *invented)), found.city, source.made, filled(made, registry),
        sentences.footer(found), mark=mark, numbered=False, language=texts.language(),
    )  # fmt: skip
    return Made(document, (*by_hand(made, registry), *unused(own)))

"""The yearly report and the sheet for the council of the invented city, made once."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from kotsukotsu.documents.registry import Registry
from kotsukotsu.documents.render.model import Document
from kotsukotsu.documents.render.outputs import render
from kotsukotsu.documents.report.document import question_document, report_document
from kotsukotsu.documents.report.registry import registry_of
from kotsukotsu.sessions.publication import Publication
from kotsukotsu.sessions.report_paper import source_of


@dataclass(frozen=True)
class Paper:
    """A document and the figures that it places."""

    document: Document
    registry: Registry


def report_of(whole: Publication) -> Paper:
    source = source_of(whole)
    registry = registry_of(source)
    return Paper(report_document(source, registry, {}, "案").document, registry)


@pytest.fixture(scope="session")
def report(city_published: Publication) -> Paper:
    return report_of(city_published)


@pytest.fixture(scope="session")
def report_files(report: Paper) -> dict[str, bytes]:
    made = render(report.document, ("docx", "pdf"))
    assert made.findings == ()
    return made.files


@pytest.fixture(scope="session")
def question(city_published: Publication) -> Document:
    source = source_of(city_published)
    return question_document(source, registry_of(source), {}, "案").document

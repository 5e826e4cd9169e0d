"""A section as it would be printed, from the figures of today."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import timezone

from kotsukotsu import texts
from kotsukotsu.accounting.completeness import is_complete
from kotsukotsu.sessions import sections
from kotsukotsu.sessions.session import Session
from kotsukotsu.web.municipalities import figures
from kotsukotsu.web.papers.parts import document_of

LANGUAGE = "ja"  # the city's documents are Japanese, whatever the interface speaks


def section(part: str, own: Mapping[str, str]) -> str:
    """A section as HTML; every text in it is escaped.

    Raises
    ------
    DocumentError
        If the text cannot be read.
    FactorError, PlanError
        If the figures of its document cannot be computed.
    """
    document = document_of(part)
    with texts.speaking(LANGUAGE):
        return sections.html(_kept(document), document, part, own)


def usable(part: str) -> list[tuple[str, str, str]]:
    """What a section's text may place: how it is written, what it prints, what it means."""
    with texts.speaking(LANGUAGE):
        return sections.usable(_kept(document_of(part)).registry)


def _kept(document: str) -> Any:
    name = f"material.{sections.kind_of(document)}"
    return figures.kept(name, lambda session: _material(session, document), timezone.localdate())


def _material(session: Session, document: str) -> Any:
    """Figures of the latest year that can be computed."""
    return sections.material(session, document, _latest(session, session.years()), timezone.localdate())


def _latest(session: Session, years: Sequence[int]) -> int:
    """The last year without a missing month, else the last."""
    complete = (fy for fy in reversed(years) if session.has_rows(fy) and is_complete(session.doubts(fy)))
    return next(complete, years[-1])

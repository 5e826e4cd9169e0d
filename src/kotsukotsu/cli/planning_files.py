"""A plan or a choice of measures as a file: an Excel workbook, or one page with its charts."""

from __future__ import annotations

from pathlib import Path

from kotsukotsu.documents.planning import pages, workbooks
from kotsukotsu.documents.planning.outlook import Outlook
from kotsukotsu.documents.planning.proposal import Proposal
from kotsukotsu.store.folder import write_file


def outlook(found: Outlook, form: str, out: Path) -> None:
    """Targets and projections."""
    write_file(out, workbooks.outlook(found) if form == "xlsx" else pages.outlook(found))


def proposal(found: Proposal, form: str, out: Path) -> None:
    """A choice of measures."""
    write_file(out, workbooks.proposal(found) if form == "xlsx" else pages.proposal(found))

"""What becomes of a version's documents when it is submitted and when it is decided."""

from __future__ import annotations

from kotsukotsu.web.errors import WebError
from kotsukotsu.web.papers.making import basis
from kotsukotsu.web.papers.models import DONE, Making, Paper
from kotsukotsu.web.publications.models import Publication, PublishedFile


def require_ready(publication: Publication) -> None:
    """Refuse a version whose documents are not those of today's texts and registers.

    Raises
    ------
    WebError
        WD-01 they are being made or could not be made; WD-02 something has changed since.
    """
    making = Making.objects.filter(publication=publication).first()
    if making is None:
        return
    if making.state != DONE:
        raise WebError("WD-01")
    if making.basis != basis():
        raise WebError("WD-02")


def freeze(publication: Publication) -> None:
    """Keep the final documents with the version's figures; the drafts go. Called before the state changes."""
    for paper in Paper.objects.filter(publication=publication, is_final=True).iterator(chunk_size=1):
        PublishedFile.objects.create(
            publication=publication, name=paper.name, content=paper.content, sha256=paper.sha256
        )
    Paper.objects.filter(publication=publication).delete()
    Making.objects.filter(publication=publication).delete()

"""Publications: every version, its frozen figures, its files."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from ninja import Path, Router

from kotsukotsu.rounding import plain
from kotsukotsu.web.api.access import Needs
from kotsukotsu.web.api.described import described
from kotsukotsu.web.api.shapes import Key, Named, PublicationShape, PublicationWhole, Refusal
from kotsukotsu.web.common.sending import sent
from kotsukotsu.web.publications.models import Publication, PublishedFigure, PublishedFile

router = Router(tags=["publications"])


@router.get("", response=list[PublicationShape], auth=Needs("overview"), **described("publications_list"))
def publications_list(request: HttpRequest) -> list[Publication]:
    """Every version of every year, the newest first."""
    return list(Publication.objects.all())


@router.get(
    "/{pk}", response={200: PublicationWhole, 404: Refusal}, auth=Needs("overview"), **described("publication_whole")
)
def publication_whole(request: HttpRequest, pk: Path[Key]) -> dict[str, Any]:
    """A version with its frozen figures and the addresses of its files."""
    one = get_object_or_404(Publication, pk=pk)
    files = [
        {"name": file.name, "sha256": file.sha256, "address": reverse("api:publication_file", args=[pk, file.name])}
        for file in one.files.defer("content")
    ]
    names = PublicationShape.model_fields
    return {
        **{name: getattr(one, name) for name in names},
        "figures": [_figure(figure) for figure in one.figures.all()],
        "files": files,
    }


def _figure(one: PublishedFigure) -> dict[str, Any]:
    return {
        "name": one.key, "meaning": one.meaning, "value": None if one.exact is None else plain(one.exact),
        "text": one.text, "unit": one.unit, "status": one.status,
    }  # fmt: skip


@router.get(
    "/{pk}/files/{name}",
    response={200: None, 404: Refusal},
    url_name="publication_file",
    auth=Needs("overview"),
    **described("publication_file"),
)
def publication_file(request: HttpRequest, pk: Path[Key], name: Path[Named]) -> HttpResponse:
    """A frozen file, as it is."""
    kept = get_object_or_404(PublishedFile, publication_id=pk, name=name)
    return sent(bytes(kept.content), kept.name)

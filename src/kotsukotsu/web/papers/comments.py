"""What readers say of sections, and whether it is settled."""

from __future__ import annotations

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from kotsukotsu.web.accounts import policy
from kotsukotsu.web.accounts.log import log
from kotsukotsu.web.accounts.models import User
from kotsukotsu.web.errors import ConflictError, WebError
from kotsukotsu.web.papers.models import Comment
from kotsukotsu.web.papers.parts import every
from kotsukotsu.web.publications.models import PUBLISHED, Publication

RIGHT = "review_paper"


def comments_of(publication: Publication) -> QuerySet[Comment]:
    """Comments on a version, by section."""
    found = Comment.objects.filter(fiscal_year=publication.fiscal_year, number=publication.number)
    return found.select_related("author", "resolved_by")


@transaction.atomic
def comment_add(*, publication: Publication, part: str, text: str, actor: User) -> Comment:
    """Say something of a section.

    Raises
    ------
    WebError
        WP-06 nothing was written, WD-05 there is no such section.
    ConflictError
        WP-03 the version is published.
    """
    policy.require(actor, RIGHT)
    held = _open(publication.pk)
    if not text.strip():
        raise WebError("WP-06")
    if part not in every():
        raise WebError("WD-05")
    made = Comment.objects.create(
        fiscal_year=held.fiscal_year, number=held.number, part=part, text=text.strip(), author=actor, at=timezone.now()
    )
    log(actor=actor, verb="comment", kind="publication", key=held, after={"part": part, "text": made.text})
    return made


@transaction.atomic
def comment_resolve(*, publication: Publication, comment: Comment, resolved: bool, actor: User) -> None:
    """Say that a comment is settled, or that it is not after all.

    Raises
    ------
    ConflictError
        WP-03 the version is published.
    """
    policy.require(actor, RIGHT)
    held = _open(publication.pk)
    comment.resolved_by, comment.resolved_at = (actor, timezone.now()) if resolved else (None, None)
    comment.save(update_fields=["resolved_by", "resolved_at"])
    verb = "resolve" if resolved else "unresolve"
    log(actor=actor, verb=verb, kind="publication", key=held, after={"part": comment.part, "text": comment.text})


def _open(pk: int) -> Publication:
    held = Publication.objects.select_for_update().filter(pk=pk).exclude(state=PUBLISHED).first()
    if held is None:
        raise ConflictError("WP-03")
    return held

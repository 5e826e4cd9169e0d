"""A version prepared beside the requests: its way is seen meanwhile, and it is there all at once or not at all."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from threading import Thread
from uuid import UUID, uuid4

from django.db import connections, transaction
from django.utils import timezone

from kotsukotsu import texts
from kotsukotsu.errors import KotsukotsuError
from kotsukotsu.web.accounts import policy
from kotsukotsu.web.accounts.models import User
from kotsukotsu.web.common import advice
from kotsukotsu.web.publications import services
from kotsukotsu.web.publications.models import Preparing

WHOLE = 100
LISTED = 20  # findings of a refusal that are kept
_alive: set[UUID] = set()  # of this process; what another process began was interrupted


@dataclass(frozen=True, slots=True)
class Progress:
    """How far it is: ``running``, ``failed``, ``interrupted``, or ``none`` where it is done or was never begun."""

    state: str
    percent: int = 0
    error: str = ""


def progress(fiscal_year: int) -> Progress:
    """How far the next version of a year is."""
    one = Preparing.objects.filter(fiscal_year=fiscal_year).first()
    if one is None:
        return Progress("none")
    if one.error:
        return Progress("failed", error=one.error)
    percent = min(WHOLE * one.done // one.steps if one.steps else 0, WHOLE)
    return Progress("running" if one.token in _alive else "interrupted", percent)


@transaction.atomic
def preparing_begin(*, fiscal_year: int, reason: str = "", actor: User) -> Preparing:
    """Begin to prepare a version, once however often it is asked for; the work starts when the transaction ends.

    Raises
    ------
    WebError
        WP-01 a correction needs a reason.
    """
    policy.require(actor, "prepare_publication")
    services.next_number(fiscal_year, reason)
    before = Preparing.objects.select_for_update().filter(fiscal_year=fiscal_year).first()
    if before and before.token in _alive:
        return before
    started = {
        "token": uuid4(), "reason": reason, "done": 0, "steps": 0, "error": "", "started_by": actor,
        "started_at": timezone.now(),
    }  # fmt: skip
    made, _ = Preparing.objects.update_or_create(fiscal_year=fiscal_year, defaults=started)
    transaction.on_commit(lambda: _launch(made.token))
    return made


def _launch(token: UUID) -> None:
    _alive.add(token)
    Thread(target=_alone, args=(token,), name="preparing", daemon=True).start()


def _alone(token: UUID) -> None:
    """The work of a thread of its own, with connections of its own."""
    try:
        run(token)
    finally:
        _alive.discard(token)
        connections.close_all()


def run(token: UUID) -> None:
    """Prepare the version; whatever stands in the way is kept in words."""
    one = Preparing.objects.select_related("started_by").get(token=token)
    try:
        services.publication_prepare(fiscal_year=one.fiscal_year, reason=one.reason, actor=one.started_by, token=token)
        one.delete()
    except KotsukotsuError as error:
        listed = getattr(error, "findings", ())[:LISTED]
        found = [texts.gap().join((advice.place(each), advice.message(each))) for each in listed]
        _fail(token, "\n".join([error.text(), *found]))
    except Exception:
        logging.getLogger(__name__).exception("version of %s", one.fiscal_year)
        _fail(token, texts.label("papers.broken"))


def _fail(token: UUID, error: str) -> None:
    Preparing.objects.filter(token=token).update(error=error)

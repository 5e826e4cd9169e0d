"""A version prepared beside the requests: its way is seen meanwhile, and it is there all at once or not at all."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from kotsukotsu import texts
from kotsukotsu.errors import KotsukotsuError
from kotsukotsu.web.accounts import policy
from kotsukotsu.web.accounts.models import User
from kotsukotsu.web.common import advice, alone
from kotsukotsu.web.publications import services
from kotsukotsu.web.publications.models import Preparing

LISTED = 20  # findings of a refusal that are kept


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
    return Progress("running" if alone.is_alive(one.token) else "interrupted", alone.percent(one.done, one.steps))


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
    if before and alone.is_alive(before.token):
        return before
    started = {
        "token": uuid4(), "reason": reason, "done": 0, "steps": 0, "error": "", "started_by": actor,
        "started_at": timezone.now(),
    }  # fmt: skip
    made, _ = Preparing.objects.update_or_create(fiscal_year=fiscal_year, defaults=started)
    transaction.on_commit(lambda: _launch(made.token))
    return made


def _launch(token: UUID) -> None:
    alone.begin(token, run, "preparing")


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

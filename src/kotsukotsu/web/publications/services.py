"""A version's way: prepared, submitted, returned or published. One verb, one transaction, one entry of the log."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date
from importlib.metadata import version
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from kotsukotsu.periods import FiscalYear, day_name
from kotsukotsu.schema import Row
from kotsukotsu.web.accounts import policy
from kotsukotsu.web.accounts.log import log
from kotsukotsu.web.accounts.models import User
from kotsukotsu.web.entries.posting import registers_changed
from kotsukotsu.web.errors import ConflictError, WebError
from kotsukotsu.web.municipalities import dated, figures, tables
from kotsukotsu.web.municipalities.models import Municipality
from kotsukotsu.web.papers import freezing as papers
from kotsukotsu.web.publications import freezing, selectors
from kotsukotsu.web.publications.freezing import Frozen, now, stored
from kotsukotsu.web.publications.models import (
    DRAFT,
    PUBLISHED,
    RETURNED,
    SUBMITTED,
    Publication,
    PublishedFigure,
    PublishedFile,
    Remark,
)

KIND = "publication"
TRIES = 3  # so often a version is computed while others enter
Computed = tuple[figures.State, Frozen]


def publication_prepare(*, fiscal_year: int, reason: str = "", actor: User, token: UUID | None = None) -> Publication:
    """Freeze a year as it is now; an open version of the year is made anew.

    Parameters
    ----------
    token : UUID, optional
        Of the `Preparing` that is told how far it is.

    Raises
    ------
    WebError
        WP-01 a correction needs a reason; WP-02 the year's data are not complete enough for any figure.
    FactorError
        If rows cannot be computed; it carries their findings.
    """
    policy.require(actor, "prepare_publication")
    next_number(fiscal_year, reason)
    for _ in range(TRIES):  # the ledger is held for what is computed at last, while nobody can enter
        computed = dated.computed(freezing.whole, fiscal_year, token)
        if computed[0] == figures.state_of(figures.municipality()):
            break
    return _prepared(fiscal_year, reason.strip(), actor, computed)


@transaction.atomic
def _prepared(fiscal_year: int, reason: str, actor: User, computed: Computed) -> Publication:
    """Keep what was computed."""
    made = _or_now(computed, freezing.whole, fiscal_year)
    if not made.numbers:
        raise WebError("WP-02", made.hindrances, fiscal_year=FiscalYear(fiscal_year).label())
    number, moment = next_number(fiscal_year, reason), timezone.now()
    Publication.objects.filter(fiscal_year=fiscal_year).exclude(state=PUBLISHED).delete()
    kept = Publication.objects.create(
        fiscal_year=fiscal_year, number=number, reason=reason, moment=moment, made_on=timezone.localdate(),
        policy=made.policy, catalogue_version=made.catalogue_version, code_version=version("kotsukotsu"),
        digest=made.digest, prepared_by=actor, prepared_at=moment,
    )  # fmt: skip
    _keep(kept, made)
    log(actor=actor, verb="prepare", kind=KIND, key=kept, after={"digest": made.digest}, reason=reason)
    return kept


def _or_now(computed: Computed, make: Callable[..., Frozen], *args: Any) -> Frozen:
    """What was computed before the ledger was held, or what is so now where somebody changed the city meanwhile."""
    state, made = computed
    is_same = figures.state_of(Municipality.objects.select_for_update().get()) == state
    return made if is_same else make(*args)


def next_number(fiscal_year: int, reason: str) -> int:
    """The number of the next version; whoever corrects a published one says why.

    Raises
    ------
    WebError
        WP-01.
    """
    last = selectors.last_published(fiscal_year)
    if last and not reason.strip():
        raise WebError("WP-01", fiscal_year=FiscalYear(fiscal_year).label())
    return last.number + 1 if last else 1


def _keep(kept: Publication, made: Frozen) -> None:
    lines = [stored(kept, position, number) for position, number in enumerate(made.numbers)]
    PublishedFigure.objects.bulk_create(lines, batch_size=500)
    for name, content in made.files.items():
        mark = hashlib.sha256(content).hexdigest()
        PublishedFile.objects.create(publication=kept, name=name, content=content, sha256=mark)


def publication_submit(*, publication: Publication, actor: User) -> None:
    """Ask for the decision.

    Raises
    ------
    ConflictError
        WP-03 it is not in a state to be submitted.
    WebError
        WP-04 open findings forbid it; WP-05 the city's data have changed since; WD-01, WD-02 its documents are
        not those of today.
    """
    policy.require(actor, "prepare_publication")
    _submitted(publication, actor, _today(publication))


@transaction.atomic
def _submitted(publication: Publication, actor: User, computed: Computed) -> None:
    held = _hold(publication, DRAFT, RETURNED)
    _still_true(held, computed)
    papers.require_ready(held)
    held.state, held.submitted_by, held.submitted_at = SUBMITTED, actor, timezone.now()
    held.save()
    log(actor=actor, verb="submit", kind=KIND, key=held)


@transaction.atomic
def publication_return(*, publication: Publication, reason: str, actor: User) -> None:
    """Give it back with a reason.

    Raises
    ------
    WebError
        WP-06 without a reason.
    """
    policy.require(actor, "publish")
    held = _hold(publication, SUBMITTED)
    if not reason.strip():
        raise WebError("WP-06")
    held.state = RETURNED
    held.save()
    Remark.objects.create(publication=held, author=actor, at=timezone.now(), text=reason.strip())
    log(actor=actor, verb="return", kind=KIND, key=held, reason=reason)


def publication_publish(
    *, publication: Publication, decided_on: date, document_number: str = "", actor: User
) -> Publication:
    """Decide: from now on the database refuses any change of it.

    Raises
    ------
    WebError
        WP-07 who prepared or submitted it does not decide; WP-04 open findings; WP-05 the data have changed since;
        WP-08 the day of the decision lies before the version was made, or after today.
    """
    policy.require(actor, "publish")
    if not publication.made_on <= decided_on <= timezone.localdate():
        raise WebError("WP-08", decided=day_name(decided_on), made=day_name(publication.made_on))
    return _published(publication, decided_on, document_number.strip(), actor, _today(publication))


@transaction.atomic
def _published(
    publication: Publication, decided_on: date, document_number: str, actor: User, computed: Computed
) -> Publication:
    held = _hold(publication, SUBMITTED)
    if actor.pk in (held.prepared_by_id, held.submitted_by_id):
        raise WebError("WP-07")
    _still_true(held, computed)
    corrected = selectors.errata(held, decided_on)
    papers.freeze(held)
    held.state, held.published_by, held.published_at = PUBLISHED, actor, timezone.now()
    held.decided_on, held.document_number = decided_on, document_number
    held.save()
    _tell_corrections(corrected)
    after = {"digest": held.digest, "decided_on": decided_on, "document_number": held.document_number}
    log(actor=actor, verb="publish", kind=KIND, key=held, after=after, reason=held.reason)
    return held


def _tell_corrections(rows: list[Row]) -> None:
    """Add what reads otherwise to the city's register of errata, which later documents print."""
    if rows:
        tables.put("errata", rows)
        registers_changed()


@transaction.atomic
def remark_add(*, publication: Publication, text: str, actor: User) -> Remark:
    """Say something of a version that is not yet published.

    Raises
    ------
    WebError
        WP-06 an empty remark; WP-03 it is published.
    """
    policy.require(actor, "overview")
    held = _hold(publication, DRAFT, SUBMITTED, RETURNED)
    if not text.strip():
        raise WebError("WP-06")
    made = Remark.objects.create(publication=held, author=actor, at=timezone.now(), text=text.strip())
    log(actor=actor, verb="remark", kind=KIND, key=held, after={"text": made.text})
    return made


def _hold(publication: Publication, *states: str) -> Publication:
    """The version as it is now, held until the transaction ends."""
    held = Publication.objects.select_for_update().filter(pk=publication.pk).first()
    if held is None or held.state not in states:
        raise ConflictError("WP-03")
    return held


def _today(publication: Publication) -> Computed:
    """The year as it is now, computed before anything is held, so that entries go on meanwhile."""
    return dated.computed(now, publication.fiscal_year, publication.made_on)


def _still_true(held: Publication, computed: Computed) -> None:
    """Refuse a version that open findings forbid, or that the city's data no longer give."""
    today = _or_now(computed, now, held.fiscal_year, held.made_on)
    if today.hindrances:
        raise WebError("WP-04", today.hindrances, count=len(today.hindrances))
    if today.digest != held.digest:
        raise WebError("WP-05")

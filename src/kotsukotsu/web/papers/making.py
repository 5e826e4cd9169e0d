"""The documents of a version, made beside the requests: files appear all at once at the end, or not at all."""

from __future__ import annotations

import hashlib
import io
import json
import logging
import zipfile
from collections.abc import Iterable
from dataclasses import replace
from itertools import count
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from kotsukotsu import texts
from kotsukotsu.documents.published import numbers
from kotsukotsu.documents.render.forms import FORMS
from kotsukotsu.errors import KotsukotsuError
from kotsukotsu.schema import Row
from kotsukotsu.schema.city import City
from kotsukotsu.sessions.publication import publication as gathered
from kotsukotsu.sessions.published import DOCUMENTS, SITE, STEPS, published
from kotsukotsu.sessions.session import Session
from kotsukotsu.web.accounts import policy
from kotsukotsu.web.accounts.log import log
from kotsukotsu.web.accounts.models import User
from kotsukotsu.web.common import alone
from kotsukotsu.web.errors import ConflictError, WebError
from kotsukotsu.web.municipalities.home import Database
from kotsukotsu.web.municipalities.models import Municipality
from kotsukotsu.web.papers.models import DONE, FAILED, RUNNING, Making, Paper
from kotsukotsu.web.papers.prose import own_texts
from kotsukotsu.web.publications import selectors
from kotsukotsu.web.publications.freezing import digest
from kotsukotsu.web.publications.models import DRAFT, RETURNED, Publication

LANGUAGE = "ja"
SITE_FILE = "site.zip"
YEAR_0 = (1980, 1, 1, 0, 0, 0)  # the same bytes whenever a site is packed
Files = dict[str, bytes]


class Corrected(Database):
    """The city with the errata of a version that is not yet decided."""

    def __init__(self, municipality: Municipality, errata: Iterable[Row]) -> None:
        super().__init__(municipality)
        self.errata = list(errata)

    def city(self, *, activities: bool) -> City:
        """Its tables."""
        found = super().city(activities=activities)
        return replace(found, tables={**found.tables, "errata": [*found.table("errata"), *self.errata]})


def basis() -> str:
    """What documents depend on besides the frozen figures."""
    state = [Municipality.objects.get().revision, sorted(own_texts().items())]
    return hashlib.sha256(json.dumps(state, ensure_ascii=False).encode()).hexdigest()


def is_alive(making: Making) -> bool:
    """Whether somebody is at work on it."""
    return making.state == RUNNING and alone.is_alive(making.token)


@transaction.atomic
def papers_make(*, publication: Publication, actor: User) -> Making:
    """Begin to make the documents of a version; the work starts when the transaction ends.

    Raises
    ------
    ConflictError
        WP-03 the version has moved on; WD-01 its documents are being made.
    """
    policy.require(actor, "prepare_publication")
    held = Publication.objects.select_for_update().filter(pk=publication.pk, state__in=(DRAFT, RETURNED)).first()
    if held is None:
        raise ConflictError("WP-03")
    before = Making.objects.filter(publication=held).first()
    if before and is_alive(before):
        raise ConflictError("WD-01")
    started = {
        "token": uuid4(), "state": RUNNING, "done": 0, "steps": 0, "basis": basis(), "error": "",
        "started_by": actor, "started_at": timezone.now(), "ended_at": None,
    }  # fmt: skip
    making, _ = Making.objects.update_or_create(publication=held, defaults=started)
    log(actor=actor, verb="papers", kind="publication", key=held)
    transaction.on_commit(lambda: _launch(making.token))
    return making


def _launch(token: UUID) -> None:
    alone.begin(token, run, "papers")


def run(token: UUID) -> None:
    """Make everything and keep it; whatever stands in the way is kept in words."""
    making = Making.objects.select_related("publication").get(token=token)
    with texts.speaking(LANGUAGE):
        try:
            _keep(making, *_made(making))
        except KotsukotsuError as error:
            _fail(token, error.text())
        except Exception:
            logging.getLogger(__name__).exception("documents of %s", making.publication)
            _fail(token, texts.label("papers.broken"))


def _made(making: Making) -> tuple[Files, Files]:
    """The files as drafts, and as they will be published."""
    version = making.publication
    session = Session(Corrected(Municipality.objects.get(), _errata(version)), version.moment)
    own, steps, done = own_texts(), len(session.years()) + 2 * STEPS, count(1)

    def step(*_: object) -> None:
        Making.objects.filter(token=making.token).update(done=next(done), steps=steps)

    whole = gathered(session, version.fiscal_year, version.made_on, step)
    if digest(numbers(whole.overview())) != version.digest:
        raise WebError("WP-05")
    drafts, _ = published(whole, own, texts.label("render.draft"), step, FORMS)
    finals, _ = published(whole, own, "", step, FORMS)
    return packed(drafts), packed(finals)


def _errata(version: Publication) -> list[Row]:
    """What this version corrects, as the register will have it; dated as the documents are."""
    return selectors.errata(version, version.made_on)


def packed(files: Files) -> Files:
    """Documents as files, the site as one archive."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            if name.startswith(f"{SITE}/"):
                archive.writestr(zipfile.ZipInfo(name, YEAR_0), files[name], zipfile.ZIP_DEFLATED)
    documents = {name.removeprefix(f"{DOCUMENTS}/"): data for name, data in files.items() if name.startswith(DOCUMENTS)}
    return {**documents, SITE_FILE: held.getvalue()}


@transaction.atomic
def _keep(making: Making, drafts: Files, finals: Files) -> None:
    """Put the files in place of those of an earlier making, unless the version has moved on meanwhile."""
    held = Publication.objects.select_for_update().filter(pk=making.publication_id, state__in=(DRAFT, RETURNED)).first()
    if held is None or not Making.objects.filter(token=making.token).exists():
        return
    Paper.objects.filter(publication=held).delete()
    for is_final, files in ((False, drafts), (True, finals)):
        for name, data in files.items():
            mark = hashlib.sha256(data).hexdigest()
            Paper.objects.create(
                publication=held, name=name, is_final=is_final, content=data, size=len(data), sha256=mark
            )
    Making.objects.filter(token=making.token).update(state=DONE, ended_at=timezone.now())


def _fail(token: UUID, error: str) -> None:
    Making.objects.filter(token=token).update(state=FAILED, error=error, ended_at=timezone.now())

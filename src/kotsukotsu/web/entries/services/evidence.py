"""Evidence files beside entries."""

from __future__ import annotations

import hashlib

from django.db import transaction
from django.utils import timezone

from kotsukotsu.web.accounts import policy
from kotsukotsu.web.accounts.log import log
from kotsukotsu.web.accounts.models import User
from kotsukotsu.web.entries import proofs
from kotsukotsu.web.entries.models import Evidence, Sheet
from kotsukotsu.web.entries.services.cells import require_open
from kotsukotsu.web.entries.uploads import Accepted, accept
from kotsukotsu.web.errors import WebError


@transaction.atomic
def evidence_add(
    *, sheet: Sheet, name: str, content: bytes, line: str = "", first: str = "", last: str = "", actor: User
) -> Evidence:
    """Keep a file; the same file twice is kept once, and proves what both times were said.

    Parameters
    ----------
    line, first, last : str
        What it proves: a line of the sheet, and its months; no months are the whole year, no line is the sheet.

    Raises
    ------
    WebError
        W-40 to W-44 of `uploads.accept`; W-22 the sheet has no such line or month, WF-01 months without a line.
    """
    policy.require(actor, "enter", sheet.facility_id)
    given = proofs.places(sheet, line, first, last)
    file = accept(name, content)
    sha256 = hashlib.sha256(file.content).hexdigest()
    same = sheet.evidence.filter(sha256=sha256, withdrawn_at=None).first()
    made = same or _kept(sheet, file, sha256, actor)
    added = proofs.prove(made, given)
    if same is None or added:
        after = {"name": file.name, "sha256": sha256, "cells": [f"{'|'.join(key)} {month}" for key, month in added]}
        log(actor=actor, verb="attach", kind="sheet", key=sheet.pk, facility_id=sheet.facility_id, after=after)
    return made


def _kept(sheet: Sheet, file: Accepted, sha256: str, actor: User) -> Evidence:
    return Evidence.objects.create(
        sheet=sheet, name=file.name, kind=file.kind, content=file.content, sha256=sha256,
        size=len(file.content), added_at=timezone.now(), added_by=actor,
    )  # fmt: skip


@transaction.atomic
def evidence_withdraw(*, evidence: Evidence, reason: str, actor: User) -> None:
    """Take a file out of the list; it stays in the database with its reason in the log.

    Raises
    ------
    WebError
        W-21 the sheet is not open, W-27 without a reason.
    """
    policy.require(actor, "enter", evidence.sheet.facility_id)
    require_open(evidence.sheet)
    if not reason.strip():
        raise WebError("W-27", step="")
    evidence.withdrawn_at = timezone.now()
    evidence.save(update_fields=["withdrawn_at"])
    log(
        actor=actor, verb="detach", kind="sheet", key=evidence.sheet_id, facility_id=evidence.sheet.facility_id,
        before={"name": evidence.name, "sha256": evidence.sha256}, reason=reason,
    )  # fmt: skip

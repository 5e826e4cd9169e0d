"""Evidence files beside entries."""

from __future__ import annotations

import hashlib

from django.db import transaction
from django.utils import timezone

from kotsukotsu.web.accounts import policy
from kotsukotsu.web.accounts.log import log
from kotsukotsu.web.accounts.models import User
from kotsukotsu.web.entries.models import Evidence, Sheet
from kotsukotsu.web.entries.uploads import accept
from kotsukotsu.web.errors import WebError


@transaction.atomic
def evidence_add(*, sheet: Sheet, name: str, content: bytes, item: str = "", actor: User) -> Evidence:
    """Keep a file; the same file twice is kept once.

    Raises
    ------
    WebError
        W-40 to W-44 of `uploads.accept`; W-22 the sheet has no such item.
    """
    policy.require(actor, "enter", sheet.facility_id)
    if item and not sheet.lines.filter(item=item).exists():
        raise WebError("W-22", cell=item)
    file = accept(name, content)
    sha256 = hashlib.sha256(file.content).hexdigest()
    same = sheet.evidence.filter(sha256=sha256, withdrawn_at=None).first()
    if same is not None:
        return same
    made = Evidence.objects.create(
        sheet=sheet, item=item, name=file.name, kind=file.kind, content=file.content, sha256=sha256,
        size=len(file.content), added_at=timezone.now(), added_by=actor,
    )  # fmt: skip
    after = {"name": file.name, "sha256": sha256, "item": item}
    log(actor=actor, verb="attach", kind="sheet", key=sheet.pk, facility_id=sheet.facility_id, after=after)
    return made


@transaction.atomic
def evidence_withdraw(*, evidence: Evidence, reason: str, actor: User) -> None:
    """Take a file out of the list; it stays in the database with its reason in the log.

    Raises
    ------
    WebError
        W-27 without a reason.
    """
    policy.require(actor, "enter", evidence.sheet.facility_id)
    if not reason.strip():
        raise WebError("W-27", step="")
    evidence.withdrawn_at = timezone.now()
    evidence.save(update_fields=["withdrawn_at"])
    log(
        actor=actor, verb="detach", kind="sheet", key=evidence.sheet_id, facility_id=evidence.sheet.facility_id,
        before={"name": evidence.name, "sha256": evidence.sha256}, reason=reason,
    )  # fmt: skip

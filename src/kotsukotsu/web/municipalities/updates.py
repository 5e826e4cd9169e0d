"""Updates of the factors that were looked at and await a decision; the log keeps them, nothing else has to.

An update waits until an administrator takes it, or any other, into the catalogue, or the secretariat sets it aside.
"""

from __future__ import annotations

import hashlib

from django.db import transaction
from django.http import Http404

from kotsukotsu.catalogue.update import Update
from kotsukotsu.sessions.catalogues import catalogue
from kotsukotsu.web.accounts import policy
from kotsukotsu.web.accounts.log import log
from kotsukotsu.web.accounts.models import LogEntry, User
from kotsukotsu.web.errors import WebError

KIND = "factor_update"


def waiting() -> list[LogEntry]:
    """The entries of their arrival, the latest first; those of another catalogue than today's are decided."""
    found: dict[str, LogEntry] = {}
    for entry in LogEntry.objects.filter(kind=KIND, after__catalogue=catalogue().version).order_by("at", "pk"):
        found.pop(entry.key, None)
        if entry.verb == "receive":
            found[entry.key] = entry
    return [*reversed(found.values())]


@transaction.atomic
def update_receive(*, update: Update, actor: User) -> None:
    """Note an update that was looked at; one that waits already is not noted again."""
    policy.require(actor, "register")
    key = _key(update)
    if any(one.key == key for one in waiting()):
        return
    told = {"title": update.title, "edition": update.edition, "created": update.created}
    log(actor=actor, verb="receive", kind=KIND, key=key, after={**told, "catalogue": catalogue().version})


def _key(update: Update) -> str:
    """Of what an update says; the file that it came in bears the time at which it was packed."""
    files = [(name, hashlib.sha256(content).hexdigest()) for name, content in sorted(update.files.items())]
    return hashlib.sha256(repr((update.title, update.edition, update.created, files)).encode()).hexdigest()


@transaction.atomic
def update_set_aside(*, key: str, reason: str, actor: User) -> None:
    """Decide that an update is not taken.

    Raises
    ------
    WebError
        W-27 without a reason.
    Http404
        If it does not wait, or no longer.
    """
    policy.require(actor, "register")
    found = next((one for one in waiting() if one.key == key), None)
    if found is None:
        raise Http404
    if not reason.strip():
        raise WebError("W-27")
    log(actor=actor, verb="set_aside", kind=KIND, key=key, after=found.after, reason=reason)

"""How long records are kept, and keeping to it: the triggers allow no more than this.

The ledger and publications are never deleted. What can be: entries of the log, and the names of people whose accounts
have been closed (their entries keep the account's number).
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from kotsukotsu.web.accounts import policy
from kotsukotsu.web.accounts.log import log
from kotsukotsu.web.accounts.models import LogEntry, Retention, User
from kotsukotsu.web.accounts.services import close_on_their_day
from kotsukotsu.web.errors import WebError

LOG, STAFF = "log", "staff"
# At the least: a year's figures are asked for again in the plan's five-year cycle.
LEAST = {LOG: 5, STAFF: 1}
MOST = 100
DAYS = 365.25
FORGOTTEN = "－"


def years(kind: str) -> int | None:
    """Years that a kind is kept; None for ever."""
    found = Retention.objects.filter(kind=kind).first()
    return None if found is None else found.years


@transaction.atomic
def retention_set(*, kind: str, years: int, reason: str, actor: User) -> Retention:
    """Say how long a kind of record is kept.

    Raises
    ------
    WebError
        W-53 too short or too long, W-27 without a reason.
    """
    policy.require(actor, "settings")
    if kind not in LEAST or not LEAST[kind] <= years <= MOST:
        raise WebError("W-53", least=LEAST.get(kind, 1), most=MOST)
    if not reason.strip():
        raise WebError("W-27", step="")
    before = Retention.objects.filter(kind=kind).values_list("years", flat=True).first()
    made, _ = Retention.objects.update_or_create(
        kind=kind, defaults={"years": years, "keep_from": _since(years, timezone.now())}
    )
    log(
        actor=actor, verb="retain", kind="retention", key=kind, before={"years": before}, after={"years": years},
        reason=reason,
    )  # fmt: skip
    return made


def _since(kept: int, now: datetime) -> datetime:
    return now - timedelta(days=int(kept * DAYS))


@transaction.atomic
def carry_out(*, now: datetime) -> tuple[int, int]:
    """Delete what is older than its period (entries of the log, names of people that went); close what is due."""
    close_on_their_day(timezone.localdate(now))
    entries = people = 0
    for kept in Retention.objects.select_for_update():
        kept.keep_from = _since(kept.years, now)
        kept.save(update_fields=["keep_from"])
        if kept.kind == LOG:
            entries, _ = LogEntry.objects.filter(at__lt=kept.keep_from).delete()
        else:
            people = _forget(kept.keep_from)
    return entries, people


def carry_out_daily(pause: Callable[[], object]) -> None:
    """Keep to the periods for as long as the server runs.

    Parameters
    ----------
    pause : callable
        Waits until the next day; it is over when `StopIteration` comes.
    """
    with suppress(StopIteration):
        while True:
            pause()
            carry_out(now=timezone.now())


def _forget(before: datetime) -> int:
    gone = User.objects.filter(is_active=False, closed_on__lt=before.date()).exclude(name=FORGOTTEN)
    for user in gone:
        user.username, user.name, user.email = f"closed-{user.pk}", FORGOTTEN, ""
        user.set_unusable_password()
        user.save()
    return len(gone)

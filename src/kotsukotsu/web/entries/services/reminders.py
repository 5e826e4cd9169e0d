"""Remind by mail who is late; mail is off unless a server is named."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.utils import timezone

from kotsukotsu import texts
from kotsukotsu.periods import FiscalYear
from kotsukotsu.web.accounts import policy
from kotsukotsu.web.accounts.log import log
from kotsukotsu.web.accounts.models import Role, User
from kotsukotsu.web.entries.selectors import Task
from kotsukotsu.web.errors import WebError

SENDER = "kotsukotsu@localhost"


def mail_is_on() -> bool:
    """Whether a mail server is named."""
    return bool(settings.EMAIL_HOST)


@transaction.atomic
def remind(*, fy: int, tasks: Iterable[Task], actor: User) -> int:
    """Write to everybody with an address who has late sheets; how many were written to.

    Raises
    ------
    WebError
        W-36 mail is off.
    """
    policy.require(actor, "collect")
    if not mail_is_on():
        raise WebError("W-36")
    listed = list(tasks)
    written = 0
    for user in _responsible():
        own = policy.facilities(user, "enter")
        late = [task for task in listed if own is not None and task.facility.facility_id in own]
        if late:
            _write(user, fy, late)
            written += 1
    log(actor=actor, verb="remind", kind="collection", key=fy, after={"letters": written})
    return written


def _responsible() -> Iterable[User]:
    """People with an address who enter for facilities."""
    roles = Role.objects.on(timezone.localdate()).filter(kind__in=("facility_manager", "operator"))
    return User.objects.filter(is_active=True, roles__in=roles).exclude(email="").distinct()


def _write(user: User, fy: int, late: list[Task]) -> None:
    year = FiscalYear(fy).name
    lines = "\n".join(f"- {task.facility.name} {task.sheet.due:%Y-%m-%d}" for task in late)
    subject, body = texts.label("web.mail.subject", year=year), texts.label("web.mail.body", name=user.name, year=year)
    send_mail(subject, f"{body}\n\n{lines}\n", SENDER, [user.email])

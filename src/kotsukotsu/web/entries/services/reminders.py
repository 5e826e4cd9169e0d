"""Write by mail to those who are asked, or who are late; mail is off unless a server is named."""

from __future__ import annotations

from collections.abc import Iterable
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.utils import timezone

from kotsukotsu import texts
from kotsukotsu.periods import FiscalYear, day_name
from kotsukotsu.web.accounts import policy
from kotsukotsu.web.accounts.log import log
from kotsukotsu.web.accounts.models import Role, User
from kotsukotsu.web.entries.cycle import OPEN
from kotsukotsu.web.entries.selectors import Task
from kotsukotsu.web.errors import WebError

KINDS = ("asked", "late")


def mail_is_on() -> bool:
    """Whether a mail server is named."""
    return bool(settings.EMAIL_HOST)


def remind(*, fy: int, tasks: Iterable[Task], actor: User, kind: str = "late", address: str = "") -> int:
    """Write to everybody with an address who has sheets to enter; how many were written to.

    Parameters
    ----------
    kind : str
        ``asked`` for all sheets that are not handed in, ``late`` for those past their day.
    address : str
        Where the sheets are entered.

    Raises
    ------
    WebError
        W-36 mail is off, W-37 the server did not take it; the log says how many were written to before.
    """
    policy.require(actor, "collect")
    if not mail_is_on():
        raise WebError("W-36")
    listed = [task for task in tasks if task.sheet.state in OPEN and (kind != "late" or task.is_late)]
    with texts.speaking(texts.INSTALLED):
        letters = [letter for user in _responsible() if (letter := _letter(user, fy, listed, kind, address))]
    written, refused = _sent(letters)
    log(actor=actor, verb="remind", kind="collection", key=fy, after={"letters": written, "what": kind})
    if refused:
        raise WebError("W-37", host=settings.EMAIL_HOST, count=written, whole=len(letters), answer=refused)
    return written


def _responsible() -> Iterable[User]:
    """People with an address who enter for facilities."""
    roles = Role.objects.on(timezone.localdate()).filter(kind__in=policy.MANAGERS)
    return User.objects.filter(is_active=True, roles__in=roles).exclude(email="").distinct()


def _letter(user: User, fy: int, tasks: Iterable[Task], kind: str, address: str) -> EmailMessage | None:
    allowed = policy.facilities(user, "enter")
    own = [task for task in tasks if allowed is not None and task.facility.facility_id in allowed]
    if not own:
        return None
    year = FiscalYear(fy).name
    lines = "\n".join(
        texts.label("web.mail.line", name=task.facility.name, due=day_name(task.sheet.due)) for task in own
    )
    body = texts.label(f"web.mail.body.{kind}", name=user.name, year=year)
    parts = (body, lines, own[0].sheet.collection.message, address)
    subject = texts.label(f"web.mail.subject.{kind}", year=year)
    return EmailMessage(subject, "\n\n".join(part for part in parts if part) + "\n", to=[user.email])


def _sent(letters: Iterable[EmailMessage]) -> tuple[int, str]:
    """How many the server took, and what it answered where it stopped."""
    written = 0
    try:
        with get_connection() as connection:
            for letter in letters:
                written += connection.send_messages([letter]) or 0
    except (OSError, SMTPException) as error:
        return written, str(error)
    return written, ""

"""Tokens: made, shown once, revoked, and recognised."""

from __future__ import annotations

import hashlib
import secrets
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from kotsukotsu.web.accounts import policy
from kotsukotsu.web.accounts.log import log
from kotsukotsu.web.accounts.models import User
from kotsukotsu.web.api.models import Attempt, Token
from kotsukotsu.web.errors import WebError

START = "ktk_"
BYTES = 32
SHOWN = 10  # letters by which a person tells tokens apart
LONGEST = 366  # a token is renewed once a year, when posts change [d]
MOST_ATTEMPTS, WITHIN = 20, timedelta(minutes=15)


def digest(secret: str) -> str:
    """What is kept of a token; it has too many random bits to be guessed from it."""
    return hashlib.sha256(secret.encode()).hexdigest()


@transaction.atomic
def token_make(*, name: str, valid_to: date, is_read_only: bool, actor: User) -> tuple[Token, str]:
    """A new token of one's own, and the secret that is shown this once.

    Raises
    ------
    WebError
        WA-06 without a name, WA-07 it would end in the past or after more than a year.
    """
    if not name.strip():
        raise WebError("WA-06")
    today = timezone.localdate()
    if not today < valid_to <= today + timedelta(days=LONGEST):
        raise WebError("WA-07", most=LONGEST)
    secret = START + secrets.token_urlsafe(BYTES)
    made = Token.objects.create(
        user=actor, name=name.strip(), digest=digest(secret), beginning=secret[:SHOWN], is_read_only=is_read_only,
        made_at=timezone.now(), valid_to=valid_to,
    )  # fmt: skip
    after = {"name": made.name, "valid_to": valid_to, "is_read_only": is_read_only}
    log(actor=actor, verb="token_make", kind="token", key=made.beginning, after=after)
    return made, secret


@transaction.atomic
def token_revoke(*, token: Token, actor: User) -> None:
    """Accept it no longer; one's own, or any for who looks after accounts."""
    if token.user_id != actor.pk:
        policy.require(actor, "accounts")
    _revoke(Token.objects.select_for_update().get(pk=token.pk), actor)


@transaction.atomic
def tokens_revoke(*, user: User, reason: str, actor: User) -> None:
    """Accept no token of somebody any longer: who is let in anew makes new ones; the caller asks who may do this."""
    for held in Token.objects.select_for_update().filter(user=user):
        _revoke(held, actor, reason)


def _revoke(held: Token, actor: User, reason: str = "") -> None:
    if held.revoked_at is not None:
        return
    held.revoked_at = timezone.now()
    held.save(update_fields=["revoked_at"])
    log(actor=actor, verb="token_revoke", kind="token", key=held.beginning, before={"name": held.name}, reason=reason)


def token_of(secret: str) -> Token | None:
    """The token of a secret, if it is accepted today and its person is still here."""
    found = Token.objects.select_related("user").filter(digest=digest(secret)).first()
    if found is None or not found.is_valid() or not found.user.is_active:
        return None
    today = timezone.localdate()
    if found.used_on != today:
        Token.objects.filter(pk=found.pk).update(used_on=today)
    return found


def is_shut_out(address: str) -> bool:
    """Whether so many wrong tokens came from an address that it must wait."""
    since = timezone.now() - WITHIN
    return Attempt.objects.filter(address=address, at__gte=since).count() >= MOST_ATTEMPTS


@transaction.atomic
def attempt_note(address: str) -> None:
    """Remember a wrong token; what no longer counts is removed."""
    now = timezone.now()
    Attempt.objects.filter(at__lt=now - WITHIN).delete()
    Attempt.objects.create(address=address, at=now)


def valid_count(user: User) -> int:
    """How many tokens of a person are accepted today."""
    return Token.objects.filter(user=user, revoked_at=None, valid_to__gt=timezone.localdate()).count()


def of(user: User) -> list[Token]:
    """A person's tokens; for who looks after accounts, everybody's."""
    found = Token.objects.select_related("user")
    return list(found if policy.may(user, "accounts") else found.filter(user=user))
